import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { ModelRefusedError } from '../errors.ts';
import { linearRaw } from './linearContributions.ts';
import { manifestSchema } from './manifest.ts';
import type { Manifest, ManifestGraph } from './manifest.ts';

/** `session.run` blocks the event loop; so many rows take 2–3 ms even with 200 trees. */
export const ROWS_PER_RUN = 500;
const PROBES = 64;
const PROBE_TOLERANCE = 1e-6;

/** One ONNX graph that was checked against its manifest and is ready to run. */
export interface ServedGraph {
  readonly manifest: ManifestGraph;
  /**
   * Raw scores in log-odds of `features.length / width` rows. Blocks the event loop while it runs: at most
   * `ROWS_PER_RUN` rows a call where requests wait.
   */
  run(features: Float32Array): Promise<Float64Array>;
}

/** A model that is served: both graphs and their manifest. */
export interface ServedModel {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest file, which itself holds the hash of each graph: one hash names all that was served. */
  readonly sha256: string;
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
    win: await loadGraph(folder, manifest.graphs.win, known.win),
    lead: await loadGraph(folder, manifest.graphs.lead, known.lead),
  };
}

function parseManifest(bytes: Buffer, file: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new ModelRefusedError(`${basename(file)} is not JSON; write it again with make-prior or the trainer.`);
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw new ModelRefusedError(`${basename(file)}: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.kind === 'prior' && parsed.data.calibrated) {
    throw new ModelRefusedError(`${basename(file)}: a prior has seen no outcomes and can't be calibrated.`);
  }
  if (parsed.data.calibrated) {
    throw new ModelRefusedError(
      `${basename(file)}: calibrated models are not supported yet; supply calibrated: false.`,
    );
  }
  return parsed.data;
}

async function loadGraph(folder: string, manifest: ManifestGraph, known: readonly string[]): Promise<ServedGraph> {
  const bytes = await readFile(join(folder, manifest.file)).catch(() => {
    throw new ModelRefusedError(`${manifest.file}, which the manifest names, can't be read.`);
  });
  const actual = sha256(bytes);
  if (actual !== manifest.sha256) {
    throw new ModelRefusedError(
      `${manifest.file} has SHA-256 ${actual}, its manifest says ${manifest.sha256}: the file is not the one described. ` +
        'Put back the right file, or write both again with make-prior or the trainer.',
    );
  }
  checkFeatures(manifest, known);
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
  }).catch((error: unknown) => {
    throw new ModelRefusedError(`${manifest.file} can't be loaded: ${error instanceof Error ? error.message : error}`);
  });
  checkShapes(session, manifest);
  const graph: ServedGraph = { manifest, run: (features) => run(session, manifest, features) };
  await checkExplanation(graph);
  return graph;
}

function checkFeatures(manifest: ManifestGraph, known: readonly string[]): void {
  const unknown = manifest.features.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ModelRefusedError(
      `${manifest.file} wants features that the service does not compute: ${unknown.join(', ')}. Known: ${known.join(', ')}.`,
    );
  }
  const explained = manifest.explanation.terms.map((term) => term.feature);
  if (explained.join() !== manifest.features.join()) {
    throw new ModelRefusedError(`${manifest.file}: the terms of its explanation are not its features in their order.`);
  }
}

function checkShapes(session: InferenceSession, manifest: ManifestGraph): void {
  const width = manifest.features.length;
  const input = session.inputMetadata.find((each) => each.name === manifest.input);
  if (!input?.isTensor || input.type !== 'float32' || input.shape.length !== 2 || input.shape[1] !== width) {
    throw new ModelRefusedError(`${manifest.file}: input ${manifest.input} must be float [rows, ${width}].`);
  }
  const output = session.outputMetadata.find((each) => each.name === manifest.output);
  if (!output?.isTensor || (output.type !== 'float64' && output.type !== 'float32') || output.shape.length !== 1) {
    throw new ModelRefusedError(`${manifest.file}: output ${manifest.output} must be float or double [rows].`);
  }
}

/** The explanation stands in the manifest, the score comes from the graph: that both say the same is tried, not assumed. */
async function checkExplanation(graph: ServedGraph): Promise<void> {
  const terms = graph.manifest.explanation.terms;
  const rows = new Float32Array(PROBES * terms.length);
  for (let row = 0; row < PROBES; row++) {
    terms.forEach((term, column) => {
      const step = (row * 7 + column * 13) % 11;
      const span = term.high - term.low;
      rows[row * terms.length + column] = step === 0 ? Number.NaN : term.low + (span * (step - 2)) / 7;
    });
  }
  const raw = await graph.run(rows);
  raw.forEach((value, row) => {
    const explained = linearRaw(
      graph.manifest.explanation,
      rows.subarray(row * terms.length, (row + 1) * terms.length),
    );
    if (!(Math.abs(value - explained) <= PROBE_TOLERANCE)) {
      throw new ModelRefusedError(
        `${graph.manifest.file} scores ${value} where the explanation in its manifest adds up to ${explained}.`,
      );
    }
  });
}

async function run(session: InferenceSession, manifest: ManifestGraph, features: Float32Array): Promise<Float64Array> {
  const width = manifest.features.length;
  const rows = features.length / width;
  if (!Number.isInteger(rows)) throw new RangeError(`${features.length} values are no rows of ${width} features.`);
  if (rows === 0) return new Float64Array(0);
  const outputs = await session.run({ [manifest.input]: new Tensor('float32', features, [rows, width]) }, [
    manifest.output,
  ]);
  const data = outputs[manifest.output]?.data;
  if (!(data instanceof Float64Array) && !(data instanceof Float32Array)) {
    throw new TypeError(`${manifest.file} gave no numbers under ${manifest.output}.`);
  }
  return Float64Array.from(data);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
