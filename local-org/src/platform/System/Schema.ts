import { current } from '../../engine/current.ts';
import { required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import type { ApexMap } from '../../values/map.ts';
import { ObjectToken } from '../../values/schemaTokens.ts';
import { platformClass } from '../define.ts';
import { DescribeSObject } from '../Schema/DescribeSObjectResult.ts';
import { tokenOf } from '../Schema/SObjectType.ts';

/** Tokens of all objects by lower-case name, found in any case. */
function globalDescribe(): ApexMap {
  const { universe } = current;
  const entries = [...universe.schema.objects()].map(
    (object) => [object.name.toLowerCase(), ObjectToken.of(object)] as const,
  );
  const map = mapOf(universe.String, universe.platform('Schema.SObjectType'), entries);
  map.ignoresCase = true;
  return map;
}

function describeAll(names: ApexList | null): ApexList {
  const described = (required(names).items as string[]).map((name) => new DescribeSObject(tokenOf(name).object));
  return listOf(current.universe.platform('Schema.DescribeSObjectResult'), described);
}

export const SchemaClass = platformClass(
  'System.Schema',
  {
    'static Map<String, Schema.SObjectType> getGlobalDescribe()': globalDescribe,
    'static List<Schema.DescribeSObjectResult> describeSObjects(List<String>)': describeAll,
    'static List<Schema.DescribeSObjectResult> describeSObjects(List<String>, Schema.SObjectDescribeOptions)':
      describeAll,
  },
  {
    notBuilt: [
      'static List<Schema.DescribeDataCategoryGroupStructureResult> describeDataCategoryGroupStructures(List<Schema.DataCategoryGroupSobjectTypePair>, Boolean)',
      'static List<Schema.DescribeDataCategoryGroupResult> describeDataCategoryGroups(List<String>)',
      'static List<Schema.DescribeTabSetResult> describeTabs()',
      'static Map<String, Schema.SObjectType> getAppDescribe(String)',
      'static Map<String, Schema.SObjectType> getModuleDescribe()',
      'static Map<String, Schema.SObjectType> getModuleDescribe(String)',
    ],
  },
);
