import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem as ApexProblem } from '../apex/problem.ts';
import { readProjectFile } from '../apex/source/projectFile.ts';
import { decomposed, metadataApiName } from './metadataApiFormat.ts';
import { isProblem, parseXml } from './xml.ts';
import type { Problem, XmlElement } from './xml.ts';

/** One metadata file of a project. */
export interface MetadataFile {
  readonly path: string;
  /** `Lead` of `Lead.object-meta.xml`. */
  readonly fullName: string;
  /** The folder under `objects/` that it lies in, or null. */
  readonly object: string | null;
  /** Its root element where that is known already: it is a part of another file. */
  readonly element?: XmlElement;
}

/** The metadata files of a project by their kind: `object`, `field`, `permissionset` … */
export type MetadataFiles = ReadonlyMap<string, readonly MetadataFile[]>;

/** The project's package directories, absolute; the project itself where there is no sfdx-project.json. */
export function packageDirectories(projectDir: string, problems: Problem[]): string[] {
  const found: ApexProblem[] = [];
  const project = readProjectFile(projectDir, found);
  for (const { file, line, message } of found) {
    problems.push({ file: join(projectDir, file), line, message, kind: 'invalid' });
  }
  return project?.directories ?? [];
}

/** Finds the metadata of the package directories in source and in Metadata API format, in alphabetical order. */
export function metadataFiles(projectDir: string, problems: Problem[]): MetadataFiles {
  const files = new Map<string, MetadataFile[]>();
  for (const directory of packageDirectories(projectDir, problems)) walk(directory, null, files);
  return files;
}

function walk(directory: string, object: string | null, files: Map<string, MetadataFile[]>): void {
  const isObjects = basename(directory) === 'objects';
  const entries = readdirSync(directory, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      walk(path, isObjects ? entry.name : object, files);
      continue;
    }
    const match = /^(.+)\.(\w+)-meta\.xml$/.exec(entry.name);
    const [, name, ending] = match ?? [];
    const named =
      name === undefined || ending === undefined
        ? metadataApiName(basename(directory), entry.name)
        : { kind: ending, fullName: name };
    if (!named) continue;
    // An Aura application is a bundle of its own, of no consequence here.
    if (named.kind === 'app' && basename(dirname(directory)) === 'aura') continue;
    const file = { path, fullName: named.fullName, object };
    const parts = named.kind === 'object' ? decomposed(file) : [{ kind: named.kind, file }];
    for (const part of parts) add(files, part.kind, part.file);
  }
}

function add(files: Map<string, MetadataFile[]>, kind: string, file: MetadataFile): void {
  const list = files.get(kind) ?? [];
  list.push(file);
  files.set(kind, list);
}

/** Parses a metadata file and checks its root element, where one is given; null where a problem has been reported. */
export function readRoot(file: MetadataFile, root: string | null, problems: Problem[]): XmlElement | null {
  const parsed = file.element ?? parseXml(file.path, readFileSync(file.path, 'utf8'));
  if (isProblem(parsed)) {
    problems.push(parsed);
    return null;
  }
  if (root !== null && parsed.name !== root) {
    const message = `the root element is ${parsed.name} and should be ${root}`;
    problems.push({ file: file.path, line: parsed.line, message, kind: 'invalid' });
    return null;
  }
  return parsed;
}
