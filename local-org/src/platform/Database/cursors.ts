import { current } from '../../engine/current.ts';
import { charge } from '../../engine/limits.ts';
import { raise, required } from '../../values/exception.ts';
import { ApexList } from '../../values/list.ts';
import type { ApexMap } from '../../values/map.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import type { AccessLevelValue } from '../System/AccessLevel.ts';
import { chargeCursor } from './cursorLimits.ts';
import { fromMap, rows } from './queries.ts';
import type { Variables } from './queries.ts';

type Level = AccessLevelValue | null;
type Count = number | null;

/** The rows that a query finds when the cursor is made; they count against the limit of rows when they are fetched. */
class CursorValue {
  static readonly apexName: string = 'Database.Cursor';
  readonly found: ApexList;

  constructor(found: ApexList) {
    this.found = found;
  }

  /** @throws System.InvalidParameterValueException */
  fetch(position: Count, count: Count): ApexList {
    const [from, size] = [required(position), required(count)];
    // unverified: the text
    if (from < 0 || from > this.found.size) raise('System.InvalidParameterValueException', `Invalid position: ${from}`);
    if (size < 0) raise('System.InvalidParameterValueException', `Invalid count: ${size}`);
    const items = this.found.items.slice(from, from + size) as SObjectValue[];
    chargeCursor('fetches', 1);
    charge('queryRows', items.length);
    return new ApexList(
      this.found.type,
      items.map((row) => row.clone(true, true, true, true)),
    );
  }
}

class PaginationCursorValue extends CursorValue {
  static override readonly apexName = 'Database.PaginationCursor';
}

class PageValue {
  static readonly apexName = 'Database.CursorFetchResult';
  readonly records: ApexList;
  readonly next: number;
  readonly done: boolean;

  constructor(records: ApexList, next: number, done: boolean) {
    this.records = records;
    this.next = next;
    this.done = done;
  }
}

function found(text: string | null, variables: Variables | null, level: Level): ApexList {
  const { used } = current.tx;
  const before = used.queryRows;
  const list = rows(text, variables, level);
  used.queryRows = before;
  chargeCursor('cursorRows', list.size);
  return list;
}

type Make = (list: ApexList) => CursorValue;

function opening(name: string, type: string, make: Make): Record<string, Implementation> {
  return {
    [`static ${type} ${name}(String)`]: (text: string | null) => make(found(text, current.variables, null)),
    [`static ${type} ${name}(String, AccessLevel)`]: (text: string | null, level: Level) =>
      make(found(text, current.variables, required(level))),
    [`static ${type} ${name}WithBinds(String, Map<String, Object>, AccessLevel)`]: (
      text: string | null,
      binds: ApexMap | null,
      level: Level,
    ) => make(found(text, fromMap(binds), required(level))),
  };
}

/** The members of System.Database that open cursors. */
export const cursorMembers: Record<string, Implementation> = {
  ...opening('getCursor', 'Database.Cursor', (list) => new CursorValue(list)),
  ...opening('getPaginationCursor', 'Database.PaginationCursor', (list) => new PaginationCursorValue(list)),
};

export const CursorClass = platformClass('Database.Cursor', {
  'List<SObject> fetch(Integer, Integer)': (cursor: CursorValue, position: Count, count: Count) =>
    cursor.fetch(position, count),
  'Integer getNumRecords()': (cursor: CursorValue) => cursor.found.size,
});

export const PaginationCursorClass = platformClass(
  'Database.PaginationCursor',
  {
    'Database.CursorFetchResult fetchPage(Integer, Integer)': (
      cursor: PaginationCursorValue,
      start: Count,
      size: Count,
    ) => {
      const records = cursor.fetch(start, size);
      const next = required(start) + records.size;
      return new PageValue(records, next, next >= cursor.found.size);
    },
    'Integer getNumRecords()': (cursor: CursorValue) => cursor.found.size,
  },
  { notBuilt: ['Integer fetchDeleted(Integer, Integer)'] },
);

export const CursorFetchResultClass = platformClass('Database.CursorFetchResult', {
  'List<SObject> getRecords()': (page: PageValue) => page.records,
  'Integer getNextIndex()': (page: PageValue) => page.next,
  'Integer getNumDeletedRecords()': (_page: PageValue) => 0,
  'Boolean isDone()': (page: PageValue) => page.done,
});
