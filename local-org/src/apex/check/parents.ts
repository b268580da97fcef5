import { isSubtype } from '../../types/assignable.ts';
import type { Type } from '../../types/type.ts';
import type { TypeRef } from '../ast.ts';
import { resolveType } from '../declare/resolve.ts';
import { lacksSuperclass } from '../declare/missingParents.ts';
import type { UserDef } from '../declare/userDef.ts';

/** Interfaces that Salesforce lets top-level classes implement only. */
const TOP_LEVEL_ONLY = new Set(['Database.Batchable', 'Messaging.InboundEmailHandler']);
const SYSTEM_CONSTRUCTORS = ['', 'String', 'Exception', 'String, Exception'];

/** Reports what is wrong with the types that a class or interface extends and implements. */
export function checkParents(def: UserDef): void {
  const { decl, superclass } = def;
  if (decl.kind === 'enum') return;
  const { universe, problems } = def.scope;
  const report = (ref: TypeRef, message: string): void => problems.add(def.file, ref.at, message);
  if (decl.kind === 'class' && decl.extends) {
    if (decl.extends.dims > 0)
      report(decl.extends, `A type is not allowed to extend or implement an array ref: ${superclass?.name ?? ''}`);
    else if (superclass) checkSuperclass(def, superclass, (message) => report(decl.extends as TypeRef, message));
  }
  const seen: Type[] = [];
  for (const ref of decl.kind === 'class' ? decl.implements : decl.extends) {
    const parent = resolveType(def.scope, ref);
    if (parent === universe.unknown) continue;
    if (parent.def.kind !== 'interface') {
      const mend = decl.kind === 'class' && parent.def.kind === 'class' ? ' Use extends.' : '';
      report(ref, `Invalid interface: ${parent.name}. It is ${article(parent.def.kind)}.${mend}`);
    } else if (seen.includes(parent)) report(ref, `Interface already implemented: ${parent.name}`);
    else if (parent.args.length > 0 && seen.some((other) => other.def === parent.def)) {
      report(ref, `Generic Interface already implemented: ${parent.name}`);
    } else if (def.outer && decl.kind === 'class' && TOP_LEVEL_ONLY.has(parent.def.name)) {
      report(ref, `Only top-level classes can implement ${parent.name}`);
    }
    seen.push(parent);
  }
  if (def.kind === 'class') checkException(def);
}

function checkSuperclass(def: UserDef, superclass: Type, report: (message: string) => void): void {
  const parent = superclass.def;
  if (parent.kind !== 'class') {
    const mend = parent.kind === 'interface' ? ' Use implements.' : '';
    report(`Invalid class: ${superclass.name}. It is ${article(parent.kind)}.${mend}`);
  } else if (
    superclass === def.scope.universe.Object ||
    (!parent.virtual && !parent.abstract && !isException(def, superclass))
  ) {
    const mend = parent.origin === 'user' ? ' Declare it virtual or abstract.' : '';
    report(`Non-virtual and non-abstract type cannot be extended: ${superclass.name}.${mend}`);
  }
}

/** What is or is called an exception. */
function checkException(def: UserDef): void {
  const { universe, problems } = def.scope;
  const { name, modifiers } = def.decl;
  const extendsException = isSubtype(universe, universe.of(def), universe.Exception);
  const isCalledSo = /exception$/i.test(name.name);
  if (extendsException && !isCalledSo) {
    problems.add(def.file, name.at, `Classes extending Exception must have a name ending in 'Exception': ${name.name}`);
  }
  if (!extendsException && isCalledSo && !lacksSuperclass(def)) {
    problems.add(def.file, name.at, `Exception class must extend another Exception class: ${name.name}`);
  }
  if (!extendsException) return;
  if (modifiers.annotations.some((annotation) => annotation.name.toLowerCase() === 'istest')) {
    problems.add(def.file, name.at, 'Only top-level non-exception class types can be marked as tests');
  }
  for (const { decl, params } of def.constructors) {
    const types = params.map((param) => param.type.name).join(', ');
    if (decl && SYSTEM_CONSTRUCTORS.includes(types)) {
      problems.add(
        def.file,
        decl.at,
        `System exception constructor already defined: <Constructor>(${types}). Remove it: every exception has it.`,
      );
    }
  }
}

function isException(def: UserDef, type: Type): boolean {
  return type === def.scope.universe.Exception;
}

function article(kind: string): string {
  if (kind === 'sobject') return 'an SObject';
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}
