import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** What is wrong with a project: shown as `file:line: message`. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** `invalid`: Salesforce would refuse it too. `notBuilt`: valid, and beyond what local-org simulates. */
  readonly kind: 'invalid' | 'notBuilt';
}

/** One element of a metadata file. */
export interface XmlElement {
  readonly name: string;
  /** Text without surrounding white space; empty where there are child elements. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** From 1. */
  readonly line: number;
}

const META = XMLParser.getMetaDataSymbol();
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** What fast-xml-parser gives with preserveOrder: one key, the element's name or `#text`. */
type RawNode = Readonly<Record<string, RawNode[] | string>> & Readonly<Record<symbol, { startIndex?: number }>>;

/** Parses a metadata file into its root element. Malformed XML is a problem with its line. */
export function parseXml(file: string, text: string): XmlElement | Problem {
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    return { file, line: valid.err.line, message: `malformed XML: ${valid.err.msg}`, kind: 'invalid' };
  }
  const roots = elementsOf(parser.parse(text) as RawNode[], lineStarts(text));
  const [root] = roots;
  if (!root) return { file, line: 1, message: 'malformed XML: no root element', kind: 'invalid' };
  return root;
}

export function isProblem(value: XmlElement | Problem): value is Problem {
  return 'kind' in value;
}

function elementsOf(nodes: readonly RawNode[], lines: readonly number[]): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of nodes) {
    const [name] = Object.keys(node);
    if (name === undefined || name === '#text') continue;
    const content = node[name];
    if (typeof content === 'string' || content === undefined) continue;
    const children = elementsOf(content, lines);
    elements.push({ name, text: children.length > 0 ? '' : textOf(content), children, line: lineOf(node, lines) });
  }
  return elements;
}

function textOf(content: readonly RawNode[]): string {
  let text = '';
  for (const part of content) {
    const value = part['#text'];
    if (typeof value === 'string') text += value;
  }
  return decoded(text).trim();
}

/** Character references by number, which the parser leaves: `&#39;`, `&#x27;`. */
function decoded(text: string): string {
  return text.replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex?: string, decimal?: string) =>
    String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
  );
}

function lineOf(node: RawNode, lines: readonly number[]): number {
  const start = node[META as unknown as symbol]?.startIndex;
  if (start === undefined) return 1;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
