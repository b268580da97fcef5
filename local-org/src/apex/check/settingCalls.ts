import type { Type } from '../../types/type.ts';
import type { Position } from '../ast.ts';
import type { BExpr } from '../bound.ts';
import { argTypes } from './callText.ts';
import type { BodyContext } from './context.ts';
import { convert } from './convert.ts';

/** Custom settings and custom metadata types have static methods of their own. */
export function settingCall(cx: BodyContext, type: Type, name: string, args: BExpr[], at: Position): BExpr | null {
  const object = type.def.sobject;
  if (!object || (!object.customSetting && !object.metadataType)) return null;
  const { universe } = cx;
  const key = name.toLowerCase();
  const results: Record<string, { type: Type; min: number; max: number }> =
    object.customSetting === 'Hierarchy'
      ? {
          getorgdefaults: { type, min: 0, max: 0 },
          getinstance: { type, min: 0, max: 1 },
          getvalues: { type, min: 1, max: 1 },
        }
      : {
          getall: { type: universe.mapOf(universe.String, type), min: 0, max: 0 },
          getinstance: { type, min: 1, max: 1 },
          getvalues: { type, min: 1, max: 1 },
        };
  const found = results[key];
  if (!found || args.length < found.min || args.length > found.max) return null;
  return {
    k: 'setting-call',
    object,
    method: key,
    args: args.map((arg) => convert(cx, arg, universe.String)),
    type: found.type,
    at,
  };
}

/** `Schema.SObjectType.Account.fields.getMap()` */
export function describeCall(
  cx: BodyContext,
  object: string,
  of: string,
  name: string,
  args: BExpr[],
  at: Position,
): BExpr {
  const { universe } = cx;
  const descriptor = universe.schema.object(object);
  if (name.toLowerCase() === 'getmap' && args.length === 0 && descriptor) {
    const element = universe.platform(of === 'fields' ? 'Schema.SObjectField' : 'Schema.FieldSet');
    const type = universe.mapOf(universe.String, element);
    const describe: BExpr = {
      k: 'describe',
      object: descriptor,
      field: null,
      fieldSet: null,
      type: universe.system('DescribeSObjectResult'),
      at,
    };
    return {
      k: 'implicit-call',
      target: describe,
      key: `describe:${of}`,
      owner: describe.type,
      args: [],
      superCall: false,
      safe: false,
      type,
      at,
    };
  }
  return cx.fail(
    at,
    `Method does not exist or incorrect signature: void ${name}(${argTypes(args)}) from the ${of} of ${object}.`,
  );
}
