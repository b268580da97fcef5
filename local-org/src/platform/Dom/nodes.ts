import { raise } from '../../values/exception.ts';
import { parseXmlEvents } from '../xml/events.ts';

/** A Dom.XmlNode: an element, or the text or comment in one. */
export class XmlNode {
  static readonly apexName = 'Dom.XmlNode';
  readonly type: 'ELEMENT' | 'TEXT' | 'COMMENT';
  parent: XmlNode | null = null;
  readonly children: XmlNode[] = [];

  constructor(type: XmlNode['type']) {
    this.type = type;
  }

  append<T extends XmlNode>(child: T): T {
    child.parent = this;
    this.children.push(child);
    return child;
  }

  remove(child: XmlNode): boolean {
    const index = this.children.indexOf(child);
    if (index < 0) return false;
    this.children.splice(index, 1);
    child.parent = null;
    return true;
  }

  get elements(): XmlElementNode[] {
    return this.children.filter((child) => child instanceof XmlElementNode);
  }

  /** What stands in the element itself, not in the elements in it. */
  get text(): string {
    return this.children
      .map((child) => (child instanceof XmlTextNode && child.type === 'TEXT' ? child.content : ''))
      .join('');
  }
}

/** Text or a comment. */
export class XmlTextNode extends XmlNode {
  readonly content: string;

  constructor(type: 'TEXT' | 'COMMENT', content: string) {
    super(type);
    this.content = content;
  }

  override get text(): string {
    return this.content;
  }
}

export interface NodeAttribute {
  readonly name: string;
  readonly namespace: string | null;
  readonly prefix: string | null;
  readonly value: string;
  readonly valueNamespace: string | null;
}

/** An element. */
export class XmlElementNode extends XmlNode {
  readonly name: string;
  readonly namespace: string | null;
  readonly prefix: string | null;
  readonly attributes: NodeAttribute[] = [];
  /** Declared here: URIs by prefix, '' for the default namespace. */
  readonly namespaces = new Map<string, string>();

  constructor(name: string, namespace: string | null, prefix: string | null) {
    super('ELEMENT');
    this.name = name;
    this.namespace = namespace || null;
    this.prefix = prefix || null;
    if (this.namespace !== null && this.prefix !== null) this.namespaces.set(this.prefix, this.namespace);
  }

  attribute(name: string, namespace: string | null): NodeAttribute | null {
    return this.attributes.find((one) => one.name === name && one.namespace === (namespace || null)) ?? null;
  }

  set(attribute: NodeAttribute): void {
    const index = this.attributes.findIndex(
      ({ name, namespace }) => name === attribute.name && namespace === attribute.namespace,
    );
    if (index < 0) this.attributes.push(attribute);
    else this.attributes[index] = attribute;
  }

  /** The namespace that a prefix stands for here; '' is the default one. */
  namespaceFor(prefix: string): string | null {
    return this.namespaces.get(prefix) ?? this.#outer?.namespaceFor(prefix) ?? null;
  }

  prefixFor(namespace: string): string | null {
    for (const [prefix, uri] of this.namespaces) if (uri === namespace) return prefix;
    const prefix = this.#outer?.prefixFor(namespace) ?? null;
    // A prefix that is declared anew here stands for something else.
    return prefix !== null && this.namespaceFor(prefix) === namespace ? prefix : null;
  }

  get #outer(): XmlElementNode | null {
    return this.parent instanceof XmlElementNode ? this.parent : null;
  }
}

/** The root element of a document's text. @throws System.XmlException */
export function parseNodes(text: string): XmlElementNode {
  let root: XmlElementNode | null = null;
  let at = null as XmlNode | null;
  for (const event of parseXmlEvents(text).events) {
    switch (event.kind) {
      case 'start': {
        const element: XmlElementNode = new XmlElementNode(event.local, event.namespace, event.prefix);
        element.namespaces.clear();
        for (const { prefix, uri } of event.namespaces) element.namespaces.set(prefix ?? '', uri);
        for (const { local, namespace, prefix, value } of event.attributes) {
          element.set({ name: local, namespace, prefix, value, valueNamespace: null });
        }
        at = at ? at.append(element) : element;
        root ??= element;
        break;
      }
      case 'end':
        at = at?.parent ?? null;
        break;
      case 'text':
      case 'cdata':
        at?.append(new XmlTextNode('TEXT', event.text));
        break;
      case 'comment':
        at?.append(new XmlTextNode('COMMENT', event.text));
        break;
      default:
    }
  }
  return root ?? raise('System.XmlException', 'Failed to parse XML due to: there is no root element');
}
