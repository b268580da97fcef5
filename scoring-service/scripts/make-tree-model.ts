import { parseArgs } from 'node:util';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { loadModel } from '../src/model/servedModel.ts';
import { writeSyntheticTrees } from './syntheticTrees.ts';

/** Writes a synthetic tree model into a folder and loads it as the service does. It predicts nothing. */
const USAGE = `npm run -w scoring-service make-tree-model -- --folder FOLDER [--name trees] [--trees 200] [--depth 6] [--draws 64] [--seed 1]`;

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    name: { type: 'string', default: 'trees' },
    trees: { type: 'string', default: '200' },
    depth: { type: 'string', default: '6' },
    draws: { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
  },
});
const [trees, depth, draws] = [values.trees, values.depth, values.draws].map(Number);
if (values.folder === undefined || !trees || !depth || draws === undefined || Number.isNaN(draws)) {
  console.error(USAGE);
  process.exit(2);
}
const { folder, name, seed } = values;
const file = await writeSyntheticTrees(folder, { name, trees, depth, draws, seed });
const model = await loadModel(file, KNOWN_FEATURES);
console.log(`${file}: ${trees} trees of depth ${depth}, SHA-256 ${model?.sha256}`);
