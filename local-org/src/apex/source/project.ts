import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Problem } from '../problem.ts';
import { readMetadata } from './metadata.ts';
import type { ApexMetadata } from './metadata.ts';
import { readProjectFile } from './projectFile.ts';

/** One class or trigger of a project. */
export interface ApexSource {
  /** Relative to the project folder, with forward slashes. */
  file: string;
  /** Of the file, without its extension: that of the class or trigger in it. */
  name: string;
  kind: 'class-file' | 'trigger-file';
  text: string;
  /** sha256 of the text and the apiVersion, in hex. */
  hash: string;
  /** As in `67`. */
  apiVersion: number;
}

/** What a project holds of Apex. */
export interface ProjectSources {
  /** In alphabetical order of their files. */
  sources: ApexSource[];
  problems: Problem[];
  /** What was left out on purpose, a sentence each. */
  notes: string[];
  /** Empty where the project has none. */
  namespace: string;
  /** Of the project as a whole, as in `67`; null where it does not say. */
  sourceApiVersion: number | null;
}

/**
 * Finds the classes and triggers in the package directories of sfdx-project.json; in the whole folder where there is no such
 * file. Folders called node_modules or starting with a dot are not entered. A source that can't be used is a problem and not
 * among the sources.
 */
export function findSources(projectDir: string): ProjectSources {
  const found: ProjectSources = { sources: [], problems: [], notes: [], namespace: '', sourceApiVersion: null };
  const project = readProjectFile(projectDir, found.problems);
  if (project === null) return found;
  found.namespace = project.namespace;
  found.sourceApiVersion = project.sourceApiVersion;
  const paths = new Set<string>();
  for (const directory of project.directories) walk(directory, paths);
  const read: ReadMetadata = new Map();
  for (const path of [...paths].sort()) addSource(projectDir, path, found, read);
  reportSecond(found);
  return found;
}

function walk(directory: string, paths: Set<string>): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) walk(path, paths);
    } else if (/\.(cls|trigger)$/.test(entry.name)) {
      paths.add(path);
    }
  }
}

/** By kind and text: most files of a project say the same, and reading XML is half the time of finding sources. */
type ReadMetadata = Map<string, ApexMetadata>;

function addSource(projectDir: string, path: string, found: ProjectSources, read: ReadMetadata): void {
  const file = relative(projectDir, path).split(sep).join('/');
  const kind = file.endsWith('.cls') ? 'class-file' : 'trigger-file';
  const name = file.slice(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
  const metaPath = `${path}-meta.xml`;
  if (!existsSync(metaPath)) {
    const message = `${file}-meta.xml is missing: add it, with the apiVersion and status of ${name}`;
    found.problems.push({ file, line: 1, column: 1, message });
    return;
  }
  const xml = readFileSync(metaPath, 'utf8');
  const known = read.get(`${kind} ${xml}`);
  const metadata = known ?? readMetadata(`${file}-meta.xml`, xml, kind, found.problems);
  if (metadata === null) return;
  read.set(`${kind} ${xml}`, metadata);
  if (metadata.status !== 'Active') {
    found.notes.push(`${file} is left out: its status is ${metadata.status}`);
    return;
  }
  const text = readFileSync(path, 'utf8');
  const { apiVersion } = metadata;
  const hash = createHash('sha256').update(text).update(`\n${apiVersion}`).digest('hex');
  found.sources.push({ file, name, kind, text, hash, apiVersion });
}

/** A name that two files claim is refused on deployment too; the first stays. */
function reportSecond(found: ProjectSources): void {
  const owners = new Map<string, string>();
  found.sources = found.sources.filter(({ kind, name, file }) => {
    const key = `${kind} ${name.toLowerCase()}`;
    const owner = owners.get(key);
    if (owner === undefined) {
      owners.set(key, file);
      return true;
    }
    const message = `${name} is already defined by ${owner}: rename or remove one of them`;
    found.problems.push({ file, line: 1, column: 1, message });
    return false;
  });
}
