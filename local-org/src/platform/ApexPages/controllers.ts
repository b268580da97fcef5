import { current } from '../../engine/current.ts';
import type { Access, DmlOperation } from '../../engine/data.ts';
import { raise, required } from '../../values/exception.ts';
import { ApexList } from '../../values/list.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import type { QueryLocatorValue } from '../Database/queries.ts';
import { platformClass } from '../define.ts';
import { PageReference } from '../System/PageReference.ts';

/** Standard controllers act for the user: with sharing, object and field permissions. */
const AS_USER: Access = { mode: 'user', sharing: true };

function dml(operation: DmlOperation, records: readonly SObjectValue[]): void {
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

/** Source: Apex Reference, StandardSetController class: at most 10,000 records, pages of 20. */
const MOST_RECORDS = 10_000;
const PAGE_SIZE = 20;

/** An ApexPages.StandardSetController. */
class StandardSetController {
  static readonly apexName = 'ApexPages.StandardSetController';
  readonly all: ApexList;
  readonly complete: boolean;
  selected: ApexList;
  prototype: SObjectValue | null = null;
  pageSize = PAGE_SIZE;
  pageNumber = 1;

  constructor(records: ApexList) {
    this.complete = records.size <= MOST_RECORDS;
    this.all = new ApexList(records.type, records.items.slice(0, MOST_RECORDS));
    this.selected = new ApexList(records.type);
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.all.size / this.pageSize));
  }

  get records(): ApexList {
    const from = (this.pageNumber - 1) * this.pageSize;
    return new ApexList(this.all.type, this.all.items.slice(from, from + this.pageSize));
  }

  goTo(page: number): void {
    this.pageNumber = Math.min(Math.max(1, page), this.pages);
  }

  toString(): string {
    return `ApexPages.StandardSetController[${this.all.type.name}]`;
  }
}

function setOf(records: ApexList | null): StandardSetController {
  return new StandardSetController(required(records));
}

export const StandardSetControllerClass = platformClass(
  'ApexPages.StandardSetController',
  {
    'new (List<SObject>)': setOf,
    'new (Database.QueryLocator)': (locator: QueryLocatorValue | null) => setOf(required(locator).rows),
    'void addFields(List<String>)': (_set: StandardSetController, fields: ApexList | null) => void required(fields),
    'PageReference cancel()': () => null,
    'void first()': (set: StandardSetController) => set.goTo(1),
    'void last()': (set: StandardSetController) => set.goTo(set.pages),
    'void next()': (set: StandardSetController) => set.goTo(set.pageNumber + 1),
    'void previous()': (set: StandardSetController) => set.goTo(set.pageNumber - 1),
    'Boolean getCompleteResult()': (set: StandardSetController) => set.complete,
    'Boolean getHasNext()': (set: StandardSetController) => set.pageNumber < set.pages,
    'Boolean getHasPrevious()': (set: StandardSetController) => set.pageNumber > 1,
    'Integer getPageNumber()': (set: StandardSetController) => set.pageNumber,
    'Integer getPageSize()': (set: StandardSetController) => set.pageSize,
    'List<SObject> getRecords()': (set: StandardSetController) => set.records,
    'Integer getResultSize()': (set: StandardSetController) => set.all.size,
    'List<SObject> getSelected()': (set: StandardSetController) => set.selected,
    'PageReference save()': (set: StandardSetController) => {
      dml('update', set.selected.items as SObjectValue[]);
      return null;
    },
    'void setPageNumber(Integer)': (set: StandardSetController, page: number | null) => set.goTo(required(page)),
    'void setPageSize(Integer)': (set: StandardSetController, size: number | null) => {
      const wanted = required(size);
      if (wanted < 1) raise('System.VisualforceException', 'Page size must be at least 1'); // unverified: the text
      set.pageSize = wanted;
      set.goTo(set.pageNumber);
    },
    'void setSelected(List<SObject>)': (set: StandardSetController, records: ApexList | null) =>
      void (set.selected = required(records)),
  },
  {
    notBuilt: [
      'String getFilterId()',
      'List<SelectOption> getListViewOptions()',
      'SObject getRecord()',
      'void setFilterId(String)',
    ],
  },
);
