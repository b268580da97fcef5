import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { ModelRefusedError } from '../errors.ts';
import { DrawnScores } from './drawnScores.ts';
import { linearExplanationOf, treesExplanationOf } from './explanation.ts';
import type { Explanation } from './explanation.ts';
import { linearContributions } from './linearContributions.ts';
import { manifestSchema } from './manifest.ts';
import type { Manifest, ManifestGraph } from './manifest.ts';
import { treeEnsembleSchema } from './treeEnsemble.ts';
import type { TreeEnsemble } from './treeEnsemble.ts';

/** `session.run` blocks the event loop; so many rows take 2–3 ms even with 200 trees. */
export const ROWS_PER_RUN = 500;
const PROBES = 64;
const PROBE_TOLERANCE = 1e-6;
/** ONNX adds up trees in single precision. */
const TREE_PROBE_TOLERANCE = 1e-4;

/** Raw scores in log-odds, one a row. */
export interface RawScores {
  readonly raw: Float64Array;
  /** Writes what the model's draws weigh (manifest.ts) of a row. */
  copyComponents(row: number, target: Float64Array, at: number): void;
}

/** One ONNX graph that was checked against its manifest and is ready to run. */
export interface ServedGraph {
  readonly manifest: ManifestGraph;
  /**
   * Raw scores in log-odds of `features.length / width` rows. Blocks the event loop while it runs: at most
   * `ROWS_PER_RUN` rows a call where requests wait.
   */
  run(features: Float32Array): Promise<RawScores>;
  /** Null for a graph without draws: it can't say how sure it is. */
  readonly draws: DrawnScores | null;
  readonly explanation: Explanation;
}

/** A model that is served: both graphs and their manifest. */
export interface ServedModel {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest file, which itself holds the hash of each graph: one hash names all that was served. */
  readonly sha256: string;
  /** Where it was loaded from, for workers that load it too. */
  readonly manifestFile: string;
  readonly win: ServedGraph;
  readonly lead: ServedGraph;
}

/** The feature names that the service can compute, for each graph. */
export interface KnownFeatures {
  win: readonly string[];
  lead: readonly string[];
}

/**
 * Loads the model that `manifestFile` describes; null if there is no such file.
 * @throws ModelRefusedError if the manifest or a graph is not what it claims to be (hash, shape, features, explanation).
 */
export async function loadModel(manifestFile: string, known: KnownFeatures): Promise<ServedModel | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(manifestFile);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const manifest = parseManifest(bytes, manifestFile);
  const folder = join(manifestFile, '..');
  return {
    manifest,
    sha256: sha256(bytes),
    manifestFile,
    win: await loadGraph(folder, manifest.graphs.win, known.win),
    lead: await loadGraph(folder, manifest.graphs.lead, known.lead),
  };
}

function jsonOf(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new ModelRefusedError(`${file} is not JSON; write it again with make-prior or the trainer.`);
  }
}

function parseManifest(bytes: Buffer, file: string): Manifest {
  const parsed = manifestSchema.safeParse(jsonOf(bytes, basename(file)));
  if (!parsed.success) throw new ModelRefusedError(`${basename(file)}: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.kind === 'prior' && parsed.data.calibrated) {
    throw new ModelRefusedError(`${basename(file)}: a prior has seen no outcomes and can't be calibrated.`);
  }
  if (parsed.data.calibrated !== (parsed.data.calibration !== undefined)) {
    throw new ModelRefusedError(
      `${basename(file)}: calibrated must be true if there is a calibration, and only then; here ${parsed.data.calibrated ? 'calibration is missing' : 'there is one'}.`,
    );
  }
  if (parsed.data.kind === 'prior') checkPrior(parsed.data, basename(file));
  return parsed.data;
}

/** A prior has seen nothing: it may not claim to know how good or how sure it is. */
function checkPrior({ graphs, metrics, training }: Manifest, file: string): void {
  if (graphs.win.draws !== undefined || graphs.lead.draws !== undefined) {
    throw new ModelRefusedError(`${file}: a prior has no draws: it can't say how sure it is.`);
  }
  if (Object.keys(metrics).length > 0 || training.rows > 0) {
    throw new ModelRefusedError(
      `${file}: a prior was trained on nothing and has no metrics; a trained model is of kind trained.`,
    );
  }
}

async function loadGraph(folder: string, manifest: ManifestGraph, known: readonly string[]): Promise<ServedGraph> {
  const bytes = await fileOf(folder, manifest.file, manifest.sha256);
  checkFeatures(manifest, known);
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // It would keep the memory of the largest batch for ever, and what a batch takes is small.
    enableCpuMemArena: false,
    logSeverityLevel: 3,
  }).catch((error: unknown) => {
    throw new ModelRefusedError(`${manifest.file} can't be loaded: ${error instanceof Error ? error.message : error}`);
  });
  const trees = manifest.explanation.kind === 'trees' ? await loadTrees(folder, manifest) : null;
  checkShapes(session, manifest, trees);
  const graph: ServedGraph = {
    manifest,
    run: (features) => run(session, manifest, trees, features),
    draws: await drawsOf(manifest, trees),
    explanation: explanationOf(manifest, trees),
  };
  await checkExplanation(graph);
  return graph;
}

/** The bytes of a file of the model. @throws ModelRefusedError if it is missing or not the one described. */
async function fileOf(folder: string, file: string, expected: string): Promise<Buffer> {
  const bytes = await readFile(join(folder, file)).catch(() => {
    throw new ModelRefusedError(`${file}, which the manifest names, can't be read.`);
  });
  const actual = sha256(bytes);
  if (actual !== expected) {
    throw new ModelRefusedError(
      `${file} has SHA-256 ${actual}, its manifest says ${expected}: the file is not the one described. ` +
        'Put back the right file, or write both again with make-prior or the trainer.',
    );
  }
  return bytes;
}

async function loadTrees(folder: string, { explanation, features, file }: ManifestGraph): Promise<TreeEnsemble | null> {
  if (explanation.kind !== 'trees') return null;
  const bytes = await fileOf(folder, explanation.file, explanation.sha256);
  const parsed = treeEnsembleSchema.safeParse(jsonOf(bytes, explanation.file));
  if (!parsed.success) throw new ModelRefusedError(`${explanation.file}: ${z.prettifyError(parsed.error)}`);
  const trees = parsed.data;
  if (trees.features.join() !== features.join() || explanation.references.length !== features.length) {
    throw new ModelRefusedError(`${explanation.file}: its features are not those of ${file} in their order.`);
  }
  const isOutside = trees.trees.some(
    (tree) => tree.group >= trees.groups || tree.feature.some((feature) => feature >= features.length),
  );
  if (isOutside)
    throw new ModelRefusedError(`${explanation.file}: a tree names a feature or a group that is not there.`);
  return trees;
}

function explanationOf(manifest: ManifestGraph, trees: TreeEnsemble | null): Explanation {
  const { explanation } = manifest;
  if (explanation.kind === 'linear') return linearExplanationOf(explanation);
  if (trees === null) throw new ModelRefusedError(`${manifest.file}: its trees were not loaded.`);
  return treesExplanationOf(trees, explanation.references);
}

async function drawsOf(
  { draws, explanation, file }: ManifestGraph,
  trees: TreeEnsemble | null,
): Promise<DrawnScores | null> {
  if (draws === undefined) return null;
  const width = explanation.kind === 'linear' ? explanation.terms.length : (trees?.groups ?? 0);
  if (draws.weights.some((weights) => weights.length !== width)) {
    throw new ModelRefusedError(`${file}: each draw must have ${width} weights, one for each component.`);
  }
  return DrawnScores.of(draws, width);
}

function checkFeatures(manifest: ManifestGraph, known: readonly string[]): void {
  const unknown = manifest.features.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ModelRefusedError(
      `${manifest.file} wants features that the service does not compute: ${unknown.join(', ')}. Known: ${known.join(', ')}.`,
    );
  }
  if (new Set(manifest.features).size < manifest.features.length) {
    throw new ModelRefusedError(`${manifest.file} wants a feature twice.`);
  }
  if (manifest.explanation.kind !== 'linear') return;
  const explained = manifest.explanation.terms.map((term) => term.feature);
  if (explained.join() !== manifest.features.join()) {
    throw new ModelRefusedError(`${manifest.file}: the terms of its explanation are not its features in their order.`);
  }
}

function checkShapes(session: InferenceSession, manifest: ManifestGraph, trees: TreeEnsemble | null): void {
  const width = manifest.features.length;
  const input = session.inputMetadata.find((each) => each.name === manifest.input);
  if (!input?.isTensor || input.type !== 'float32' || input.shape.length !== 2 || input.shape[1] !== width) {
    throw new ModelRefusedError(`${manifest.file}: input ${manifest.input} must be float [rows, ${width}].`);
  }
  const output = session.outputMetadata.find((each) => each.name === manifest.output);
  const isNumeric = output?.isTensor && (output.type === 'float64' || output.type === 'float32');
  if (!isNumeric || output.shape.length !== (trees === null ? 1 : 2) || (trees && output.shape[1] !== trees.groups)) {
    const shape = trees === null ? '[rows]' : `[rows, ${trees.groups}]`;
    throw new ModelRefusedError(`${manifest.file}: output ${manifest.output} must be float or double ${shape}.`);
  }
}

/** What explains and what scores are two files: that both say the same is tried, not assumed. */
async function checkExplanation({ manifest, explanation, run: score }: ServedGraph): Promise<void> {
  const width = manifest.features.length;
  const rows = new Float32Array(PROBES * width);
  for (let column = 0; column < width; column++) {
    const values = explanation.probes(column);
    for (let row = 0; row < PROBES; row++) {
      const step = (row * 7 + column * 13) % 11;
      rows[row * width + column] = step === 0 ? Number.NaN : (values[(row * 5 + column * 3) % values.length] ?? 0);
    }
  }
  const tolerance = manifest.explanation.kind === 'linear' ? PROBE_TOLERANCE : TREE_PROBE_TOLERANCE;
  const { raw } = await score(rows).catch((error: unknown) => {
    throw new ModelRefusedError(`${manifest.file} can't score: ${error instanceof Error ? error.message : error}`);
  });
  // A graph for one number of rows, or in which rows see each other, shows only when one is scored alone.
  const alone = await score(rows.slice(0, width)).catch(() => ({ raw: [] }));
  if (!(Math.abs((alone.raw[0] ?? Number.NaN) - (raw[0] ?? Number.NaN)) <= tolerance)) {
    throw new ModelRefusedError(
      `${manifest.file} scores a row alone otherwise than among others; rows must not matter to each other.`,
    );
  }
  const parts = explanation.contributions(
    Array.from({ length: PROBES }, (_each, row) => rows.subarray(row * width, (row + 1) * width)),
  );
  raw.forEach((value, row) => {
    const explained = (parts[row] ?? new Float64Array()).reduce((sum, part) => sum + part, explanation.base);
    if (!(Math.abs(value - explained) <= tolerance)) {
      throw new ModelRefusedError(
        `${manifest.file} scores ${value} where the explanation in its manifest adds up to ${explained}.`,
      );
    }
  });
}

async function run(
  session: InferenceSession,
  manifest: ManifestGraph,
  trees: TreeEnsemble | null,
  features: Float32Array,
): Promise<RawScores> {
  const width = manifest.features.length;
  const rows = features.length / width;
  if (!Number.isInteger(rows)) throw new RangeError(`${features.length} values are no rows of ${width} features.`);
  if (rows === 0) return { raw: new Float64Array(0), copyComponents: () => {} };
  const outputs = await session.run({ [manifest.input]: new Tensor('float32', features, [rows, width]) }, [
    manifest.output,
  ]);
  const data = outputs[manifest.output]?.data;
  if (!(data instanceof Float64Array) && !(data instanceof Float32Array)) {
    throw new TypeError(`${manifest.file} gave no numbers under ${manifest.output}.`);
  }
  if (trees !== null) {
    const { groups, base } = trees;
    const raw = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      let sum = base;
      for (let group = 0; group < groups; group++) sum += data[row * groups + group] ?? Number.NaN;
      raw[row] = sum;
    }
    const copyComponents: RawScores['copyComponents'] = (row, target, at) => {
      for (let group = 0; group < groups; group++) target[at + group] = data[row * groups + group] ?? Number.NaN;
    };
    return { raw, copyComponents };
  }
  return {
    raw: Float64Array.from(data),
    copyComponents: (row, target, at) => {
      if (manifest.explanation.kind !== 'linear') return;
      target.set(linearContributions(manifest.explanation, features.subarray(row * width, (row + 1) * width)), at);
    },
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
