import type { ApplicationMetadata } from '../schema/orgMetadata.ts';
import { idOf } from '../store/ids.ts';
import type { RowWriter } from './rowWriter.ts';

/** Of the applications of the Lightning kind and of tab sets; they are no objects that can be queried. */
const APPLICATION_PREFIX = '02u';

/** Writes an item of the app menu for each application of the project; those of Salesforce are not there. */
export function seedApplications(writer: RowWriter, applications: readonly ApplicationMetadata[]): void {
  for (const [index, { name, label, description }] of applications.entries()) {
    writer.insert('AppMenuItem', {
      Name: name,
      Label: label,
      Description: description,
      Type: 'TabSet',
      ApplicationId: idOf(APPLICATION_PREFIX, index + 1),
      SortOrder: index,
      IsVisible: true,
      IsAccessible: true,
    });
  }
}
