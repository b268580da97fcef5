import { current } from '../../engine/current.ts';
import type { Access, DmlOperation } from '../../engine/data.ts';
import { required } from '../../values/exception.ts';
import type { ApexList } from '../../values/list.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { platformClass } from '../define.ts';
import { PageReference } from '../System/PageReference.ts';

/** Standard controllers act for the user: with sharing, object and field permissions. */
export const AS_USER: Access = { mode: 'user', sharing: true };

/** DML of a standard controller. */
export function dml(operation: DmlOperation, records: readonly SObjectValue[]): void {
  current.tx.data.dml(operation, records, { allOrNone: true, access: AS_USER });
}

/** An ApexPages.StandardController. Source: Apex Reference, StandardController class. */
class StandardController {
  static readonly apexName = 'ApexPages.StandardController';
  readonly record: SObjectValue;

  constructor(record: SObjectValue) {
    this.record = record;
  }

  page(suffix = ''): PageReference {
    return new PageReference(`/${this.record.id ?? ''}${suffix}`);
  }

  toString(): string {
    return `ApexPages.StandardController[${this.record.object.name}]`;
  }
}

export const StandardControllerClass = platformClass('ApexPages.StandardController', {
  'new (SObject)': (record: SObjectValue | null) => new StandardController(required(record)),
  // In a test the record has what the test gave it, and addFields does nothing.
  'void addFields(List<String>)': (_controller: StandardController, fields: ApexList | null) => void required(fields),
  'PageReference cancel()': (controller: StandardController) => controller.page(),
  'PageReference delete()': ({ record }: StandardController) => {
    dml('delete', [record]);
    return new PageReference(`/${record.object.keyPrefix}/o`);
  },
  'PageReference edit()': (controller: StandardController) => controller.page('/e'),
  // Of 15 characters: declarative-lookup-rollup-summaries, RollupServiceTest3; the reference does not say it.
  'String getId()': ({ record }: StandardController) => record.id?.slice(0, 15) ?? null,
  'SObject getRecord()': ({ record }: StandardController) => record,
  'PageReference save()': (controller: StandardController) => {
    dml(controller.record.id === null ? 'insert' : 'update', [controller.record]);
    return controller.page();
  },
  'PageReference view()': (controller: StandardController) => controller.page(),
});
