import { blobText } from '../../values/blob.ts';
import type { ApexBlob } from '../../values/blob.ts';
import { required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { parseNodes, XmlElementNode } from './nodes.ts';
import { nodeText } from './nodeText.ts';

/** A Dom.Document. */
export class XmlDocument {
  static readonly apexName = 'Dom.Document';
  root: XmlElementNode | null = null;

  get text(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>${this.root ? nodeText(this.root) : ''}`;
  }

  /** @throws System.XmlException */
  load(text: string): void {
    this.root = parseNodes(text);
  }
}

/** The document that a body holds. @throws System.XmlException */
export function documentOf(body: ApexBlob | null): XmlDocument {
  const document = new XmlDocument();
  document.load(body ? blobText(body) : '');
  return document;
}

type Text = string | null;

export const DocumentClass = platformClass('Dom.Document', {
  'new ()': () => new XmlDocument(),
  'Dom.XmlNode createRootElement(String, String, String)': (
    document: XmlDocument,
    name: Text,
    namespace: Text,
    prefix: Text,
  ) => (document.root = new XmlElementNode(required(name), namespace, prefix)),
  'Dom.XmlNode getRootElement()': (document: XmlDocument) => document.root,
  'void load(String)': (document: XmlDocument, text: Text) => document.load(required(text)),
  'String toXmlString()': (document: XmlDocument) => document.text,
});
