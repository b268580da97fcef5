import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * The part of ONNX's protobuf schema (onnx.proto3, IR version 8) that our graphs use, written field by field.
 * Field numbers: https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto3
 */

/** Element types of tensors, by ONNX's `TensorProto.DataType`. */
export const ELEMENT_TYPE = { float: 1, int64: 7, double: 11 } as const;
export type ElementType = keyof typeof ELEMENT_TYPE;

/** A constant of the graph; `dims` empty for a scalar. */
export interface Initializer {
  name: string;
  type: ElementType;
  dims: readonly number[];
  values: readonly number[];
}

/** An attribute of a node. A number under `integer` or `float` is one value, a list is `INTS` or `FLOATS`. */
export type Attribute = { name: string } & (
  | { integer: number }
  | { float: number }
  | { integers: readonly number[] }
  | { floats: readonly number[] }
  | { text: string }
  | { texts: readonly string[] }
);

export interface OnnxNode {
  operator: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes?: readonly Attribute[];
  /** Empty or absent for the standard operators, `ai.onnx.ml` for the machine-learning ones. */
  domain?: string;
}

/** An input or output of the graph. A dimension given as text is symbolic. */
export interface TensorDeclaration {
  name: string;
  type: ElementType;
  shape: readonly (number | string)[];
}

export interface OnnxGraph {
  name: string;
  doc: string;
  nodes: readonly OnnxNode[];
  initializers: readonly Initializer[];
  inputs: readonly TensorDeclaration[];
  outputs: readonly TensorDeclaration[];
}

/** A model file's content: one graph, the operator sets it uses, and free metadata. */
export interface OnnxModel {
  graph: OnnxGraph;
  operatorSets: readonly { domain: string; version: number }[];
  producer: string;
  metadata: Readonly<Record<string, string>>;
}

const IR_VERSION = 8;
const ATTRIBUTE_TYPE = { float: 1, integer: 2, text: 3, floats: 6, integers: 7, texts: 8 } as const;

/** The bytes of an ONNX model file. The same model always gives the same bytes. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, model.producer);
  message(writer, 7, () => writeGraph(writer, model.graph));
  for (const set of model.operatorSets) {
    message(writer, 8, () => {
      text(writer, 1, set.domain);
      integer(writer, 2, set.version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    message(writer, 14, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, graph.name);
  for (const initializer of graph.initializers) message(writer, 5, () => writeTensor(writer, initializer));
  text(writer, 10, graph.doc);
  for (const input of graph.inputs) message(writer, 11, () => writeDeclaration(writer, input));
  for (const output of graph.outputs) message(writer, 12, () => writeDeclaration(writer, output));
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 4, node.operator);
  for (const attribute of node.attributes ?? []) message(writer, 5, () => writeAttribute(writer, attribute));
  if (node.domain) text(writer, 7, node.domain);
}

function writeAttribute(writer: BinaryWriter, attribute: Attribute): void {
  text(writer, 1, attribute.name);
  if ('float' in attribute) {
    writer.tag(2, WireType.Bit32).float(attribute.float);
    integer(writer, 20, ATTRIBUTE_TYPE.float);
  } else if ('integer' in attribute) {
    integer(writer, 3, attribute.integer);
    integer(writer, 20, ATTRIBUTE_TYPE.integer);
  } else if ('text' in attribute) {
    text(writer, 4, attribute.text);
    integer(writer, 20, ATTRIBUTE_TYPE.text);
  } else if ('floats' in attribute) {
    message(writer, 7, () => attribute.floats.forEach((value) => writer.float(value)));
    integer(writer, 20, ATTRIBUTE_TYPE.floats);
  } else if ('texts' in attribute) {
    for (const each of attribute.texts) writer.tag(9, WireType.LengthDelimited).string(each);
    integer(writer, 20, ATTRIBUTE_TYPE.texts);
  } else {
    message(writer, 8, () => attribute.integers.forEach((value) => writer.int64(value)));
    integer(writer, 20, ATTRIBUTE_TYPE.integers);
  }
}

function writeTensor(writer: BinaryWriter, tensor: Initializer): void {
  const count = tensor.dims.reduce((product, dim) => product * dim, 1);
  if (count !== tensor.values.length) {
    throw new RangeError(`Initializer ${tensor.name}: ${tensor.values.length} values for a shape of ${count}.`);
  }
  if (tensor.dims.length > 0) message(writer, 1, () => tensor.dims.forEach((dim) => writer.int64(dim)));
  integer(writer, 2, ELEMENT_TYPE[tensor.type]);
  text(writer, 8, tensor.name);
  writer.tag(9, WireType.LengthDelimited).bytes(rawData(tensor));
}

/** Little-endian, fixed width, as `TensorProto.raw_data` wants it. */
function rawData(tensor: Initializer): Uint8Array {
  const width = tensor.type === 'float' ? 4 : 8;
  const view = new DataView(new ArrayBuffer(tensor.values.length * width));
  tensor.values.forEach((value, index) => {
    if (tensor.type === 'float') view.setFloat32(index * width, value, true);
    else if (tensor.type === 'double') view.setFloat64(index * width, value, true);
    else view.setBigInt64(index * width, BigInt(value), true);
  });
  return new Uint8Array(view.buffer);
}

function writeDeclaration(writer: BinaryWriter, declaration: TensorDeclaration): void {
  text(writer, 1, declaration.name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      integer(writer, 1, ELEMENT_TYPE[declaration.type]);
      message(writer, 2, () => {
        for (const dim of declaration.shape) {
          message(writer, 1, () => (typeof dim === 'number' ? integer(writer, 1, dim) : text(writer, 2, dim)));
        }
      });
    }),
  );
}

function message(writer: BinaryWriter, field: number, body: () => unknown): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  body();
  writer.join();
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}
