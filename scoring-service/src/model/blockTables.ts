import type { Tree } from './treeEnsemble.ts';
import { contributionOf, subsetSums } from './treePaths.ts';
import type { LeafPath } from './treePaths.ts';

/** A block has at most so many nodes that ask something, so at most four leaves. */
const LARGEST_BLOCK = 3;

/** Leaves next to each other whose contributions are added up before serving. */
interface Block {
  /** The nodes from the root to the block, then those in it; the first is the highest bit of the table's index. */
  readonly nodes: readonly number[];
  readonly features: readonly number[];
  readonly paths: readonly LeafPath[];
}

/** A tree cut into blocks. */
export interface BlockedTree {
  readonly tree: Tree;
  readonly blocks: readonly Block[];
  /** How many numbers its tables take. */
  readonly size: number;
}

/** Cuts a tree into subtrees of at most three questions. */
export function blocksOf(tree: Tree, paths: readonly LeafPath[]): BlockedTree {
  const byLeaf = new Map(paths.map((path) => [path.leaf, path]));
  const blocks: Block[] = [];
  const visit = (node: number, above: readonly number[]): void => {
    const inside = questionsBelow(tree, node, LARGEST_BLOCK);
    if (inside === null) {
      visit(tree.yes[node] ?? 0, [...above, node]);
      visit(tree.no[node] ?? 0, [...above, node]);
      return;
    }
    const own = leavesBelow(tree, node).flatMap((leaf) => byLeaf.get(leaf) ?? []);
    const features = [...new Set(own.flatMap(({ conditions }) => conditions.map(({ feature }) => feature)))];
    blocks.push({ nodes: [...above, ...inside], features, paths: own });
  };
  visit(0, []);
  const size = blocks.reduce((sum, block) => sum + sizeOf(block), 0);
  return { tree, blocks, size };
}

/** A cache line of single precision numbers. */
const LINE = 16;

/** How far an entry is from the next: so that none with up to 16 numbers lies in two lines of cache. */
function strideOf({ features }: Block): number {
  let stride = 4;
  while (stride < features.length && stride < LINE) stride *= 2;
  return features.length <= stride ? stride : Math.ceil(features.length / LINE) * LINE;
}

/** Numbers in a block's table, whole lines. */
function sizeOf(block: Block): number {
  return Math.ceil((2 ** block.nodes.length * strideOf(block)) / LINE) * LINE;
}

/** The nodes of a subtree that ask something; null if there are more than `most`. */
function questionsBelow(tree: Tree, node: number, most: number): number[] | null {
  if (tree.feature[node] === -1) return [];
  if (most === 0) return null;
  const yes = questionsBelow(tree, tree.yes[node] ?? 0, most - 1);
  const no = yes && questionsBelow(tree, tree.no[node] ?? 0, most - 1 - yes.length);
  return yes && no && [node, ...yes, ...no];
}

function leavesBelow(tree: Tree, node: number): number[] {
  if (tree.feature[node] === -1) return [node];
  return [...leavesBelow(tree, tree.yes[node] ?? 0), ...leavesBelow(tree, tree.no[node] ?? 0)];
}

/**
 * Contributions by a table for each block of up to four leaves: the answers of a row to the questions above and in a block are the
 * index of one entry, which has what these leaves together add to each feature. Each question is answered once a row. All rows go
 * through one tree before the next: a tree's tables fit a processor's cache, those of all trees do not. Entries are touched before any
 * is used, so that a processor waits for many at once. Tables are in single precision, half the memory to wait for: each entry is rounded by 6e-8 of itself, while ONNX adds up whole trees so.
 */
export class BlockTables {
  /** For each feature its thresholds, ascending. */
  readonly #thresholds: readonly Float64Array[];
  /** Where each tree's questions and blocks begin, and the end. */
  readonly #firstQuestion: Int32Array;
  readonly #firstBlock: Int32Array;
  // For each question. A column is a feature for those that send missing values to no; another one for the others.
  readonly #column: Uint16Array;
  readonly #rank: Int32Array;
  /** The question of the tree before it on the way to its block, counted from 1; 0 for none. */
  readonly #before: Int32Array;
  // For each block: its last question, where its features and its table begin.
  readonly #last: Int32Array;
  readonly #firstFeature: Int32Array;
  readonly #firstEntry: Int32Array;
  readonly #stride: Int32Array;
  readonly #feature: Uint16Array;
  readonly #table: Float32Array;
  /** Scratch: a row's answers to one tree. */
  readonly #answers: Int32Array;
  /** A sum that nobody reads. Without it the touching would be optimised away. */
  #touched = 0;

  constructor(trees: readonly BlockedTree[], width: number) {
    this.#thresholds = thresholdsOf(trees, width);
    const columns: number[] = [];
    const ranks: number[] = [];
    const before: number[] = [];
    const last: number[] = [];
    const features: number[] = [];
    const firstQuestion = [0];
    const firstBlock = [0];
    const firstFeature: number[] = [];
    const firstEntry: number[] = [];
    const strides: number[] = [];
    this.#table = new Float32Array(trees.reduce((sum, { size }) => sum + size, 0));
    let entry = 0;
    let mostQuestions = 0;
    for (const { tree, blocks } of trees) {
      const start = columns.length;
      // Blocks share the questions above them.
      const asked = new Map<string, number>();
      for (const block of blocks) {
        let place = 0;
        let way = '';
        for (const node of block.nodes) {
          way += `${node} `;
          let next = asked.get(way);
          if (next === undefined) {
            const feature = tree.feature[node] ?? 0;
            columns.push(tree.missing_yes[node] === 1 ? width + feature : feature);
            ranks.push(1 + (this.#thresholds[feature]?.indexOf(tree.threshold[node] ?? 0) ?? 0));
            before.push(place);
            next = columns.length - start;
            asked.set(way, next);
          }
          place = next;
        }
        last.push(place);
        firstFeature.push(features.length);
        features.push(...block.features);
        firstEntry.push(entry);
        strides.push(strideOf(block));
        fillTable(this.#table, entry, block);
        entry += sizeOf(block);
      }
      firstQuestion.push(columns.length);
      firstBlock.push(last.length);
      mostQuestions = Math.max(mostQuestions, columns.length - start);
    }
    firstFeature.push(features.length);
    this.#firstQuestion = Int32Array.from(firstQuestion);
    this.#firstBlock = Int32Array.from(firstBlock);
    this.#column = Uint16Array.from(columns);
    this.#rank = Int32Array.from(ranks);
    this.#before = Int32Array.from(before);
    this.#last = Int32Array.from(last);
    this.#firstFeature = Int32Array.from(firstFeature);
    this.#firstEntry = Int32Array.from(firstEntry);
    this.#stride = Int32Array.from(strides);
    this.#feature = Uint16Array.from(features);
    this.#answers = new Int32Array(mostQuestions + 1);
  }

  /** Adds to `added`, row by row of all features, what each feature of each row contributes. */
  addTo(added: Float64Array, rows: readonly ArrayLike<number>[]): void {
    const width = this.#thresholds.length;
    const ranks = this.#ranksOf(rows);
    // In variables: reading a private field costs a check each time.
    const [column, rank, before, answers] = [this.#column, this.#rank, this.#before, this.#answers];
    const [last, firstFeature, firstEntry, stride] = [this.#last, this.#firstFeature, this.#firstEntry, this.#stride];
    const [feature, table] = [this.#feature, this.#table];
    const blocksOfATree = Math.max(0, ...this.#firstBlock.slice(1).map((end, tree) => end - this.#firstBlock[tree]!));
    const entries = new Int32Array(blocksOfATree * rows.length);
    let touched = 0;
    for (let tree = 1; tree < this.#firstBlock.length; tree++) {
      const firstQuestion = this.#firstQuestion[tree - 1]!;
      const endQuestion = this.#firstQuestion[tree]!;
      const firstBlock = this.#firstBlock[tree - 1]!;
      const endBlock = this.#firstBlock[tree]!;
      let next = 0;
      for (let row = 0; row < rows.length; row++) {
        const own = 2 * width * row;
        for (let question = firstQuestion; question < endQuestion; question++) {
          // The sign of the difference, since a branch on a row's values would be predicted wrong every other time.
          const isYes = (ranks[own + column[question]!]! - rank[question]!) >>> 31;
          answers[question - firstQuestion + 1] = (answers[before[question]!]! << 1) | isYes;
        }
        for (let block = firstBlock; block < endBlock; block++) {
          const entry = firstEntry[block]! + answers[last[block]!]! * stride[block]!;
          touched += table[entry]!;
          entries[next++] = entry;
        }
      }
      next = 0;
      for (let row = 0; row < rows.length; row++) {
        const own = width * row;
        for (let block = firstBlock; block < endBlock; block++) {
          const end = firstFeature[block + 1]!;
          let at = entries[next++]!;
          for (let index = firstFeature[block]!; index < end; index++) added[own + feature[index]!]! += table[at++]!;
        }
      }
    }
    this.#touched = touched;
  }

  /** For each row how many thresholds each feature is above, as those see it that send a missing value to no, then the others. */
  #ranksOf(rows: readonly ArrayLike<number>[]): Int32Array {
    const width = this.#thresholds.length;
    const ranks = new Int32Array(2 * width * rows.length);
    rows.forEach((row, index) => {
      const own = 2 * width * index;
      for (let feature = 0; feature < width; feature++) {
        const value = row[feature] ?? Number.NaN;
        const thresholds = this.#thresholds[feature]!;
        const isMissing = value !== value;
        const rank = isMissing ? thresholds.length : countBelow(thresholds, value);
        ranks[own + feature] = rank;
        // Below all thresholds: yes to every question.
        ranks[own + width + feature] = isMissing ? 0 : rank;
      }
    });
    return ranks;
  }
}

/** How many of the ascending thresholds are below the value; it is ≤ threshold k if that is at most k. */
function countBelow(thresholds: Float64Array, value: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function thresholdsOf(trees: readonly BlockedTree[], width: number): Float64Array[] {
  const found = Array.from({ length: width }, () => new Set<number>());
  for (const { tree } of trees) {
    tree.feature.forEach((feature, node) => found[feature]?.add(tree.threshold[node] ?? 0));
  }
  return found.map((each) => Float64Array.from(each).sort());
}

/** Writes a block's table. */
function fillTable(table: Float32Array, first: number, block: Block): void {
  const { nodes, features, paths } = block;
  const stride = strideOf(block);
  const answers = 2 ** nodes.length;
  // Added up before it is rounded.
  const exact = new Float64Array(answers * stride);
  const bitOf = new Map(nodes.map((node, index) => [node, 1 << (nodes.length - 1 - index)]));
  for (const path of paths) {
    const sums = subsetSums(path);
    const conditions = path.conditions.map(({ feature, steps }) => ({
      column: features.indexOf(feature),
      asked: steps.reduce((bits, { node }) => bits | (bitOf.get(node) ?? 0), 0),
      wanted: steps.reduce((bits, { node, isYes }) => bits | (isYes ? (bitOf.get(node) ?? 0) : 0), 0),
    }));
    for (let answer = 0; answer < answers; answer++) {
      let passed = 0;
      conditions.forEach(({ asked, wanted }, index) => {
        if ((answer & asked) === wanted) passed |= 1 << index;
      });
      conditions.forEach(({ column }, index) => {
        exact[answer * stride + column]! += contributionOf(path, sums, passed, index);
      });
    }
  }
  table.set(exact, first);
}
