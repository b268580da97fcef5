import type { Schema } from '../schema/descriptor.ts';
import { Universe } from '../types/universe.ts';
import type { AnonymousBlock, ClassDecl, Identifier, Member, TriggerDecl } from './ast.ts';
import type { BClass, BStatement, BTrigger } from './bound.ts';
import { checkClass, checkTrigger } from './check/classes.ts';
import { BodyContext } from './check/context.ts';
import type { CheckOptions } from './check/context.ts';
import { checkDeclarations } from './check/declarations.ts';
import { checkStatements } from './check/statements.ts';
import { checkTriggerDeclaration } from './check/triggers.ts';
import { UserDef } from './declare/userDef.ts';
import type { ParsedSource } from './parse/parse-all.ts';
import { Problems } from './problems.ts';

/** A class of the project, ready to be checked. */
export interface DeclaredClass {
  readonly kind: 'class';
  readonly parsed: ParsedSource;
  readonly def: UserDef;
}

/** A trigger of the project; `holder` declares the methods and fields in its body. */
export interface DeclaredTrigger {
  readonly kind: 'trigger';
  readonly parsed: ParsedSource;
  readonly decl: TriggerDecl;
  readonly holder: UserDef;
}

export type Declared = DeclaredClass | DeclaredTrigger;

/** The declarations of all sources of a project, in their order. */
export interface Declarations {
  readonly universe: Universe;
  readonly problems: Problems;
  readonly units: readonly Declared[];
}

/**
 * Makes the types of a project known. Resolves nothing yet, so that order does not matter.
 *
 * @param namespace of the project; empty for none
 */
export function declare(schema: Schema, sources: readonly ParsedSource[], namespace = ''): Declarations {
  const universe = new Universe(schema, namespace);
  const problems = new Problems();
  const units: Declared[] = [];
  for (const parsed of sources) {
    problems.list.push(...parsed.problems);
    const { source, unit } = parsed;
    if (!unit) continue;
    const scope = { universe, problems, file: source.file, apiVersion: source.apiVersion };
    if (unit.type) {
      const def = new UserDef(scope, unit.type, null);
      if (universe.user(def.name)) {
        problems.add(source.file, unit.type.name.at, `Type name already in use: ${def.name}. Another file has it too.`);
        continue;
      }
      universe.addUser(def);
      units.push({ kind: 'class', parsed, def });
    } else if (unit.trigger) {
      const decl = unit.trigger;
      units.push({ kind: 'trigger', parsed, decl, holder: new UserDef(scope, holderOf(decl), null) });
    }
  }
  return { universe, problems, units };
}

/** Checks the declarations of one unit; the types that they mention are resolved on the way. */
export function checkUnitDeclarations(unit: Declared): void {
  if (unit.kind === 'class') {
    const { def, parsed } = unit;
    if (def.visibility !== 'public' && def.visibility !== 'global' && !def.isTest) {
      def.scope.problems.add(def.file, def.decl.name.at, 'Top-level type must have public or global visibility');
    }
    checkFileName(unit, def.decl.name, parsed.source.name);
    checkDeclarations(def);
  } else {
    checkFileName(unit, unit.decl.name, unit.parsed.source.name);
    checkTriggerDeclaration(unit.decl, unit.holder);
    checkDeclarations(unit.holder);
  }
}

/** The metadata API finds a class or trigger by the name of its file. */
function checkFileName(unit: Declared, { name, at }: Identifier, file: string): void {
  if (name.toLowerCase() === file.toLowerCase()) return;
  const { problems } = unit.kind === 'class' ? unit.def.scope : unit.holder.scope;
  problems.add(
    unit.parsed.source.file,
    at,
    `${name} is not what its file is called: rename it to ${file}, or the file`,
  );
}

/** Checks the bodies of one unit. null where it is a trigger on an object that does not exist. */
export function checkUnit(unit: Declared, options: CheckOptions): BClass | BTrigger | null {
  if (unit.kind === 'class') return checkClass(unit.def, options);
  const { universe, problems, file } = unit.holder.scope;
  const object = universe.schema.object(unit.decl.object.name);
  if (!object) {
    problems.add(file, unit.decl.object.at, `Invalid type: ${unit.decl.object.name}. The org has no such object.`);
    return null;
  }
  if (!object.triggerable) {
    problems.add(file, unit.decl.object.at, `SObject type does not allow triggers: ${object.name}`);
    return null;
  }
  return checkTrigger(unit.decl, unit.holder, object, options);
}

/** Checks an anonymous block against a project. Its variables and methods are seen nowhere else. */
export function checkAnonymous(
  block: AnonymousBlock,
  declarations: Pick<Declarations, 'universe'>,
  options: CheckOptions,
  apiVersion: number,
): { holder: BClass; body: BStatement; problems: Problems } {
  const problems = new Problems();
  const file = 'AnonymousBlock.apex';
  const scope = { universe: declarations.universe, problems, file, apiVersion };
  const holder = new UserDef(scope, holderDecl('AnonymousBlock', block.members, block.body.at, block.body.end), null);
  checkDeclarations(holder);
  const bound = checkClass(holder, options);
  const cx = new BodyContext(
    { universe: declarations.universe, problems, options, file, def: holder },
    { isStatic: true, returns: declarations.universe.null },
  );
  const body: BStatement = { k: 'block', statements: checkStatements(cx, block.body.statements), at: block.body.at };
  return { holder: bound, body, problems };
}

function holderOf(decl: TriggerDecl): ClassDecl {
  // No class can have this name, though one may have the trigger's.
  return holderDecl(`${decl.name.name} trigger`, decl.members, decl.at, decl.end);
}

/** What stands beside the statements of a trigger or anonymous block becomes the statics of a class of its own. */
function holderDecl(name: string, members: readonly Member[], at: number, end: number): ClassDecl {
  return {
    kind: 'class',
    name: { name, at },
    modifiers: { keywords: ['public'], annotations: [] },
    extends: null,
    implements: [],
    members: members.map(asStatic),
    at,
    end,
  };
}

function asStatic(member: Member): Member {
  if (member.kind !== 'method' && member.kind !== 'field' && member.kind !== 'property') return member;
  const { modifiers } = member;
  if (modifiers.keywords.includes('static')) return member;
  return { ...member, modifiers: { ...modifiers, keywords: [...modifiers.keywords, 'static'] } };
}
