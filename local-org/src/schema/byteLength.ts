import type { FieldDescriptor } from './descriptor.ts';

/** Ids have one byte a character. Source: octoberswimmer/aer-dist, issue 433 */
export function byteLength({ type, length }: FieldDescriptor): number {
  return type === 'id' || type === 'reference' ? length : length * 3;
}
