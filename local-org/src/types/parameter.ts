import type { MethodSymbol, Type, TypeDef } from './type.ts';

const none = new Map<string, never>();

/** What every kind of definition has when it has nothing of its own. */
export const emptyDef = {
  namespace: '',
  outer: null,
  generic: [] as readonly string[],
  abstract: false,
  virtual: false,
  visibility: 'global',
  testVisible: false,
  isTest: false,
  superclass: null,
  interfaces: [] as readonly Type[],
  fields: none,
  methods: none as ReadonlyMap<string, readonly MethodSymbol[]>,
  constructors: [] as readonly MethodSymbol[],
  inner: none,
  enumValues: [] as readonly string[],
  sobject: null,
  sharing: null,
  apiVersion: 67,
  file: null,
} as const;

/** A definition without members: a type parameter, void, the type of null. */
export function plainDef(name: string, kind: TypeDef['kind']): TypeDef {
  return { ...emptyDef, name, kind, origin: 'platform' };
}
