import { current } from '../../engine/current.ts';
import type { ObjectDescriptor, RecordTypeDescriptor } from '../../schema/descriptor.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { platformClass } from '../define.ts';
import { describeMembers } from './members.ts';

/** The id of the record type that stands for "none". */
const MASTER = '012000000000000AAA';

/** A record type as describing an object gives it. */
export class RecordTypeValue {
  static readonly apexName = 'Schema.RecordTypeInfo';
  readonly object: ObjectDescriptor;
  readonly type: RecordTypeDescriptor;
  readonly master: boolean;

  constructor(object: ObjectDescriptor, type: RecordTypeDescriptor, master: boolean) {
    this.object = object;
    this.type = type;
    this.master = master;
  }

  get id(): string {
    if (this.master) return MASTER;
    const { data } = current.tx;
    const query = data.prepare('SELECT Id FROM RecordType WHERE SobjectType = :$0 AND DeveloperName = :$1');
    if ('message' in query) throw new Error(query.message);
    // Describing costs no query.
    const before = { ...current.tx.used };
    const rows = data.query(query, [this.object.name, this.type.developerName], { mode: 'system', sharing: false });
    Object.assign(current.tx.used, before);
    const [row] = rows as SObjectValue[];
    if (!row?.id) throw new Error(`the org has no record type ${this.object.name}.${this.type.developerName}`);
    return row.id;
  }
}

export const RecordTypeInfoClass = platformClass('Schema.RecordTypeInfo', {
  ...describeMembers<RecordTypeValue>({
    'String DeveloperName': ({ type }) => type.developerName,
    'String Name': ({ type }) => type.label,
    'Id RecordTypeId': (info) => info.id,
    'Boolean Active': ({ type }) => type.active,
    'Boolean Available': ({ type }) => type.active,
    // No profile of the org names another default: a new record has no record type.
    'Boolean DefaultRecordTypeMapping': ({ master }) => master,
    'Boolean Master': ({ master }) => master,
  }),
});
