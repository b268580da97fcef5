import { escapeAttribute, escapeText } from '../xml/escape.ts';
import { XmlElementNode, XmlTextNode } from './nodes.ts';
import type { XmlNode } from './nodes.ts';

/** The text of a node and what is in it. That an element without content is written `<a />` is unverified. */
export function nodeText(node: XmlNode): string {
  if (node instanceof XmlElementNode) return elementText(node);
  const content = node instanceof XmlTextNode ? node.content : '';
  return node.type === 'COMMENT' ? `<!--${content}-->` : escapeText(content);
}

function elementText(element: XmlElementNode): string {
  const declared = new Map(element.namespaces);
  const name = qualified(element, element.namespace, element.prefix, element.name, declared);
  const attributes = element.attributes.map(({ name: local, namespace, prefix, value }) => {
    const text = namespace === null ? local : qualified(element, namespace, prefix ?? 'ns1', local, declared);
    return ` ${text}="${escapeAttribute(value)}"`;
  });
  const namespaces = [...declared].map(
    ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`,
  );
  const tag = `${name}${namespaces.join('')}${attributes.join('')}`;
  if (element.children.length === 0) return `<${tag} />`;
  return `<${tag}>${element.children.map(nodeText).join('')}</${name}>`;
}

/** The name with a prefix that stands for the namespace; one that nothing declares is declared with the element. */
function qualified(
  element: XmlElementNode,
  namespace: string | null,
  prefix: string | null,
  local: string,
  declared: Map<string, string>,
): string {
  if (namespace === null) return local;
  const wanted = prefix ?? element.prefixFor(namespace) ?? '';
  if ((declared.get(wanted) ?? element.namespaceFor(wanted)) !== namespace) declared.set(wanted, namespace);
  return wanted === '' ? local : `${wanted}:${local}`;
}
