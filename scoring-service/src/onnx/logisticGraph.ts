import { encodeModel } from './modelFile.ts';
import type { Initializer, OnnxNode } from './modelFile.ts';
import type { LinearExplanation } from '../model/manifest.ts';

const OPERATOR_SET = 15;
const ELEMENT_DOUBLE = 11;

/**
 * An ONNX model of the linear formula
 * `raw = base + Σ weight · (min(max(x, low), high) − reference)`, where a missing `x` (NaN) adds nothing.
 * Input `features` is float [rows, features]; output `raw` is double [rows], in log-odds. Sums are in double precision,
 * so that the contributions of `explainLinear` add up to it.
 */
export function logisticModel(name: string, doc: string, formula: LinearExplanation): Uint8Array {
  const width = formula.terms.length;
  const perFeature = (constant: string, values: number[]): Initializer => ({
    name: constant,
    type: 'double',
    dims: [width],
    values,
  });
  return encodeModel({
    producer: 'ai-lead-routing make-prior',
    operatorSets: [{ domain: '', version: OPERATOR_SET }],
    metadata: { features: formula.terms.map((term) => term.feature).join(',') },
    graph: {
      name,
      doc,
      inputs: [{ name: 'features', type: 'float', shape: ['rows', width] }],
      outputs: [{ name: 'raw', type: 'double', shape: ['rows'] }],
      initializers: [
        perFeature(
          'low',
          formula.terms.map((term) => term.low),
        ),
        perFeature(
          'high',
          formula.terms.map((term) => term.high),
        ),
        perFeature(
          'reference',
          formula.terms.map((term) => term.reference),
        ),
        perFeature(
          'weight',
          formula.terms.map((term) => term.weight),
        ),
        { name: 'base', type: 'double', dims: [], values: [formula.base] },
        { name: 'columns', type: 'int64', dims: [1], values: [1] },
      ],
      nodes: [
        node('IsNaN', ['features'], 'missing'),
        { ...node('Cast', ['features'], 'wide'), attributes: [{ name: 'to', integer: ELEMENT_DOUBLE }] },
        node('Where', ['missing', 'reference', 'wide'], 'known'),
        node('Max', ['known', 'low'], 'raised'),
        node('Min', ['raised', 'high'], 'bounded'),
        node('Sub', ['bounded', 'reference'], 'difference'),
        node('Mul', ['difference', 'weight'], 'contributions'),
        {
          ...node('ReduceSum', ['contributions', 'columns'], 'sum'),
          attributes: [{ name: 'keepdims', integer: 0 }],
        },
        node('Add', ['sum', 'base'], 'raw'),
      ],
    },
  });
}

function node(operator: string, inputs: string[], output: string): OnnxNode {
  return { operator, inputs, outputs: [output] };
}
