import type { Implementation } from '../define.ts';

/**
 * Members of a describe result, each of which is both a method and a property: `String Label` gives `String getLabel()`
 * and the property, `Boolean Custom` gives `Boolean isCustom()`.
 */
export function describeMembers<T>(
  members: Readonly<Record<string, (of: T) => unknown>>,
): Record<string, Implementation> {
  const built: Record<string, Implementation> = {};
  for (const [text, impl] of Object.entries(members)) {
    const space = text.lastIndexOf(' ');
    const [type, name] = [text.slice(0, space), text.slice(space + 1)];
    const prefix = type === 'Boolean' ? 'is' : 'get';
    built[`${type} ${prefix}${name}()`] = impl as Implementation;
    built[`get ${text}`] = impl as Implementation;
  }
  return built;
}
