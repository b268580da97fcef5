import { ApexList } from '../../values/list.ts';
import { ApexMap } from '../../values/map.ts';
import { FieldToken, ObjectToken } from '../../values/schemaTokens.ts';
import { toText } from '../../values/text.ts';
import { platformClassOf } from '../define.ts';

const GETTER = /^(\S+) ((?:get|is)\w+)\(\)$/;

/**
 * The text of a description: `Schema.DescribeFieldResult[getByteLength=765;…;isUpdateable=true;]`, its methods in the order of their
 * names. That it tells fields apart rests on SalesforceFoundation/PMM, whose mocks compare the texts of their arguments; unverified:
 * that collections and other descriptions are left out.
 */
export function describedText(name: string, description: object): string {
  const parts: string[] = [];
  for (const [signature, member] of platformClassOf(name)?.members ?? []) {
    const getter = GETTER.exec(signature)?.[2];
    if (getter === undefined) continue;
    const value = (member as (of: object) => unknown)(description);
    if (value instanceof ApexList || value instanceof ApexMap || isDescription(value)) continue;
    parts.push(`${getter}=${toText(value)};`);
  }
  return `${name}[${parts.sort().join('')}]`;
}

function isDescription(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof FieldToken || value instanceof ObjectToken) return false;
  return (value.constructor as { readonly apexName?: string }).apexName?.startsWith('Schema.') ?? false;
}
