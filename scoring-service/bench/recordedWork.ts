import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { loadModel } from '../src/model/servedModel.ts';
import type { ServedGraph, ServedModel } from '../src/model/servedModel.ts';
import { treeEnsembleSchema } from '../src/model/treeEnsemble.ts';
import { TreeShap } from '../src/model/treeShap.ts';
import { prepare } from '../src/routing/preparedRequest.ts';
import type { PreparedRequest } from '../src/routing/preparedRequest.ts';
import { readRouteRequest } from '../src/routing/readRouteRequest.ts';
import { routeLeads } from '../src/routing/routeLeads.ts';
import type { Decided } from '../src/routing/routeLeads.ts';
import { NeedDictionary } from '../src/text/needDictionary.ts';

/**
 * A request with what the service asks of the model for it: the same rows, in the same chunks, to be asked again. And what it stores
 * and answers.
 */
export interface RecordedWork {
  readonly body: string;
  readonly prepared: PreparedRequest;
  readonly decided: Decided;
  readonly runs: readonly (() => Promise<unknown>)[];
  /** By the service's own tables of blocks. */
  readonly explanations: readonly (() => unknown)[];
  /** The same rows by a table for each leaf, as published: Fast TreeSHAP v2, Yang 2021. */
  readonly leafTableExplanations: readonly (() => unknown)[];
}

/** Decides each request once and records the calls of the model, to be made again with nothing around them. */
export async function recordedWork(manifest: string, bodies: readonly string[]): Promise<RecordedWork[]> {
  const model = await loadModel(manifest, KNOWN_FEATURES);
  if (model === null) throw new Error(`${manifest} is missing.`);
  const works: RecordedWork[] = [];
  const [win, lead] = [leafTablesOf(manifest, model.win), leafTablesOf(manifest, model.lead)];
  for (const body of bodies) {
    const runs: RecordedWork['runs'][number][] = [];
    const explanations: RecordedWork['explanations'][number][] = [];
    const leafTableExplanations: RecordedWork['leafTableExplanations'][number][] = [];
    const recording = (graph: ServedGraph, leafTables: TreeShap): ServedGraph => ({
      ...graph,
      run: (features) => {
        runs.push(() => graph.run(features));
        return graph.run(features);
      },
      explanation: {
        ...graph.explanation,
        contributions: (rows) => {
          explanations.push(() => graph.explanation.contributions(rows));
          leafTableExplanations.push(() => leafTables.contributions(rows));
          return graph.explanation.contributions(rows);
        },
      },
    });
    const recorded: ServedModel = { ...model, win: recording(model.win, win), lead: recording(model.lead, lead) };
    const reading = { dictionary: new NeedDictionary({ product_lines: {}, complexity: [] }), languages: [] };
    const prepared = prepare(readRouteRequest(JSON.parse(body)), reading);
    const decided = await routeLeads(prepared, recorded, {}, () => undefined);
    works.push({ body, prepared, decided, runs, explanations, leafTableExplanations });
  }
  return works;
}

/** A graph's TreeSHAP without tables of blocks. */
function leafTablesOf(manifest: string, { manifest: { explanation } }: ServedGraph): TreeShap {
  if (explanation.kind !== 'trees') throw new Error('Only trees are measured.');
  const text = readFileSync(join(dirname(manifest), explanation.file), 'utf8');
  return new TreeShap(treeEnsembleSchema.parse(JSON.parse(text)), 0);
}
