import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ElementReader } from '../schema/elementReader.ts';
import { packageDirectories, readRoot } from '../schema/projectFiles.ts';
import type { MetadataFiles } from '../schema/projectFiles.ts';
import type { Problem } from '../schema/xml.ts';

/** How the trigger of an event object is run. Source: Metadata API, PlatformEventSubscriberConfig. */
export interface SubscriberConfig {
  readonly trigger: string;
  /** Events a run, at most 2,000. */
  readonly batchSize: number;
  /** Username; null: Automated Process. */
  readonly user: string | null;
}

const MOST_EVENTS = 2000;

/**
 * By the event object's name in lower case. `users` (username by trigger name) stands for what an administrator enters after
 * deployment, since a username can't be packaged.
 */
export function readSubscriberConfigs(
  projectDir: string,
  files: MetadataFiles,
  users: Readonly<Record<string, string>>,
  problems: Problem[],
): ReadonlyMap<string, SubscriberConfig> {
  const configs = new Map<string, SubscriberConfig>();
  const triggers = eventTriggers(projectDir, problems);
  for (const file of files.get('platformEventSubscriberConfig') ?? []) {
    const root = readRoot(file, 'PlatformEventSubscriberConfig', problems);
    if (!root) continue;
    const reader = new ElementReader(root, file.path, problems);
    reader.ignore('isProtected', 'masterLabel', 'fullName');
    const consumer = reader.required('platformEventConsumer');
    const batchSize = reader.integer('batchSize', MOST_EVENTS);
    const user = reader.text('user');
    for (const name of ['numPartitions', 'partitionKey']) {
      const element = reader.one(name);
      if (element) reader.notBuilt(element, `${name}: events of one object are delivered in order, in one partition`);
    }
    reader.finish();
    if (batchSize < 1 || batchSize > MOST_EVENTS)
      reader.invalid(root, `batchSize must be between 1 and ${MOST_EVENTS}`);
    const object = triggers.get(consumer.toLowerCase());
    if (object === undefined) {
      reader.invalid(root, `platformEventConsumer ${consumer}: the project has no such trigger on a platform event`);
      continue;
    }
    configs.set(object, { trigger: consumer, batchSize, user: userOf(users, consumer) ?? user });
  }
  for (const [trigger, object] of triggers) {
    const user = userOf(users, trigger);
    if (user !== null && !configs.has(object)) configs.set(object, { trigger, batchSize: MOST_EVENTS, user });
  }
  return configs;
}

function userOf(users: Readonly<Record<string, string>>, trigger: string): string | null {
  const key = Object.keys(users).find((name) => name.toLowerCase() === trigger.toLowerCase());
  return key === undefined ? null : (users[key] ?? null);
}

/** Event objects by the names of their triggers, all in lower case. */
function eventTriggers(projectDir: string, problems: Problem[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const directory of packageDirectories(projectDir, problems)) {
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.trigger')) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      const head = /\btrigger\s+(\w+)\s+on\s+(\w+__e)\b/i.exec(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' '));
      if (head?.[1] && head[2]) found.set(head[1].toLowerCase(), head[2].toLowerCase());
    }
  }
  return found;
}
