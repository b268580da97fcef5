import { ElementReader } from '../schema/elementReader.ts';
import { readRoot } from '../schema/projectFiles.ts';
import type { MetadataFiles } from '../schema/projectFiles.ts';
import type { Problem } from '../schema/xml.ts';

/** The channel that triggers are subscribed to. */
const STANDARD_CHANNEL = 'ChangeEvents';

/**
 * The change events that the project selects for Change Data Capture, in lower case. Source: Metadata API,
 * PlatformEventChannelMember.
 */
export function readSelectedEntities(files: MetadataFiles, problems: Problem[]): ReadonlySet<string> {
  const selected = new Set<string>();
  for (const file of files.get('platformEventChannelMember') ?? []) {
    const root = readRoot(file, 'PlatformEventChannelMember', problems);
    if (!root) continue;
    const reader = new ElementReader(root, file.path, problems);
    reader.ignore('fullName');
    const channel = reader.required('eventChannel');
    const entity = reader.required('selectedEntity');
    // Both narrow what other subscribers of a channel get: triggers are on the standard channel.
    for (const element of reader.all('enrichedFields'))
      reader.notBuilt(element, 'enrichedFields: events have the changed fields');
    const filter = reader.one('filterExpression');
    if (filter) reader.notBuilt(filter, 'filterExpression: all events of an object are delivered');
    reader.finish();
    if (channel === STANDARD_CHANNEL) selected.add(entity.toLowerCase());
  }
  return selected;
}
