import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeModel } from '../onnx/modelFile.ts';
import type { ModelDraws } from './manifest.ts';

const OPERATOR_SET = 15;

/**
 * The raw scores of rows in every draw of a model, base[d] + Σ weights[d][k] · component k, as a product of matrices by ONNX Runtime:
 * some millions of multiplications for a batch, which it does several at once.
 */
export class DrawnScores {
  /** How many draws there are. */
  readonly count: number;
  /** How many components a row has. */
  readonly width: number;
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession, count: number, width: number) {
    this.#session = session;
    this.count = count;
    this.width = width;
  }

  /** Draws of a model whose rows have `width` components, as each draw has weights. */
  static async of(draws: ModelDraws, width: number): Promise<DrawnScores> {
    const session = await InferenceSession.create(graphOf(draws, width), {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      enableCpuMemArena: false,
      logSeverityLevel: 3,
    });
    return new DrawnScores(session, draws.base.length, width);
  }

  /** The scores of rows of components, each row in all draws: [rows, count] for [rows, width]. */
  async scores(components: Float64Array): Promise<Float64Array> {
    const rows = components.length / this.width;
    if (rows === 0) return new Float64Array(0);
    const { raw } = await this.#session.run({ components: new Tensor('float64', components, [rows, this.width]) });
    if (!(raw?.data instanceof Float64Array)) throw new TypeError('The draws gave no numbers.');
    return raw.data;
  }
}

function graphOf({ base, weights }: ModelDraws, width: number): Uint8Array {
  const components = Array.from({ length: width }, (_each, component) => component);
  return encodeModel({
    producer: 'ai-lead-routing',
    operatorSets: [{ domain: '', version: OPERATOR_SET }],
    metadata: {},
    graph: {
      name: 'draws',
      doc: 'Raw scores of each row in each draw of a model.',
      inputs: [{ name: 'components', type: 'double', shape: ['rows', width] }],
      outputs: [{ name: 'raw', type: 'double', shape: ['rows', base.length] }],
      initializers: [
        {
          name: 'weights',
          type: 'double',
          dims: [width, base.length],
          values: components.flatMap((component) => weights.map((own) => own[component] ?? 0)),
        },
        { name: 'base', type: 'double', dims: [base.length], values: base },
      ],
      nodes: [
        { operator: 'MatMul', inputs: ['components', 'weights'], outputs: ['weighed'] },
        { operator: 'Add', inputs: ['weighed', 'base'], outputs: ['raw'] },
      ],
    },
  });
}
