import { current } from '../../engine/current.ts';
import type { TriggerInvoker } from '../../engine/data.ts';
import { ApexList } from '../../values/list.ts';
import { ApexMap } from '../../values/map.ts';
import { enumValueOf } from '../../values/enum.ts';
import { READ_ONLY } from '../../values/guard.ts';
import { SObjectValue } from '../../values/sobject.ts';
import type { Universe } from '../../types/universe.ts';

/** A trigger of the project. */
export interface TriggerEntry {
  readonly name: string;
  /** API name of the object. */
  readonly object: string;
  /** `before insert` … */
  readonly events: readonly string[];
  readonly run: () => void;
}

/** What `Trigger.…` gives while a trigger runs. */
interface TriggerContext {
  readonly event: string;
  readonly new: ApexList | null;
  readonly old: ApexList | null;
  newMap: ApexMap | null;
  oldMap: ApexMap | null;
}

/** Runs the project's triggers, and knows which one is running. */
export class Triggers implements TriggerInvoker {
  readonly #universe: Universe;
  /** By `object/event` in lower case. */
  readonly #byEvent = new Map<string, TriggerEntry[]>();
  #context: TriggerContext | null = null;

  constructor(universe: Universe) {
    this.#universe = universe;
  }

  add(entry: TriggerEntry): void {
    for (const event of entry.events) {
      const key = `${entry.object}/${event}`.toLowerCase();
      const entries = this.#byEvent.get(key) ?? [];
      entries.push(entry);
      this.#byEvent.set(key, entries);
    }
  }

  has(object: string, event: string): boolean {
    return this.#byEvent.has(`${object}/${event}`.toLowerCase());
  }

  run(object: string, event: string, rows: readonly SObjectValue[] | null, old: readonly SObjectValue[] | null): void {
    const entries = this.#byEvent.get(`${object}/${event}`.toLowerCase());
    if (!entries) return;
    const outer = this.#context;
    const { sharing, tx } = current;
    this.#context = {
      event,
      new: rows && this.#list(object, rows),
      old: old && this.#list(object, old),
      newMap: null,
      oldMap: null,
    };
    tx.triggerDepth++;
    try {
      for (const entry of entries) {
        // Triggers run in system context, whatever called them.
        current.sharing = false;
        entry.run();
      }
    } finally {
      tx.triggerDepth--;
      this.#context = outer;
      current.sharing = sharing;
    }
  }

  /**
   * `Trigger.new`, `Trigger.isBefore` …, by lower-case name. Outside a trigger `isExecuting` is false and the rest null:
   * that the Booleans are too rests on akruvi/salesforce-simple-trigger-framework and
   * pkozuchowski/Apex-Opensource-Library.
   */
  variable(name: string): unknown {
    const context = this.#context;
    if (name === 'isexecuting') return context !== null;
    if (!context) return null;
    const { event } = context;
    switch (name) {
      case 'new':
        return context.new;
      case 'old':
        return context.old;
      case 'newmap':
        // Before an insert the records have no ids yet.
        if (event === 'before insert' || !context.new) return null;
        return (context.newMap ??= this.#map(context.new));
      case 'oldmap':
        return context.old && (context.oldMap ??= this.#map(context.old));
      case 'isbefore':
        return event.startsWith('before');
      case 'isafter':
        return event.startsWith('after');
      case 'isinsert':
        return event.endsWith(' insert');
      case 'isupdate':
        return event.endsWith(' update');
      case 'isdelete':
        return event.endsWith(' delete');
      case 'isundelete':
        return event.endsWith(' undelete');
      case 'size':
        return (context.new ?? context.old)?.size ?? 0;
      case 'operationtype': {
        const type = this.#universe.platform('System.TriggerOperation');
        return enumValueOf(type, event.toUpperCase().replace(' ', '_'));
      }
      default:
        throw new Error(`Trigger.${name} is not built`);
    }
  }

  #list(object: string, rows: readonly SObjectValue[]): ApexList {
    const type = this.#universe.sobject(object) ?? this.#universe.SObject;
    const list = new ApexList(this.#universe.listOf(type), [...rows]);
    list.guard = READ_ONLY;
    return list;
  }

  #map(rows: ApexList): ApexMap {
    const map = new ApexMap(this.#universe.mapOf(this.#universe.Id, rows.elementType));
    for (const row of rows.items) map.put((row as SObjectValue).id, row);
    map.guard = READ_ONLY;
    return map;
  }
}
