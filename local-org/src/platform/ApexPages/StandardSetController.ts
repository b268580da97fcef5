import { current } from '../../engine/current.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { readId } from '../../values/id.ts';
import { ApexList, listOf } from '../../values/list.ts';
import { SObjectValue } from '../../values/sobject.ts';
import type { QueryLocatorValue } from '../Database/queries.ts';
import { platformClass } from '../define.ts';
import { SelectOption } from '../System/PageReference.ts';
import { AS_USER, dml } from './controllers.ts';

/** Source: Apex Reference, StandardSetController class: at most 10,000 records, pages of 20. */
const MOST_RECORDS = 10_000;
const PAGE_SIZE = 20;

/** An ApexPages.StandardSetController. */
class StandardSetController {
  static readonly apexName = 'ApexPages.StandardSetController';
  /** Names of what the records are read with when a list view is chosen; null where they were given as a list. */
  readonly columns: readonly string[] | null;
  all: ApexList;
  complete: boolean;
  filterId: string | null = null;
  selected: ApexList;
  #prototype: SObjectValue | null = null;
  pageSize = PAGE_SIZE;
  pageNumber = 1;

  constructor(records: ApexList, columns: readonly string[] | null) {
    this.columns = columns;
    this.complete = records.size <= MOST_RECORDS;
    this.all = new ApexList(records.type, records.items.slice(0, MOST_RECORDS));
    this.selected = new ApexList(records.type);
  }

  /** API name of the records' object. */
  get object(): string {
    return this.all.elementType.name;
  }

  /** Shows the records of a list view instead, as the running user may see them. */
  choose(text: string): void {
    const id = readId(text) ?? text;
    const view = current.tx.services.listView(id);
    // unverified: what becomes of an id that is none, and the text
    if (view?.object !== this.object) raise('System.VisualforceException', `Invalid list view: ${id}`);
    if (view.condition === null)
      unsupported(`the list view ${view.object}.${view.developerName}`, view.gaps.join('; '));
    if (this.columns === null) unsupported('setFilterId of a set controller over a list', 'give it a query locator');
    const where = view.condition === '' ? '' : ` WHERE ${view.condition}`;
    const soql = `SELECT ${this.columns.join(', ')} FROM ${view.object}${where} LIMIT ${MOST_RECORDS + 1}`;
    const { data } = current.tx;
    const query = data.prepare(soql);
    if ('message' in query) throw new Error(`the list view ${view.developerName} has a bad query: ${query.message}`);
    const found = data.query(query, [], AS_USER);
    this.complete = found.length <= MOST_RECORDS;
    this.all = data.listOf(view.object, found.slice(0, MOST_RECORDS));
    this.selected = new ApexList(this.all.type);
    this.filterId = id;
    this.pageNumber = 1;
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.all.size / this.pageSize));
  }

  get records(): ApexList {
    const from = (this.pageNumber - 1) * this.pageSize;
    return new ApexList(this.all.type, this.all.items.slice(from, from + this.pageSize));
  }

  /** What is set in it is set in all that are selected when they are saved. Source: Apex Reference, StandardSetController. */
  get prototypeRecord(): SObjectValue {
    const { sobject } = this.all.elementType.def;
    if (!sobject)
      return unsupported('getRecord of a set controller over a list of SObject', 'give it records of an object');
    return (this.#prototype ??= new SObjectValue(sobject));
  }

  applyPrototype(): void {
    for (const name of this.#prototype?.populated() ?? []) {
      const value = this.#prototype?.get(name) ?? null;
      for (const record of this.selected.items as SObjectValue[]) record.put(name, value);
    }
  }

  goTo(page: number): void {
    this.pageNumber = Math.min(Math.max(1, page), this.pages);
  }

  toString(): string {
    return `ApexPages.StandardSetController[${this.all.type.name}]`;
  }
}

/** Fields that are read again with a list view: those of the locator's query, without what it reads of other records. */
function columnsOf(records: ApexList): string[] {
  const [first] = records.items as SObjectValue[];
  const names = Object.entries(first?.fields ?? {}).flatMap(([name, value]) =>
    first?.object.fields.has(name.toLowerCase()) === true && value !== undefined ? [name] : [],
  );
  return [...new Set(['Id', ...names])];
}

function overLocator(locator: QueryLocatorValue | null): StandardSetController {
  const { rows } = required(locator);
  if (rows.size > MOST_RECORDS) {
    raise('System.LimitException', `Too many records for a set controller: ${rows.size}`); // unverified: the text
  }
  return new StandardSetController(rows, columnsOf(rows));
}

function listViewOptions(set: StandardSetController): ApexList {
  const options = current.tx.services.listViewsOf(set.object).map(({ id, name }) => new SelectOption(id, name, false));
  return listOf(current.universe.platform('System.SelectOption'), options);
}

export const StandardSetControllerClass = platformClass('ApexPages.StandardSetController', {
  'new (List<SObject>)': (records: ApexList | null) => new StandardSetController(required(records), null),
  'new (Database.QueryLocator)': overLocator,
  'void addFields(List<String>)': (_set: StandardSetController, fields: ApexList | null) => void required(fields),
  'PageReference cancel()': () => null,
  'void first()': (set: StandardSetController) => set.goTo(1),
  'void last()': (set: StandardSetController) => set.goTo(set.pages),
  'void next()': (set: StandardSetController) => set.goTo(set.pageNumber + 1),
  'void previous()': (set: StandardSetController) => set.goTo(set.pageNumber - 1),
  'Boolean getCompleteResult()': (set: StandardSetController) => set.complete,
  // unverified: that there is none before one was set; a page would have the view that was seen last
  'String getFilterId()': (set: StandardSetController) => set.filterId,
  'Boolean getHasNext()': (set: StandardSetController) => set.pageNumber < set.pages,
  'Boolean getHasPrevious()': (set: StandardSetController) => set.pageNumber > 1,
  // unverified: ids of 18 characters
  'List<SelectOption> getListViewOptions()': listViewOptions,
  'Integer getPageNumber()': (set: StandardSetController) => set.pageNumber,
  'Integer getPageSize()': (set: StandardSetController) => set.pageSize,
  'SObject getRecord()': (set: StandardSetController) => set.prototypeRecord,
  'List<SObject> getRecords()': (set: StandardSetController) => set.records,
  'Integer getResultSize()': (set: StandardSetController) => set.all.size,
  'List<SObject> getSelected()': (set: StandardSetController) => set.selected,
  'PageReference save()': (set: StandardSetController) => {
    set.applyPrototype();
    dml('update', set.selected.items as SObjectValue[]);
    return null;
  },
  'void setFilterId(String)': (set: StandardSetController, id: string | null) => set.choose(required(id)),
  'void setPageNumber(Integer)': (set: StandardSetController, page: number | null) => set.goTo(required(page)),
  'void setPageSize(Integer)': (set: StandardSetController, size: number | null) => {
    const wanted = required(size);
    if (wanted < 1) raise('System.VisualforceException', 'Page size must be at least 1'); // unverified: the text
    set.pageSize = wanted;
    set.goTo(set.pageNumber);
  },
  'void setSelected(List<SObject>)': (set: StandardSetController, records: ApexList | null) =>
    void (set.selected = required(records)),
});
