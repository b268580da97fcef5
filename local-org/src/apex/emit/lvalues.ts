import type { Type } from '../../types/type.ts';
import { isFixedMaster } from '../../values/sobject.ts';
import type { BAssign, BCompound, BExpr, LValue } from '../bound.ts';
import type { BodyEmitter } from './body.ts';
import { emit, staticHolder } from './expressions.ts';
import { quote } from './links.ts';
import { neverNull, nonNull } from './operators.ts';

/** `target = value`; gives the value. */
export function emitAssign(body: BodyEmitter, node: BAssign): string {
  const { target } = node;
  switch (target.k) {
    case 'local':
      return `(${target.local.js}=${emit(body, node.value)})`;
    case 'field': {
      const holder = target.target ? nonNull(body, target.target) : staticHolder(body, target.symbol.owner);
      return `(${holder}.${target.symbol.js}=${emit(body, node.value)})`;
    }
    default: {
      const place = placeOf(body, target);
      const value = body.temp();
      return `(${place.prepare}${value}=${emit(body, node.value)},${place.write(value)},${value})`;
    }
  }
}

/** `target op= value`, `target++`: the target's parts are evaluated once. */
export function emitCompound(body: BodyEmitter, node: BCompound, discard = false): string {
  const { target } = node;
  const local = target.k === 'local' ? target.local : null;
  if (local && (discard || node.gives === 'new')) {
    return `(${local.js}=${inTermsOf(body, node, local.js)})`;
  }
  if (local) {
    const before = body.temp();
    return `(${before}=${local.js},${local.js}=${inTermsOf(body, node, before)},${before})`;
  }
  const place = placeOf(body, target);
  const before = body.temp();
  const after = body.temp();
  const read = keepsBoxed(target) ? raw(body, target.type, place.read) : place.read;
  const gives = node.gives === 'old' ? before : after;
  return `(${place.prepare}${before}=${read},${after}=${inTermsOf(body, node, before)},${place.write(after)},${gives})`;
}

/** The new value, the old one being in a JavaScript variable. */
function inTermsOf(body: BodyEmitter, node: BCompound, before: string): string {
  node.old.js = before;
  return emit(body, node.result);
}

function keepsBoxed(target: LValue): boolean {
  return target.k === 'record-field' || target.k === 'index' || target.k === 'platform-property';
}

/** A number or a Datetime as operators work on it. */
function raw(body: BodyEmitter, type: Type, read: string): string {
  if (type === body.universe.Double) return `ub(${read})`;
  if (type === body.universe.Decimal) return `rdec(${read})`;
  if (type === body.universe.Datetime) return `rdt(${read})`;
  return type === body.universe.Long ? `ul(${read})` : read;
}

/** A place in memory whose parts are in temporaries. */
interface Place {
  /** Fills the temporaries; ends with a comma. */
  readonly prepare: string;
  readonly read: string;
  write(value: string): string;
}

function placeOf(body: BodyEmitter, target: LValue): Place {
  switch (target.k) {
    case 'local':
      return { prepare: '', read: target.local.js, write: (value) => `${target.local.js}=${value}` };
    case 'field': {
      const { holder, prepare } = holderOf(body, target.target, () => staticHolder(body, target.symbol.owner));
      const name = `${holder}.${target.symbol.js}`;
      return { prepare, read: name, write: (value) => `${name}=${value}` };
    }
    case 'property': {
      body.calls = true;
      const { holder, prepare } = holderOf(body, target.target, () => body.links.class(target.symbol.owner));
      const name = target.symbol.js;
      // Without a setter what the property keeps is stored: only static ones of old classes get here.
      const kept = target.symbol.property?.set ? null : `${staticHolder(body, target.symbol.owner)}.${name}`;
      const write = (value: string): string => (kept ? `${kept}=${value}` : `${holder}.set$${name}(${value})`);
      return { prepare, read: `${holder}.get$${name}()`, write };
    }
    case 'platform-property': {
      const getter = (): string => body.links.property(target.symbol, 'get');
      const setter = body.links.property(target.symbol, 'set');
      if (!target.target) return { prepare: '', read: `${getter()}()`, write: (value) => `${setter}(${value})` };
      const { holder, prepare } = holderOf(body, target.target, () => '');
      return { prepare, read: `${getter()}(${holder})`, write: (value) => `${setter}(${holder},${value})` };
    }
    case 'record-field': {
      const { holder, prepare } = holderOf(body, target.target, () => '');
      const name = quote(target.field.name);
      const put = isFixedMaster(target.field) ? 'putFixed' : 'put';
      return { prepare, read: `${holder}.get(${name})`, write: (value) => `${holder}.${put}(${name},${value})` };
    }
    case 'record-parent': {
      const { holder, prepare } = holderOf(body, target.target, () => '');
      const name = quote(target.field.relationshipName ?? '');
      return { prepare, read: `${holder}.parent(${name})`, write: (value) => `${holder}.putParent(${name},${value})` };
    }
    case 'index': {
      const { holder, prepare } = holderOf(body, target.target, () => '');
      const index = body.temp();
      return {
        prepare: `${prepare}${index}=${emit(body, target.index)},`,
        read: `${holder}.get(${index})`,
        write: (value) => `${holder}.${setterOf(body, target.type)}(${index},${value})`,
      };
    }
  }
}

/** Lists of these are never ones of other elements, so that no element needs a check. */
function setterOf({ universe }: BodyEmitter, element: Type): string {
  const { Integer, Boolean, Date, Time } = universe;
  return [Integer, Boolean, Date, Time].includes(element) ? 'set' : 'setChecked';
}

function holderOf(
  body: BodyEmitter,
  target: BExpr | null,
  ofStatic: () => string,
): { holder: string; prepare: string } {
  if (!target) return { holder: ofStatic(), prepare: '' };
  if (target.k === 'this') return { holder: 'this', prepare: '' };
  const holder = body.temp();
  const text = emit(body, target);
  return { holder, prepare: `${holder}=${neverNull(target) ? text : `nn(${text})`},` };
}
