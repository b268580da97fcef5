import sax from 'sax';
import { raise } from '../../values/exception.ts';

/** A name with the namespace that its prefix stands for; null where it has none. */
export interface QualifiedName {
  readonly prefix: string | null;
  readonly local: string;
  readonly namespace: string | null;
}

export interface XmlAttribute extends QualifiedName {
  readonly value: string;
}

/** A declaration `xmlns:prefix="uri"`; prefix null for the default namespace. */
export interface NamespaceDeclaration {
  readonly prefix: string | null;
  readonly uri: string;
}

interface Start extends QualifiedName {
  readonly kind: 'start';
  readonly attributes: readonly XmlAttribute[];
  readonly namespaces: readonly NamespaceDeclaration[];
}

/** What a reader of a document meets, in order; lines and columns from 1. */
export type XmlEvent = (
  | Start
  | (QualifiedName & { readonly kind: 'end'; readonly namespaces: readonly NamespaceDeclaration[] })
  | { readonly kind: 'text' | 'cdata' | 'comment' | 'doctype'; readonly text: string }
  | { readonly kind: 'instruction'; readonly target: string; readonly data: string }
) & { readonly line: number; readonly column: number };

export interface XmlDocument {
  readonly events: readonly XmlEvent[];
  /** Of the XML declaration; null where there is none. */
  readonly version: string | null;
}

const XMLNS = 'http://www.w3.org/2000/xmlns/';

/**
 * The events of a well-formed document with one root.
 *
 * @throws System.XmlException; the text after the first words is unverified
 */
export function parseXmlEvents(text: string, namespaceAware = true): XmlDocument {
  // The types of sax do not know strictEntities: without it the names of HTML's characters would be accepted.
  const options: sax.SAXOptions & { strictEntities: boolean } = {
    xmlns: namespaceAware,
    strictEntities: true,
    position: true,
  };
  const parser = sax.parser(true, options);
  const events: XmlEvent[] = [];
  const open: Start[] = [];
  let version: string | null = null;
  let cdata: string | null = null;
  const at = () => ({ line: parser.line + 1, column: parser.column + 1 });
  const fail = (message: string): never => {
    const { line, column } = at();
    return raise('System.XmlException', `Failed to parse XML due to: ${message} (line ${line}, column ${column})`);
  };
  parser.onerror = (error) => fail(error.message.split('\n')[0] ?? 'it is malformed');
  parser.onprocessinginstruction = ({ name, body }) => {
    if (name === 'xml') version = /version\s*=\s*["']([^"']*)["']/.exec(body)?.[1] ?? null;
    else events.push({ kind: 'instruction', target: name, data: body, ...at() });
  };
  parser.onopentag = (tag) => {
    const start: Start = { kind: 'start', ...nameOf(tag), ...attributesOf(tag) };
    if (open.length === 0 && events.some(({ kind }) => kind === 'start')) fail('only one root element is allowed');
    open.push(start);
    events.push({ ...start, ...at() });
  };
  parser.onclosetag = () => {
    const start = open.pop();
    if (!start) return;
    const { prefix, local, namespace, namespaces } = start;
    events.push({ kind: 'end', prefix, local, namespace, namespaces, ...at() });
  };
  parser.ontext = (content) => {
    if (open.length > 0) events.push({ kind: 'text', text: content, ...at() });
  };
  parser.onopencdata = () => void (cdata = '');
  parser.oncdata = (content) => void (cdata = (cdata ?? '') + content);
  parser.onclosecdata = () => events.push({ kind: 'cdata', text: cdata ?? '', ...at() });
  parser.oncomment = (content) => events.push({ kind: 'comment', text: content, ...at() });
  parser.ondoctype = (content) => events.push({ kind: 'doctype', text: content.trim(), ...at() });
  parser.write(text).close();
  if (!events.some(({ kind }) => kind === 'start')) fail('there is no root element');
  return { events, version };
}

function nameOf(tag: sax.Tag | sax.QualifiedTag | sax.QualifiedAttribute): QualifiedName {
  if (!('local' in tag)) return { prefix: null, local: tag.name, namespace: null };
  return { prefix: tag.prefix || null, local: tag.local, namespace: tag.uri || null };
}

function attributesOf(tag: sax.Tag | sax.QualifiedTag): Pick<Start, 'attributes' | 'namespaces'> {
  const attributes: XmlAttribute[] = [];
  const namespaces: NamespaceDeclaration[] = [];
  for (const [name, attribute] of Object.entries(tag.attributes)) {
    if (typeof attribute === 'string')
      attributes.push({ prefix: null, local: name, namespace: null, value: attribute });
    else if (attribute.uri === XMLNS || name === 'xmlns') {
      namespaces.push({ prefix: name === 'xmlns' ? null : attribute.local, uri: attribute.value });
    } else attributes.push({ ...nameOf(attribute), value: attribute.value });
  }
  return { attributes, namespaces };
}
