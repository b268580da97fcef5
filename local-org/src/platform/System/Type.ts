import { current } from '../../engine/current.ts';
import { isSubtype } from '../../types/assignable.ts';
import type { Type } from '../../types/type.ts';
import { ApexType } from '../../values/apexType.ts';
import { hashOf } from '../../values/equality.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { hooks } from '../../values/invoke.ts';
import { ApexList } from '../../values/list.ts';
import { ApexMap } from '../../values/map.ts';
import { ObjectToken } from '../../values/schemaTokens.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { ApexSet } from '../../values/set.ts';
import { normaliseSignature, platformClass, platformClassOf } from '../define.ts';

/** Collections without their elements are those of Object. */
const RAW: Readonly<Record<string, string>> = { list: 'List<Object>', set: 'Set<Object>', map: 'Map<Object, Object>' };

/** Of a class within a class, by the outer one in place of a namespace: null since version 60. Source: Apex Reference, Type.forName. */
function inNamespace(namespace: string | null, name: string): ApexType | null {
  const found = forName(namespace, name);
  const { def } = found?.type ?? {};
  const isOuter = def?.origin === 'user' && def.name.toLowerCase() === `${namespace}.${name}`.toLowerCase();
  return isOuter ? null : found;
}

function forName(namespace: string | null, name: string): ApexType | null {
  const { universe } = current;
  // An object comes before a class of its name. Source: NebulaLogger's tests beside its name-shadowing classes.
  const type = namespace
    ? universe.lookup(`${namespace}.${name}`)
    : (universe.sobject(name.trim()) ?? universe.lookup(RAW[name.trim().toLowerCase()] ?? name));
  return type && ApexType.of(type);
}

/** `new T()`. @throws System.TypeException where the type has no constructor without parameters */
function newInstance(type: Type): unknown {
  if (type.def.sobject) return new SObjectValue(type.def.sobject);
  if (type.def.origin === 'user') return hooks.construct(type);
  switch (type.def.name) {
    case 'List':
      return new ApexList(type);
    case 'Set':
      return new ApexSet(type);
    case 'Map':
      return new ApexMap(type);
  }
  const qualified = type.def.name.startsWith(`${type.def.namespace}.`)
    ? type.def.name
    : `${type.def.namespace}.${type.def.name}`;
  if (!type.def.constructors.some((found) => found.params.length === 0)) {
    // unverified: the message.
    raise('System.TypeException', `Type has no public no-arg constructor: ${type.name}`);
  }
  const construct = platformClassOf(qualified)?.members.get(normaliseSignature('new ()')) as
    (() => unknown) | undefined;
  return construct ? construct() : unsupported(`new ${qualified}()`);
}

const FLOW = 'Flow.Interview';

/**
 * A flow that is not there compiles, and its class is named like that of all flows. Source:
 * mitchspano/trigger-actions-framework, TriggerActionFlowTest; the reference does not say it.
 */
function nameOf(of: ApexType): string {
  const { type } = of;
  const { name, def } = type;
  if (def.origin === 'platform' && isSubtype(current.universe, type, current.universe.Exception)) {
    // An exception's name has its namespace, as Exception.getTypeName has. Source: NebulaLogger, CallableLogger_Tests.
    return name.includes('.') ? name : `${def.namespace}.${name}`;
  }
  const flow = name.startsWith(`${FLOW}.`) ? name.slice(FLOW.length + 1) : null;
  return flow === null || current.tx.services.hasFlow(flow) ? of.toString() : FLOW;
}

export const TypeClass = platformClass(
  'System.Type',
  {
    'get Schema.SObjectType SObjectType': (type: ApexType) =>
      type.type.def.sobject && ObjectToken.of(type.type.def.sobject),
    'set Schema.SObjectType SObjectType': () =>
      raise('System.UnsupportedOperationException', 'Type.SObjectType is read-only'),
    'Boolean equals(Object)': (type: ApexType, other: unknown) => type === other,
    'String getName()': (type: ApexType) => nameOf(type),
    'Integer hashCode()': (type: ApexType) => hashOf(type.type.name),
    'Boolean isAssignableFrom(Type)': (type: ApexType, other: ApexType | null) =>
      isSubtype(current.universe, required(other).type, type.type),
    'Object newInstance()': (type: ApexType) => newInstance(type.type),
    'String toString()': (type: ApexType) => type.toString(),
    'static Type forName(String)': (name: string | null) => forName(null, required(name)),
    'static Type forName(String, String)': (namespace: string | null, name: string | null) =>
      inNamespace(namespace, required(name)),
  },
  {
    before: {
      60: {
        'static Type forName(String, String)': (namespace: string | null, name: string | null) =>
          forName(namespace, required(name)),
      },
    },
  },
);
