import { current } from '../../engine/current.ts';
import { enumValueOf } from '../../values/enum.ts';
import { raise, required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import { XmlElementNode, XmlTextNode } from './nodes.ts';
import type { XmlNode } from './nodes.ts';

type Text = string | null;

const nodeList = (nodes: readonly XmlNode[]): ApexList => listOf(current.universe.platform('Dom.XmlNode'), [...nodes]);

/** What only elements have. The text is unverified. @throws System.XmlException */
function element(node: XmlNode): XmlElementNode {
  return node instanceof XmlElementNode ? node : raise('System.XmlException', `Not an element: ${node.type}`);
}

function attributeAt(node: XmlNode, index: number | null) {
  const at = required(index);
  // unverified: what an index that is not there throws.
  return element(node).attributes[at] ?? raise('System.ListException', `List index out of bounds: ${at}`);
}

function insertBefore(node: XmlNode, child: XmlNode | null, before: XmlNode | null): XmlNode {
  const { children } = element(node);
  const added = required(child);
  const index = before === null ? children.length : children.indexOf(before);
  if (index < 0) raise('System.XmlException', 'The reference node is no child of this node');
  added.parent?.remove(added);
  children.splice(before === null ? children.length : children.indexOf(before), 0, added);
  added.parent = node;
  return added;
}

function removeAttribute(node: XmlNode, name: Text, namespace: Text): boolean {
  const { attributes } = element(node);
  const found = element(node).attribute(required(name), namespace);
  if (found) attributes.splice(attributes.indexOf(found), 1);
  return found !== null;
}

function setAttribute(
  node: XmlNode,
  name: Text,
  value: Text,
  namespace: Text = null,
  valueNamespace: Text = null,
): void {
  const of = element(node);
  const prefix = namespace ? of.prefixFor(namespace) : null;
  of.set({
    name: required(name),
    value: required(value),
    namespace: namespace || null,
    prefix,
    valueNamespace: valueNamespace || null,
  });
}

export const XmlNodeClass = platformClass('Dom.XmlNode', {
  'Dom.XmlNode addChildElement(String, String, String)': (node: XmlNode, name: Text, namespace: Text, prefix: Text) =>
    element(node).append(new XmlElementNode(required(name), namespace, prefix)),
  'Dom.XmlNode addCommentNode(String)': (node: XmlNode, text: Text) =>
    element(node).append(new XmlTextNode('COMMENT', required(text))),
  'Dom.XmlNode addTextNode(String)': (node: XmlNode, text: Text) =>
    element(node).append(new XmlTextNode('TEXT', required(text))),
  'String getAttribute(String, String)': (node: XmlNode, name: Text, namespace: Text) =>
    element(node).attribute(required(name), namespace)?.value ?? null,
  'Integer getAttributeCount()': (node: XmlNode) => element(node).attributes.length,
  'String getAttributeKeyAt(Integer)': (node: XmlNode, index: number | null) => attributeAt(node, index).name,
  'String getAttributeKeyNsAt(Integer)': (node: XmlNode, index: number | null) => attributeAt(node, index).namespace,
  'String getAttributeValue(String, String)': (node: XmlNode, name: Text, namespace: Text) =>
    element(node).attribute(required(name), namespace)?.value ?? null,
  'String getAttributeValueNs(String, String)': (node: XmlNode, name: Text, namespace: Text) =>
    element(node).attribute(required(name), namespace)?.valueNamespace ?? null,
  'Dom.XmlNode getChildElement(String, String)': (node: XmlNode, name: Text, namespace: Text) =>
    node.elements.find((child) => child.name === required(name) && child.namespace === (namespace || null)) ?? null,
  'List<Dom.XmlNode> getChildElements()': (node: XmlNode) => nodeList(node.elements),
  'List<Dom.XmlNode> getChildren()': (node: XmlNode) => nodeList(node.children),
  'String getName()': (node: XmlNode) => (node instanceof XmlElementNode ? node.name : null),
  'String getNamespace()': (node: XmlNode) => (node instanceof XmlElementNode ? node.namespace : null),
  'String getNamespaceFor(String)': (node: XmlNode, prefix: Text) => element(node).namespaceFor(prefix ?? ''),
  'Dom.XmlNodeType getNodeType()': (node: XmlNode) =>
    enumValueOf(current.universe.platform('Dom.XmlNodeType'), node.type),
  'Dom.XmlNode getParent()': (node: XmlNode) => node.parent,
  'String getPrefixFor(String)': (node: XmlNode, namespace: Text) => element(node).prefixFor(required(namespace)),
  'String getText()': (node: XmlNode) => node.text,
  'Dom.XmlNode insertBefore(Dom.XmlNode, Dom.XmlNode)': insertBefore,
  'Boolean removeAttribute(String, String)': removeAttribute,
  'Boolean removeChild(Dom.XmlNode)': (node: XmlNode, child: XmlNode | null) => element(node).remove(required(child)),
  'void setAttribute(String, String)': (node: XmlNode, name: Text, value: Text) => setAttribute(node, name, value),
  'void setAttributeNs(String, String, String, String)': setAttribute,
  'void setNamespace(String, String)': (node: XmlNode, prefix: Text, namespace: Text) =>
    void element(node).namespaces.set(prefix ?? '', required(namespace)),
});
