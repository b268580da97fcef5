import type { FieldDescriptor } from '../schema/descriptor.ts';
import type { CustomMetadataRecord } from '../schema/orgMetadata.ts';
import type { Store } from '../store/store.ts';
import { readDate } from '../values/date.ts';
import { readIsoDatetime } from '../values/datetime.ts';
import { readDecimal } from '../values/decimal.ts';
import type { RowWriter } from './rowWriter.ts';
import { idOfRecord } from './seedGroups.ts';

/** Writes the records of custom metadata types. They may name each other in any order, so all are there first. */
export function seedCustomMetadata(store: Store, writer: RowWriter, records: readonly CustomMetadataRecord[]): void {
  const written: [CustomMetadataRecord, string][] = [];
  for (const record of records) {
    const object = store.schema.object(record.type);
    if (!object) continue;
    const id = writer.insert(object.name, {
      DeveloperName: record.developerName,
      MasterLabel: record.label,
      Label: record.label,
      Language: 'en_US',
      QualifiedApiName: record.developerName,
    });
    written.push([record, id]);
  }
  for (const [record, id] of written) {
    const object = store.schema.object(record.type);
    const values: Record<string, unknown> = {};
    for (const [name, text] of record.values) {
      const field = object?.fields.get(name.toLowerCase());
      if (field) values[field.name] = definitionOf(store, record, field, text) ?? typed(store, field, text);
    }
    if (object) writer.update(object.name, id, values);
  }
}

/** `Account.Name`, where a file says `Name` beside `Account`; null where the field does not name a field. */
function definitionOf(
  store: Store,
  record: CustomMetadataRecord,
  field: FieldDescriptor,
  text: string | null,
): string | null {
  if (text === null || field.controllingField === null || field.referenceTo[0] !== 'FieldDefinition') return null;
  const controlling = field.controllingField.toLowerCase();
  const name = [...record.values].find(([other]) => other.toLowerCase() === controlling)?.[1] ?? '';
  const object = store.schema.object(name);
  const named = object?.fields.get(text.toLowerCase());
  return object && named ? `${object.name}.${named.name}` : null;
}

/** The text of a metadata file as a value of a field; a relationship names its record. */
function typed(store: Store, { apexType, referenceTo }: FieldDescriptor, text: string | null): unknown {
  if (text === null) return apexType === 'Boolean' ? false : null;
  switch (apexType) {
    case 'Boolean':
      return text === 'true';
    case 'Decimal':
      return readDecimal(text);
    case 'Integer':
      return Number(text);
    case 'Date':
      return readDate(text);
    case 'Datetime':
      return readIsoDatetime(text);
    case 'Id': {
      const [target = ''] = referenceTo;
      if (!target.endsWith('__mdt')) return text;
      return idOfRecord(store, target, 'DeveloperName', text.slice(text.lastIndexOf('.') + 1));
    }
    default:
      return text;
  }
}
