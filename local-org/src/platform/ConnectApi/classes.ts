import { current } from '../../engine/current.ts';
import { loadNamespace, parseProperty, typeText } from '../../signatures/load.ts';
import type { PlatformType } from '../../signatures/load.ts';
import { raise, unsupported } from '../../values/exception.ts';
import { classesOnDemand, normaliseSignature } from '../define.ts';
import type { Implementation, PlatformClass } from '../define.ts';
import { properties, PropertyBag } from '../properties.ts';

/**
 * Connect in Apex: its inputs and outputs hold what is put into them; its methods reach features that local-org has not.
 * In tests that do not see the org's data they end as on Salesforce (Apex Developer Guide, "Testing ConnectApi Code").
 */
classesOnDemand('ConnectApi', (qualifiedName) => {
  const type = loadNamespace('ConnectApi')?.get(qualifiedName);
  return type ? classOf(type) : null;
});

function classOf(type: PlatformType): PlatformClass {
  const { name } = type;
  const members: Record<string, Implementation> = {};
  const notBuilt: string[] = [];
  for (const text of type.methods ?? []) {
    if (text.startsWith('static ')) members[normaliseSignature(text)] = () => call(name, text);
    else notBuilt.push(normaliseSignature(text));
  }
  const bag = class extends PropertyBag {
    static readonly apexName = name;
  };
  for (const text of type.constructors ?? []) {
    if (text === '()') members['new ()'] = () => new bag();
    else notBuilt.push(normaliseSignature(`new ${text}`));
  }
  const declared = (type.properties ?? []).map((text) => parseProperty(text)).filter((property) => !property.static);
  Object.assign(members, properties(...declared.map((property) => `${typeText(property.type)} ${property.name}`)));
  const built = Object.entries(members).map(([text, member]) => [normaliseSignature(text), member] as const);
  return { name, members: new Map(built), notBuilt: new Set(notBuilt) };
}

function call(owner: string, method: string): never {
  const { test } = current.tx;
  if (test && !test.seeAllData) {
    raise(
      'System.UnsupportedOperationException',
      'ConnectApi methods are not supported in data siloed tests. Please use @IsTest(SeeAllData=true).',
    );
  }
  return unsupported(`${owner}: ${method}`);
}
