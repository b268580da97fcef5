import { readFeatureParameters } from './schema/featureParameters.ts';
import { isAbsolute, relative, sep } from 'node:path';
import { readSelectedEntities } from './async/selectedEntities.ts';
import { readSubscriberConfigs } from './async/subscriberConfig.ts';
import { compileProject } from './compileProject.ts';
import type { CompiledProject } from './compileProject.ts';
import { readCalloutMetadata } from './engine/credentials/metadata.ts';
import { Credentials } from './engine/credentials/resolve.ts';
import { Engine } from './engine/engine.ts';
import type { EngineParts } from './engine/engine.ts';
import type { EngineSettings, StartProblem } from './engine/protocol.ts';
import { Org } from './org/org.ts';
import { metadataFiles } from './schema/projectFiles.ts';
import type { Problem as MetadataProblem } from './schema/xml.ts';

/** An engine with the project that it runs. */
export interface AssembledEngine {
  readonly engine: Engine;
  readonly project: CompiledProject;
  /** Of Apex and all metadata; empty where nothing was tolerated. */
  readonly problems: readonly StartProblem[];
}

export interface AssembleOptions extends Pick<EngineParts, 'callout' | 'report'> {
  /** Generated code notes which lines ran. */
  readonly coverage?: boolean;
}

/** Reads and compiles a project and sets up an org of its own, with nothing in it but what the project deploys. */
export async function assembleEngine(settings: EngineSettings, options: AssembleOptions): Promise<AssembledEngine> {
  const { projectDir, cacheDir, credentials, subscriberUsers } = settings;
  const project = await compileProject(projectDir, { cacheDir, coverage: options.coverage ?? false });
  const metadataProblems: MetadataProblem[] = [];
  // Reading the files again reports what compileProject has already reported; only the new is kept.
  const files = metadataFiles(projectDir, []);
  const callouts = readCalloutMetadata(files, project.metadata, metadataProblems);
  const subscribers = readSubscriberConfigs(projectDir, files, subscriberUsers, metadataProblems);
  const records = Org.create(project, { administratorHas: settings.administratorHas ?? 'all' });
  records.connect(project.program.triggers);
  records.registerCode(
    project.compilation.units.map(({ declared }) => {
      const { name, text, apiVersion } = declared.parsed.source;
      return {
        name,
        kind: declared.kind,
        text,
        apiVersion,
        object: declared.kind === 'trigger' ? declared.decl.object.name : null,
      };
    }),
  );
  const engine = new Engine({
    program: project.program,
    records,
    credentials: new Credentials(callouts, credentials),
    subscribers,
    captured: readSelectedEntities(files, metadataProblems),
    featureParameters: readFeatureParameters(files, metadataProblems),
    flows: new Set((files.get('flow') ?? []).map(({ fullName }) => fullName.toLowerCase())),
    callout: options.callout,
    report: options.report,
  });
  const problems: StartProblem[] = [
    ...project.allProblems,
    ...metadataProblems
      .map(({ file, line, message }) => ({ file: relativeTo(projectDir, file), line, column: null, message }))
      .filter(
        ({ file, message }) => !project.allProblems.some((known) => known.file === file && known.message === message),
      ),
  ];
  return { engine, project, problems };
}

function relativeTo(projectDir: string, file: string): string {
  return isAbsolute(file) ? relative(projectDir, file).split(sep).join('/') : file;
}
