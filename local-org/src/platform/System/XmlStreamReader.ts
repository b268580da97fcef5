import { current } from '../../engine/current.ts';
import { enumValueOf } from '../../values/enum.ts';
import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { parseXmlEvents } from '../xml/events.ts';
import type { NamespaceDeclaration, XmlAttribute, XmlEvent } from '../xml/events.ts';

type Text = string | null;
type Position = XmlEvent | 'START_DOCUMENT' | 'END_DOCUMENT';

const TAGS = {
  start: 'START_ELEMENT',
  end: 'END_ELEMENT',
  text: 'CHARACTERS',
  cdata: 'CDATA',
  comment: 'COMMENT',
  doctype: 'DTD',
  instruction: 'PROCESSING_INSTRUCTION',
} as const;

/** What `next` returns: the event codes of StAX (javax.xml.stream.XMLStreamConstants), which the class follows. */
const CODES: Readonly<Record<string, number>> = {
  START_ELEMENT: 1,
  END_ELEMENT: 2,
  PROCESSING_INSTRUCTION: 3,
  CHARACTERS: 4,
  COMMENT: 5,
  START_DOCUMENT: 7,
  END_DOCUMENT: 8,
  DTD: 11,
  CDATA: 12,
};

/** A System.XmlStreamReader: a place in a document that moves forward. */
class XmlStreamReader {
  static readonly apexName = 'System.XmlStreamReader';
  coalescing = false;
  namespaceAware = true;
  readonly #text: string;
  #events: readonly XmlEvent[] | null = null;
  #version: string | null = null;
  #index = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Parsed when first asked for, so that the settings count. @throws System.XmlException */
  get events(): readonly XmlEvent[] {
    if (!this.#events) {
      const { events, version } = parseXmlEvents(this.#text, this.namespaceAware);
      this.#version = version;
      this.#events = this.coalescing ? coalesced(events) : events;
    }
    return this.#events;
  }

  get version(): string | null {
    return this.events.length > 0 ? this.#version : null;
  }

  get at(): Position {
    if (this.#index < 0) return 'START_DOCUMENT';
    return this.events[this.#index] ?? 'END_DOCUMENT';
  }

  get tag(): string {
    return typeof this.at === 'string' ? this.at : TAGS[this.at.kind];
  }

  get hasNext(): boolean {
    return this.#index < this.events.length;
  }

  /** @throws System.NoSuchElementException after the end; the text is unverified */
  next(): number {
    if (!this.hasNext) raise('System.NoSuchElementException', 'END_DOCUMENT reached: no more elements on the stream.');
    this.#index++;
    return CODES[this.tag] ?? 0;
  }

  /** Skips white space, comments and instructions. @throws System.XmlException where neither tag comes; unverified text */
  nextTag(): number {
    let code = this.next();
    while (isSkipped(this.at)) code = this.next();
    if (this.tag !== 'START_ELEMENT' && this.tag !== 'END_ELEMENT') {
      raise('System.XmlException', `found: ${this.tag}, expected START_ELEMENT or END_ELEMENT`);
    }
    return code;
  }

  get attributes(): readonly XmlAttribute[] {
    return typeof this.at !== 'string' && this.at.kind === 'start'
      ? this.at.attributes
      : wrongPlace(this, 'START_ELEMENT');
  }

  get namespaces(): readonly NamespaceDeclaration[] {
    return typeof this.at !== 'string' && 'namespaces' in this.at ? this.at.namespaces : wrongPlace(this, 'a tag');
  }

  attribute(index: number | null): XmlAttribute {
    // unverified: what an index that is not there throws.
    return this.attributes[required(index)] ?? raise('System.ListException', `List index out of bounds: ${index}`);
  }

  namespace(index: number | null): NamespaceDeclaration {
    return this.namespaces[required(index)] ?? raise('System.ListException', `List index out of bounds: ${index}`);
  }

  /** What a prefix stands for at this place. */
  uriOf(prefix: string): string | null {
    const scopes: (readonly NamespaceDeclaration[])[] = [];
    for (const event of this.events.slice(0, this.#index + 1)) {
      if (event.kind === 'start') scopes.push(event.namespaces);
      else if (event.kind === 'end' && event !== this.at) scopes.pop();
    }
    const found = scopes
      .reverse()
      .flat()
      .find((one) => (one.prefix ?? '') === prefix);
    return found?.uri ?? null;
  }
}

function isSkipped(at: Position): boolean {
  if (typeof at === 'string') return false;
  if (at.kind === 'comment' || at.kind === 'instruction' || at.kind === 'doctype') return true;
  return isBlank(at);
}

function isBlank(at: Position): boolean {
  return typeof at !== 'string' && (at.kind === 'text' || at.kind === 'cdata') && at.text.trim() === '';
}

/** Text and CDATA sections next to each other as one text. */
function coalesced(events: readonly XmlEvent[]): XmlEvent[] {
  const joined: XmlEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event.kind !== 'text' && event.kind !== 'cdata') joined.push(event);
    else if (last?.kind === 'text') joined[joined.length - 1] = { ...last, text: last.text + event.text };
    else joined.push({ ...event, kind: 'text' });
  }
  return joined;
}

/** The text is unverified. @throws System.XmlException */
function wrongPlace(reader: XmlStreamReader, wanted: string): never {
  return raise('System.XmlException', `Current state is ${reader.tag}, not ${wanted}`);
}

function named(reader: XmlStreamReader) {
  const { at } = reader;
  return typeof at !== 'string' && 'local' in at ? at : null;
}

function textOf(reader: XmlStreamReader): string {
  const { at } = reader;
  return typeof at !== 'string' && 'text' in at ? at.text : wrongPlace(reader, 'a text');
}

function instruction(reader: XmlStreamReader) {
  const { at } = reader;
  return typeof at !== 'string' && at.kind === 'instruction' ? at : null;
}

function locationOf({ at }: XmlStreamReader): string {
  const { line, column } = typeof at === 'string' ? { line: 1, column: 1 } : at;
  return `Row: ${line} Col: ${column}`;
}

const is = (tag: string) => (reader: XmlStreamReader) => reader.tag === tag;

export const XmlStreamReaderClass = platformClass('System.XmlStreamReader', {
  'new (String)': (text: Text) => new XmlStreamReader(required(text)),
  'Integer getAttributeCount()': (reader: XmlStreamReader) => reader.attributes.length,
  'String getAttributeLocalName(Integer)': (reader: XmlStreamReader, index: number | null) =>
    reader.attribute(index).local,
  'String getAttributeNamespace(Integer)': (reader: XmlStreamReader, index: number | null) =>
    reader.attribute(index).namespace,
  'String getAttributePrefix(Integer)': (reader: XmlStreamReader, index: number | null) =>
    reader.attribute(index).prefix,
  'String getAttributeType(Integer)': (reader: XmlStreamReader, index: number | null) =>
    reader.attribute(index) && 'CDATA',
  'String getAttributeValue(String, String)': (reader: XmlStreamReader, namespace: Text, name: Text) =>
    reader.attributes.find((one) => one.local === name && (!namespace || one.namespace === namespace))?.value ?? null,
  'String getAttributeValueAt(Integer)': (reader: XmlStreamReader, index: number | null) =>
    reader.attribute(index).value,
  'XmlTag getEventType()': (reader: XmlStreamReader) =>
    enumValueOf(current.universe.platform('System.XmlTag'), reader.tag),
  // null where no tag is: this rests on zabroseric/sfdc-xml-parser alone, which asks at every event.
  'String getLocalName()': (reader: XmlStreamReader) => named(reader)?.local ?? null,
  'String getLocation()': locationOf,
  'String getNamespace()': (reader: XmlStreamReader) => named(reader)?.namespace ?? null,
  'Integer getNamespaceCount()': (reader: XmlStreamReader) => reader.namespaces.length,
  'String getNamespacePrefix(Integer)': (reader: XmlStreamReader, index: number | null) =>
    reader.namespace(index).prefix,
  'String getNamespaceURI(String)': (reader: XmlStreamReader, prefix: Text) => reader.uriOf(prefix ?? ''),
  'String getNamespaceURIAt(Integer)': (reader: XmlStreamReader, index: number | null) => reader.namespace(index).uri,
  'String getPIData()': (reader: XmlStreamReader) => instruction(reader)?.data ?? null,
  'String getPITarget()': (reader: XmlStreamReader) => instruction(reader)?.target ?? null,
  'String getPrefix()': (reader: XmlStreamReader) => named(reader)?.prefix ?? null,
  'String getText()': textOf,
  'String getVersion()': (reader: XmlStreamReader) => reader.version,
  'Boolean hasName()': (reader: XmlStreamReader) => named(reader) !== null,
  'Boolean hasNext()': (reader: XmlStreamReader) => reader.hasNext,
  'Boolean hasText()': ({ at }: XmlStreamReader) => typeof at !== 'string' && 'text' in at,
  'Boolean isCharacters()': is('CHARACTERS'),
  'Boolean isEndElement()': is('END_ELEMENT'),
  'Boolean isStartElement()': is('START_ELEMENT'),
  'Boolean isWhitespace()': ({ at }: XmlStreamReader) => isBlank(at),
  'Integer next()': (reader: XmlStreamReader) => reader.next(),
  'Integer nextTag()': (reader: XmlStreamReader) => reader.nextTag(),
  'void setCoalescing(Boolean)': (reader: XmlStreamReader, on: boolean | null) =>
    void (reader.coalescing = required(on)),
  'void setNamespaceAware(Boolean)': (reader: XmlStreamReader, on: boolean | null) =>
    void (reader.namespaceAware = required(on)),
  'String toString()': (reader: XmlStreamReader) => `XmlStreamReader[${reader.tag}]`,
});

/** Where a reader of a response begins. */
export function readerOf(text: string): XmlStreamReader {
  return new XmlStreamReader(text);
}
