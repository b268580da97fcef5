import { current } from '../../engine/current.ts';
import type { Access } from '../../engine/data.ts';
import { search } from '../../sosl/search.ts';
import { raise, required } from '../../values/exception.ts';
import { toId } from '../../values/id.ts';
import { ApexList, listOf } from '../../values/list.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { accessOf } from '../Database/dml.ts';
import { platformClass } from '../define.ts';
import { perTransaction } from '../transactionState.ts';
import type { AccessLevelValue } from './AccessLevel.ts';

/** What `Test.setFixedSearchResults` has set: without it searches of a test find nothing. */
const fixedResults = perTransaction(() => new Set<string>());

/** `Test.setFixedSearchResults`. */
export function fixSearchResults(ids: ApexList | null): void {
  const fixed = fixedResults();
  fixed.clear();
  for (const id of required(ids).items as (string | null)[]) {
    const full = id === null ? null : toId(id);
    if (full !== null) fixed.add(full);
  }
}

/** Runs SOSL. @throws System.QueryException */
export function runSosl(text: string, access: Access, bind: (name: string) => unknown): ApexList {
  const fixed = current.tx.test ? fixedResults() : null;
  const found = search({ text, access, bind, fixed });
  const { universe } = current;
  return new ApexList(
    universe.listOf(universe.listOf(universe.SObject)),
    // Each list may hold any object for the compiler, and holds its own object's records.
    found.map((list) => new ApexList(list.type, list.items)),
  );
}

function query(text: string | null, level: AccessLevelValue | null = null): ApexList {
  const { variables } = current;
  return runSosl(required(text), accessOf(level), (name) => variables?.(name));
}

/** One record that `Search.find` found. */
class SearchResult {
  static readonly apexName = 'Search.SearchResult';
  readonly record: SObjectValue;

  constructor(record: SObjectValue) {
    this.record = record;
  }
}

class SearchResults {
  static readonly apexName = 'Search.SearchResults';
  readonly lists: readonly ApexList[];

  constructor(lists: readonly ApexList[]) {
    this.lists = lists;
  }
}

function find(text: string | null, level: AccessLevelValue | null = null): SearchResults {
  return new SearchResults(query(text, level).items as ApexList[]);
}

export const SearchClass = platformClass(
  'System.Search',
  {
    'static List<List<SObject>> query(String)': (text: string | null) => query(text),
    'static List<List<SObject>> query(String, AccessLevel)': query,
    'static Search.SearchResults find(String)': (text: string | null) => find(text),
    'static Search.SearchResults find(String, AccessLevel)': find,
  },
  {
    notBuilt: [
      'static Search.SuggestionResults suggest(String, String, Search.SuggestionOption)',
      'static Search.SuggestionResults suggest(String, String, Search.SuggestionOption, AccessLevel)',
    ],
  },
);

export const SearchResultsClass = platformClass(
  'Search.SearchResults',
  {
    'List<Search.SearchResult> get(String)': (results: SearchResults, name: string | null) => {
      const wanted = required(name).toLowerCase();
      const list = results.lists.find((each) => each.elementType.name.toLowerCase() === wanted);
      if (!list) raise('System.QueryException', `${name} was not searched`); // unverified
      return listOf(
        current.universe.platform('Search.SearchResult'),
        list.items.map((record) => new SearchResult(record as SObjectValue)),
      );
    },
  },
  { notBuilt: ['new ()'] },
);

export const SearchResultClass = platformClass(
  'Search.SearchResult',
  { 'SObject getSObject()': (result: SearchResult) => result.record },
  { notBuilt: ['new ()', 'String getSnippet()', 'String getSnippet(String)'] },
);
