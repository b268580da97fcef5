import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { escapeAttribute, escapeText } from '../xml/escape.ts';

type Text = string | null;

/** A System.XmlStreamWriter. */
class XmlStreamWriter {
  static readonly apexName = 'System.XmlStreamWriter';
  text = '';
  /** Names of the elements that are open. */
  readonly open: string[] = [];
  /** How the tag that attributes can still be added to ends; null where there is none. */
  #pending: '>' | '/>' | null = null;

  /** Ends the tag that is being written. */
  settle(): void {
    this.text += this.#pending ?? '';
    this.#pending = null;
  }

  begin(name: string, end: '>' | '/>'): void {
    this.settle();
    this.text += `<${name}`;
    this.#pending = end;
    if (end === '>') this.open.push(name);
  }

  /** An attribute or a declaration of the tag that is being written. @throws System.XmlException; the text is unverified */
  attribute(name: string, value: string): void {
    if (this.#pending === null) raise('System.XmlException', 'Attribute not associated with any element');
    this.text += ` ${name}="${escapeAttribute(value)}"`;
  }

  /** @throws System.XmlException where no element is open; the text is unverified */
  end(): void {
    const name = this.open.pop() ?? raise('System.XmlException', 'No element was found to write');
    this.settle();
    this.text += `</${name}>`;
  }

  write(text: string): void {
    this.settle();
    this.text += text;
  }
}

function qualified(prefix: Text, local: Text): string {
  return prefix ? `${prefix}:${required(local)}` : required(local);
}

export const XmlStreamWriterClass = platformClass('System.XmlStreamWriter', {
  'new ()': () => new XmlStreamWriter(),
  'void close()': (writer: XmlStreamWriter) => writer.settle(),
  'String getXmlString()': (writer: XmlStreamWriter) => {
    writer.settle();
    return writer.text;
  },
  // It binds a URI for elements written later, and writes nothing itself.
  'void setDefaultNamespace(String)': (_writer: XmlStreamWriter, uri: Text) => void required(uri),
  'void writeAttribute(String, String, String, String)': (
    writer: XmlStreamWriter,
    prefix: Text,
    _uri: Text,
    local: Text,
    value: Text,
  ) => writer.attribute(qualified(prefix, local), required(value)),
  'void writeCData(String)': (writer: XmlStreamWriter, data: Text) => writer.write(`<![CDATA[${required(data)}]]>`),
  'void writeCharacters(String)': (writer: XmlStreamWriter, text: Text) => writer.write(escapeText(required(text))),
  'void writeComment(String)': (writer: XmlStreamWriter, text: Text) => writer.write(`<!--${required(text)}-->`),
  'void writeDefaultNamespace(String)': (writer: XmlStreamWriter, uri: Text) =>
    writer.attribute('xmlns', required(uri)),
  'void writeEmptyElement(String, String, String)': (writer: XmlStreamWriter, prefix: Text, local: Text) =>
    writer.begin(qualified(prefix, local), '/>'),
  'void writeEndDocument()': (writer: XmlStreamWriter) => {
    while (writer.open.length > 0) writer.end();
    writer.settle();
  },
  'void writeEndElement()': (writer: XmlStreamWriter) => writer.end(),
  'void writeNamespace(String, String)': (writer: XmlStreamWriter, prefix: Text, uri: Text) =>
    writer.attribute(prefix ? `xmlns:${prefix}` : 'xmlns', required(uri)),
  'void writeProcessingInstruction(String, String)': (writer: XmlStreamWriter, target: Text, data: Text) =>
    writer.write(`<?${required(target)}${data ? ` ${data}` : ''}?>`),
  'void writeStartDocument(String, String)': (writer: XmlStreamWriter, encoding: Text, version: Text) =>
    writer.write(`<?xml version="${required(version)}"${encoding ? ` encoding="${encoding}"` : ''}?>`),
  'void writeStartElement(String, String, String)': (writer: XmlStreamWriter, prefix: Text, local: Text) =>
    writer.begin(qualified(prefix, local), '>'),
});
