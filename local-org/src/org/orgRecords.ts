import type { LoadedProject } from '../schema/loadSchema.ts';
import type { TriggerInvoker } from '../engine/data.ts';
import { rights } from '../platform/Schema/access.ts';
import { current } from '../engine/current.ts';
import { Org } from './org.ts';
import type { SeedOptions } from './seed.ts';

/** What an org needs of a compiled project. */
export interface DeployedProject extends Pick<LoadedProject, 'schema' | 'metadata'> {
  readonly program: { readonly triggers: TriggerInvoker; readonly classes: readonly { readonly name: string }[] };
}

/** An org with a project deployed to it, its triggers connected. */
export function createOrgRecords(project: DeployedProject, options: SeedOptions = {}): Org {
  const org = Org.create(project, options);
  org.connect(project.program.triggers);
  org.registerCode(project.program.classes.map(({ name }) => name));
  answerRights(org);
  return org;
}

/** Describes ask the org that was set up last in this thread what the running user may do. */
function answerRights(org: Org): void {
  rights.object = (object) => org.access.rightsOf(current.tx.user.id).object(object);
  rights.field = (object, field) => org.access.rightsOf(current.tx.user.id).field(object, field);
}
