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
  /** How many numbers its tables have. */
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
  const size = blocks.reduce((sum, { nodes, features }) => sum + 2 ** nodes.length * features.length, 0);
  return { tree, blocks, size };
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
 * index of one entry, which has what these leaves together add to each feature. Each question is answered once a row.
 */
export class BlockTables {
  /** For each feature its thresholds, ascending. */
  readonly #thresholds: readonly Float64Array[];
  // For each question. A column is a feature for those that send missing values to no; another one for the others.
  readonly #column: Uint16Array;
  readonly #rank: Int32Array;
  /** The question before it on the way to its block, counted from 1; 0 for none. */
  readonly #before: Int32Array;
  // For each block: its last question, where its features and its table begin.
  readonly #last: Int32Array;
  readonly #firstFeature: Int32Array;
  readonly #firstEntry: Int32Array;
  readonly #feature: Uint16Array;
  readonly #table: Float64Array;
  // Scratch: nothing is kept between rows.
  readonly #ranks: Int32Array;
  readonly #answers: Int32Array;

  constructor(trees: readonly BlockedTree[], width: number) {
    this.#thresholds = thresholdsOf(trees, width);
    const columns: number[] = [];
    const ranks: number[] = [];
    const before: number[] = [];
    const last: number[] = [];
    const features: number[] = [];
    const firstFeature: number[] = [];
    const firstEntry: number[] = [];
    this.#table = new Float64Array(trees.reduce((sum, { size }) => sum + size, 0));
    let entry = 0;
    for (const { tree, blocks } of trees) {
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
            next = columns.length;
            asked.set(way, next);
          }
          place = next;
        }
        last.push(place);
        firstFeature.push(features.length);
        features.push(...block.features);
        firstEntry.push(entry);
        entry += fillTable(this.#table, entry, block);
      }
    }
    firstFeature.push(features.length);
    this.#column = Uint16Array.from(columns);
    this.#rank = Int32Array.from(ranks);
    this.#before = Int32Array.from(before);
    this.#last = Int32Array.from(last);
    this.#firstFeature = Int32Array.from(firstFeature);
    this.#firstEntry = Int32Array.from(firstEntry);
    this.#feature = Uint16Array.from(features);
    this.#ranks = new Int32Array(2 * width);
    this.#answers = new Int32Array(columns.length + 1);
  }

  /** Adds to `added` what each feature of the row contributes. */
  addTo(added: Float64Array, row: ArrayLike<number>): void {
    this.#answer(row);
    const answers = this.#answers;
    const feature = this.#feature;
    const table = this.#table;
    for (let block = 0; block < this.#last.length; block++) {
      const first = this.#firstFeature[block]!;
      const end = this.#firstFeature[block + 1]!;
      let at = this.#firstEntry[block]! + answers[this.#last[block]!]! * (end - first);
      for (let index = first; index < end; index++) added[feature[index]!]! += table[at++]!;
    }
  }

  /** For each question: its answer (1 for yes) behind those before it. */
  #answer(row: ArrayLike<number>): void {
    const width = this.#thresholds.length;
    const ranks = this.#ranks;
    for (let feature = 0; feature < width; feature++) {
      const value = row[feature] ?? Number.NaN;
      const thresholds = this.#thresholds[feature]!;
      const isMissing = value !== value;
      const rank = isMissing ? thresholds.length : countBelow(thresholds, value);
      ranks[feature] = rank;
      // Below all thresholds: yes to every question.
      ranks[width + feature] = isMissing ? 0 : rank;
    }
    const column = this.#column;
    const rank = this.#rank;
    const before = this.#before;
    const answers = this.#answers;
    for (let question = 0; question < column.length; question++) {
      // The sign of the difference, since a branch on a row's values would be predicted wrong every other time.
      const isYes = (ranks[column[question]!]! - rank[question]!) >>> 31;
      answers[question + 1] = (answers[before[question]!]! << 1) | isYes;
    }
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

/** Writes a block's table; returns its length. */
function fillTable(table: Float64Array, first: number, { nodes, features, paths }: Block): number {
  const width = features.length;
  const answers = 2 ** nodes.length;
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
        const at = first + answer * width + column;
        table[at] = (table[at] ?? 0) + contributionOf(path, sums, passed, index);
      });
    }
  }
  return answers * width;
}
