import type { ApexIterator } from '../../values/iterator.ts';
import { platformClass } from '../define.ts';

/** What `iterator()` of a collection gives; iterators of the project's own are called on their class. */
export const IteratorClass = platformClass('System.Iterator', {
  'Boolean hasNext()': (iterator: ApexIterator) => iterator.hasNext(),
  'T next()': (iterator: ApexIterator) => iterator.next(),
});
