import type { TriggerInvoker } from '../engine/data.ts';
import type { Schema } from '../schema/descriptor.ts';
import type { OrgMetadata } from '../schema/orgMetadata.ts';
import type { AccessControl } from '../security/accessControl.ts';
import type { Store } from '../store/store.ts';
import type { MixedDml } from './mixedDml.ts';

/** What DML works with, the same for every statement. Whose transaction it is stands in `current`. */
export interface DmlContext {
  readonly schema: Schema;
  readonly store: Store;
  readonly triggers: TriggerInvoker;
  readonly access: AccessControl;
  readonly mixed: MixedDml;
  readonly settings: DmlSettings;
}

/** What the project's metadata says about saving, besides its objects. */
export type DmlSettings = Pick<OrgMetadata, 'assignmentRules' | 'leadMappings' | 'leadConversionRequiresValidation'>;
