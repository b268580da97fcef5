import { encodeModel } from './modelFile.ts';
import type { Attribute } from './modelFile.ts';
import type { TreeEnsemble } from '../model/treeEnsemble.ts';

/**
 * An ONNX model of a tree ensemble: input `features` is float [rows, features], output `groups` float [rows, groups],
 * the sum of the leaves in each group of trees. The base is not in it: it is added in double precision.
 */
export function treeModel(name: string, doc: string, ensemble: TreeEnsemble): Uint8Array {
  const columns = {
    treeids: [] as number[],
    nodeids: [] as number[],
    featureids: [] as number[],
    values: [] as number[],
    modes: [] as string[],
    truenodeids: [] as number[],
    falsenodeids: [] as number[],
    missing: [] as number[],
  };
  const target = { treeids: [] as number[], nodeids: [] as number[], ids: [] as number[], weights: [] as number[] };
  ensemble.trees.forEach((tree, id) => {
    tree.feature.forEach((feature, node) => {
      const isLeaf = feature === -1;
      columns.treeids.push(id);
      columns.nodeids.push(node);
      columns.featureids.push(isLeaf ? 0 : feature);
      columns.values.push(isLeaf ? 0 : (tree.threshold[node] ?? 0));
      columns.modes.push(isLeaf ? 'LEAF' : 'BRANCH_LEQ');
      columns.truenodeids.push(isLeaf ? 0 : (tree.yes[node] ?? 0));
      columns.falsenodeids.push(isLeaf ? 0 : (tree.no[node] ?? 0));
      columns.missing.push(isLeaf ? 0 : (tree.missing_yes[node] ?? 0));
      if (!isLeaf) return;
      target.treeids.push(id);
      target.nodeids.push(node);
      target.ids.push(tree.group);
      target.weights.push(tree.value[node] ?? 0);
    });
  });
  const attributes: Attribute[] = [
    { name: 'n_targets', integer: ensemble.groups },
    { name: 'aggregate_function', text: 'SUM' },
    { name: 'post_transform', text: 'NONE' },
    { name: 'nodes_treeids', integers: columns.treeids },
    { name: 'nodes_nodeids', integers: columns.nodeids },
    { name: 'nodes_featureids', integers: columns.featureids },
    { name: 'nodes_values', floats: columns.values },
    { name: 'nodes_modes', texts: columns.modes },
    { name: 'nodes_truenodeids', integers: columns.truenodeids },
    { name: 'nodes_falsenodeids', integers: columns.falsenodeids },
    { name: 'nodes_missing_value_tracks_true', integers: columns.missing },
    { name: 'target_treeids', integers: target.treeids },
    { name: 'target_nodeids', integers: target.nodeids },
    { name: 'target_ids', integers: target.ids },
    { name: 'target_weights', floats: target.weights },
  ];
  return encodeModel({
    producer: 'ai-lead-routing',
    operatorSets: [
      { domain: '', version: 15 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    metadata: { features: ensemble.features.join(',') },
    graph: {
      name,
      doc,
      inputs: [{ name: 'features', type: 'float', shape: ['rows', ensemble.features.length] }],
      outputs: [{ name: 'groups', type: 'float', shape: ['rows', ensemble.groups] }],
      initializers: [],
      nodes: [
        {
          operator: 'TreeEnsembleRegressor',
          domain: 'ai.onnx.ml',
          inputs: ['features'],
          outputs: ['groups'],
          attributes,
        },
      ],
    },
  });
}
