import type { TypeDef } from '../../types/type.ts';
import { mangleName } from '../../types/mangle.ts';
import type { CompiledUnit } from '../compile.ts';

/**
 * Tells the place of a frame of generated code as Apex names it: `Class.Outer.method`, `Trigger.Name`, `AnonymousBlock`.
 * null for frames that the program does not have, such as the JavaScript constructor of a class.
 */
export function placeOf(units: readonly CompiledUnit[]): (functionName: string, file: string) => string | null {
  const defs = new Map<string, TypeDef>();
  const add = (def: TypeDef): void => {
    defs.set(`c_${mangleName(def.name)}`, def);
    for (const inner of def.inner.values()) add(inner);
  };
  const triggers = new Map<string, string>();
  for (const { declared, file } of units) {
    if (declared.kind === 'class') add(declared.def);
    else {
      add(declared.holder);
      triggers.set(file, declared.decl.name.name);
    }
  }
  return (functionName, file) => {
    if (functionName.startsWith('new ')) return null;
    const match = /(c_[a-z0-9_]+)\.(.+)$/.exec(functionName.replace(/^Function\./, ''));
    const [, className = '', js = ''] = match ?? [];
    const def = defs.get(className);
    if (!def)
      return triggers.has(file)
        ? `Trigger.${triggers.get(file) ?? ''}`
        : file.endsWith('.apex')
          ? 'AnonymousBlock'
          : null;
    return `Class.${def.name}${memberName(def, js)}`;
  };
}

function memberName(def: TypeDef, js: string): string {
  if (js.startsWith('ctor$') || js.startsWith('$init$') || js.startsWith('$part')) return '.<init>';
  if (js.startsWith('$static') || js.startsWith('$initStatics')) return '.<clinit>';
  const accessor = /^(?:get|set)\$(.+)$/.exec(js);
  if (accessor) {
    const field = [...def.fields.values()].find((symbol) => symbol.js === accessor[1]);
    return `.${field?.name ?? accessor[1]}`;
  }
  const key = js.slice(0, js.indexOf('$'));
  return `.${def.methods.get(key)?.find((symbol) => symbol.js === js)?.name ?? key}`;
}
