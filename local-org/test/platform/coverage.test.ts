import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../src/platform/index.ts';
import { normaliseSignature, platformClasses } from '../../src/platform/define.ts';
import { loadSignatures, parseProperty, typeText } from '../../src/signatures/load.ts';
import type { PlatformType } from '../../src/signatures/load.ts';

const signatures = loadSignatures();

/** The keys under which the members of a type may be built. */
function declared(type: PlatformType): Set<string> {
  const properties = (type.properties ?? []).flatMap((text) => {
    const { static: isStatic, readonly, type: of, name } = parseProperty(text);
    const key = (access: string): string => `${isStatic ? 'static ' : ''}${access} ${typeText(of)} ${name}`;
    return readonly ? [key('get')] : [key('get'), key('set')];
  });
  const constructors = (type.constructors ?? []).map((text) => `new ${text}`);
  return new Set([...(type.methods ?? []), ...constructors, ...properties].map(normaliseSignature));
}

for (const { name, members, notBuilt } of platformClasses()) {
  test(`shouldAccountForEveryMemberOf${name.replace(/\W/g, '')}`, () => {
    const type = signatures.get(name.toLowerCase());
    assert.ok(type, `the signatures have no type ${name}`);
    const known = declared(type);
    const accounted = [...members.keys(), ...notBuilt];
    assert.deepEqual(
      {
        unknown: accounted.filter((key) => !known.has(key)),
        missing: [...known].filter((key) => !accounted.includes(key)),
      },
      { unknown: [], missing: [] },
      'what is built and what is declared not built must be the signatures',
    );
    assert.deepEqual(
      [...members.keys()].filter((key) => notBuilt.has(key)),
      [],
      'a member is either built or not',
    );
  });
}
