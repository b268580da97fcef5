import type { TriggerDecl } from '../ast.ts';
import type { UserDef } from '../declare/userDef.ts';
import { nameFault } from './identifiers.ts';

/**
 * Checks the head of a trigger: its name, and when it fires. Whether its object exists is asked by whoever has the
 * schema.
 */
export function checkTriggerDeclaration(decl: TriggerDecl, holder: UserDef): void {
  const { problems, file } = holder.scope;
  const fault = nameFault(decl.name, 'type');
  if (fault !== null) problems.add(file, decl.name.at, fault);
  const { events } = decl;
  const twice = events.find((event, i) => events.indexOf(event) < i);
  if (twice !== undefined) problems.add(file, decl.object.at, `Duplicate Trigger Usage: ${twice}`);
  // Apex Developer Guide, Trigger Syntax, has no such event. unverified: the text
  if ((events as readonly string[]).includes('before undelete')) {
    problems.add(file, decl.object.at, 'Invalid trigger event: before undelete');
  }
  // Platform events and change events are published, never saved.
  const isEvent = /__e$|ChangeEvent$/i.test(decl.object.name);
  if (isEvent && events.some((event) => event !== 'after insert')) {
    problems.add(file, decl.object.at, `Platform Event SObjects only supports after insert: ${decl.object.name}`);
  }
}
