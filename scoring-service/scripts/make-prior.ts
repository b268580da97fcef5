import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { LEAD_FEATURES } from '../src/features/leadFeatures.ts';
import { PAIR_FEATURES } from '../src/features/pairFeatures.ts';
import { buildPrior, priorWeightsSchema } from '../src/model/priorModel.ts';
import type { PriorWeights } from '../src/model/priorModel.ts';
import { loadModel } from '../src/model/servedModel.ts';

/**
 * Writes the prior from model/prior.weights.json: both ONNX files, the manifest, and the table of weights in
 * docs/scoring-service.md. Then loads it as the service does, so that a weight for no feature fails here.
 */
const modelFolder = new URL('../model/', import.meta.url);
const docsFile = new URL('../../docs/scoring-service.md', import.meta.url);
const BEGIN = '<!-- prior:begin, written by make-prior -->';
const END = '<!-- prior:end -->';

const weights = priorWeightsSchema.parse(
  JSON.parse(await readFile(new URL('prior.weights.json', modelFolder), 'utf8')),
);
const files = buildPrior(weights);
await writeFile(new URL(files.win.name, modelFolder), files.win.bytes);
await writeFile(new URL(files.lead.name, modelFolder), files.lead.bytes);
await writeFile(new URL(files.manifest.name, modelFolder), files.manifest.text);

const docs = await readFile(docsFile, 'utf8');
const [before, rest] = docs.split(BEGIN);
const after = rest?.split(END)[1];
if (before === undefined || after === undefined) throw new Error(`docs/scoring-service.md has no ${BEGIN} … ${END}.`);
await writeFile(docsFile, `${before}${BEGIN}\n\n${weightTable(weights)}\n\n${END}${after}`);

const loaded = await loadModel(fileURLToPath(new URL(files.manifest.name, modelFolder)), KNOWN_FEATURES);
console.log(`${weights.version}: ${loaded?.manifest.graphs.win.features.length} features, SHA-256 ${loaded?.sha256}`);

function weightTable({ lead, pair, base, base_why: baseWhy, score_table: table }: PriorWeights): string {
  const meanings = new Map([...LEAD_FEATURES, ...PAIR_FEATURES].map((feature) => [feature.name, feature]));
  const rows = [...lead, ...pair].map((term) => {
    const feature = meanings.get(term.feature);
    const cells = [
      term.feature,
      feature?.meaning,
      feature?.source,
      feature?.unit,
      term.reference,
      `${term.low} … ${term.high}`,
    ];
    return `| ${[...cells, term.weight, term.why].join(' | ')} |`;
  });
  const points = table.map(({ raw, score }) => `${raw} → ${score}`).join(', ');
  return [
    `Base: ${base} log-odds. ${baseWhy}`,
    '',
    '| feature | meaning | read from | unit | typical | bounded to | weight | why |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `Score of 0–100 from the lead's log-odds, linear between: ${points}. Set by hand too: no history, no percentiles.`,
  ].join('\n');
}
