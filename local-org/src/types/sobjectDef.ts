import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import { emptyDef } from './parameter.ts';
import type { FieldSymbol, MethodSymbol, Type, TypeDef } from './type.ts';
import type { Universe } from './universe.ts';

/** The Apex type of one object of the schema. Its fields are not FieldSymbols: the checker reads the descriptor. */
export class SObjectDef implements TypeDef {
  readonly name: string;
  readonly namespace = '';
  readonly kind = 'sobject' as const;
  readonly origin = 'sobject' as const;
  readonly outer = null;
  readonly generic: readonly string[] = emptyDef.generic;
  readonly abstract = false;
  readonly virtual = false;
  readonly visibility = 'global' as const;
  readonly testVisible = false;
  readonly isTest = false;
  readonly interfaces: readonly Type[] = [];
  readonly fields: ReadonlyMap<string, FieldSymbol> = emptyDef.fields;
  readonly methods: ReadonlyMap<string, readonly MethodSymbol[]> = emptyDef.methods;
  readonly constructors: readonly MethodSymbol[] = [];
  readonly inner: ReadonlyMap<string, TypeDef> = emptyDef.inner;
  readonly enumValues: readonly string[] = [];
  readonly sharing = null;
  readonly apiVersion = 67;
  readonly file = null;
  readonly sobject: ObjectDescriptor;
  readonly #universe: Universe;

  constructor(universe: Universe, descriptor: ObjectDescriptor) {
    this.#universe = universe;
    this.sobject = descriptor;
    this.name = descriptor.name;
  }

  get superclass(): Type {
    return this.#universe.SObject;
  }
}

/** The Apex type of a field's value. */
export function fieldType(universe: Universe, field: FieldDescriptor): Type {
  return field.apexType === 'List<String>' ? universe.listOf(universe.String) : universe.system(field.apexType);
}

/** The Apex type of `record.Relationship`: the object looked up to, or SObject where there are several (`Owner` is Name). */
export function parentType(universe: Universe, field: FieldDescriptor): Type {
  const only = field.referenceTo.length === 1 ? universe.sobject(field.referenceTo[0] ?? '') : null;
  return only ?? universe.sobject('Name') ?? universe.SObject;
}
