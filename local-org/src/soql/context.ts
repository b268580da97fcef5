import type { ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { Zone } from '../values/zone.ts';

/** What one execution of a query depends on. */
export interface QueryContext {
  readonly schema: Schema;
  readonly store: Store;
  /** Value of a bind in boxed form. @throws ApexException where a dynamic query names an unknown variable. */
  readonly bind: (name: string) => unknown;
  /** Whether a row may be read; null where all may. */
  readonly visible: (object: ObjectDescriptor) => ((row: Row) => boolean) | null;
  /** Zone of date literals and of `convertTimezone`. */
  readonly zone: Zone;
  /** Milliseconds since 1970. */
  readonly now: number;
}
