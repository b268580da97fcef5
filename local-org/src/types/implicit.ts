import type { FoundMethod } from './members.ts';
import type { MethodSymbol, Type } from './type.ts';
import type { Universe } from './universe.ts';

/**
 * Methods that no declaration mentions: those of every Object, and those of every enum. Their keys begin with `object:`
 * and `enum:`.
 */
export function implicitMethods(universe: Universe, type: Type, name: string): FoundMethod[] {
  const { String, Integer, Boolean } = universe;
  const at = (text: string, isStatic: boolean, params: readonly Type[], returns: Type): FoundMethod => ({
    symbol: symbolOf(universe, type, text, isStatic, params, returns),
    params,
    returns,
  });
  if (type.def.kind === 'enum') {
    switch (name.toLowerCase()) {
      case 'name':
        return [at('enum:name', false, [], String)];
      case 'ordinal':
        return [at('enum:ordinal', false, [], Integer)];
      case 'values':
        return [at('enum:values', true, [], universe.listOf(type))];
      case 'valueof':
        return [at('enum:valueOf', true, [String], type)];
    }
  }
  switch (name.toLowerCase()) {
    case 'equals':
      return [at('object:equals', false, [universe.Object], Boolean)];
    case 'hashcode':
      return [at('object:hashCode', false, [], Integer)];
    case 'tostring':
      return [at('object:toString', false, [], String)];
    case 'clone':
      return type.def.origin === 'user' && type.def.kind === 'class' ? [at('object:clone', false, [], type)] : [];
    default:
      return [];
  }
}

/** The constructors that every user exception has unless it declares the same: none, message, cause, both. */
export function implicitExceptionConstructors(universe: Universe, type: Type): FoundMethod[] {
  const { String, Exception } = universe;
  return [[], [String], [Exception], [String, Exception]].map((params) => ({
    symbol: symbolOf(universe, type, `exception:${params.map((p) => p.name).join(',')}`, false, params, universe.void),
    params,
    returns: universe.void,
  }));
}

function symbolOf(
  universe: Universe,
  owner: Type,
  js: string,
  isStatic: boolean,
  params: readonly Type[],
  returns: Type,
): MethodSymbol {
  return {
    name: js.slice(js.indexOf(':') + 1),
    owner: owner.def,
    params: params.map((type, index) => ({ name: `arg${index}`, type })),
    returns,
    static: isStatic,
    abstract: false,
    virtual: false,
    override: false,
    visibility: 'global',
    testVisible: false,
    js,
    annotations: [],
  };
}
