import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ConfigurationError, ModelRefusedError } from '../src/errors.ts';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { LEAD_FEATURES } from '../src/features/leadFeatures.ts';
import { PAIR_FEATURES } from '../src/features/pairFeatures.ts';
import { buildPrior, readPriorWeights } from '../src/model/priorModel.ts';
import type { PriorWeights } from '../src/model/priorModel.ts';
import { loadModel } from '../src/model/servedModel.ts';

/**
 * Writes the prior from prior.weights.json: both ONNX files, the manifest, and for the committed one the table of weights in
 * docs/scoring-service.md. Nothing is written if a weight can't be used.
 */
const USAGE =
  'npm run -w scoring-service make-prior [-- --folder FOLDER]: the folder of prior.weights.json and the model';
const BEGIN = '<!-- prior:begin, written by make-prior -->';
const END = '<!-- prior:end -->';

const committed = fileURLToPath(new URL('../model/', import.meta.url));
const { values } = parseArgs({
  options: { folder: { type: 'string', default: committed }, help: { type: 'boolean' } },
});

try {
  if (values.help) console.log(USAGE);
  else await writePrior(values.folder);
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof ModelRefusedError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function writePrior(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'prior.weights.json'), 'utf8').catch(() => {
    throw new ConfigurationError(`${folder} has no prior.weights.json. ${USAGE}`);
  });
  const weights = readPriorWeights(text, KNOWN_FEATURES);
  const files = buildPrior(weights);
  await writeFile(join(folder, files.win.name), files.win.bytes);
  await writeFile(join(folder, files.lead.name), files.lead.bytes);
  await writeFile(join(folder, files.manifest.name), files.manifest.text);
  if (folder === committed) await writeTable(weights);
  const loaded = await loadModel(join(folder, files.manifest.name), KNOWN_FEATURES);
  console.log(`${weights.version}: ${loaded?.manifest.graphs.win.features.length} features, SHA-256 ${loaded?.sha256}`);
}

async function writeTable(weights: PriorWeights): Promise<void> {
  const docsFile = new URL('../../docs/scoring-service.md', import.meta.url);
  const docs = await readFile(docsFile, 'utf8');
  const [before, rest] = docs.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/scoring-service.md has no ${BEGIN} … ${END}.`);
  await writeFile(docsFile, `${before}${BEGIN}\n\n${weightTable(weights)}\n\n${END}${after}`);
}

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
