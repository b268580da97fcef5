import { current } from '../../engine/current.ts';
import { loadNamespace } from '../../signatures/load.ts';
import { raise, unsupported } from '../../values/exception.ts';
import { dataClass } from '../dataClasses.ts';
import { classesOnDemand } from '../define.ts';

/**
 * Connect in Apex: its inputs and outputs hold what is put into them; its methods reach features that local-org has not.
 * In tests that do not see the org's data they end as on Salesforce (Apex Developer Guide, "Testing ConnectApi Code").
 */
classesOnDemand('ConnectApi', (qualifiedName) => {
  const type = loadNamespace('ConnectApi')?.get(qualifiedName);
  return type ? dataClass(type, { call: (text) => () => call(type.name, text) }) : null;
});

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
