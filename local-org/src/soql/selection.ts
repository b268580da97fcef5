import type { Selection } from '../engine/data.ts';
import type { Columns } from './plan.ts';

/** What the columns of a query name, without the ids and lookups that records carry besides. */
export function selectionOf({ object, fields, shown, parents, children }: Columns): Selection {
  return {
    object: object.name,
    names: new Set([...fields, ...shown].map(({ name }) => name)),
    related: new Map([
      ...parents.map(
        ({ name, columns, cases }) =>
          [name, [...(cases ?? []), columns].map(selectionOf)] satisfies [string, Selection[]],
      ),
      ...children.map(
        ({ relationship, plan }) => [relationship.name, [selectionOf(plan.columns)]] satisfies [string, Selection[]],
      ),
    ]),
  };
}
