import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ElementReader } from './elementReader.ts';
import { readRoot } from './projectFiles.ts';
import type { MetadataFiles } from './projectFiles.ts';
import type { Feature } from './standard/format.ts';
import type { Problem } from './xml.ts';

/** The features that an org has and others have not. */
export type Features = ReadonlySet<Feature>;

/**
 * What a project's org has besides what every org has: quotes, where its `settings/Quote.settings-meta.xml` or one of the
 * scratch org definitions in `config/` turns them on. Source: Metadata API Developer Guide, QuoteSettings, enableQuote;
 * Salesforce DX Developer Guide, Scratch Org Settings.
 */
export function readFeatures(projectDir: string, files: MetadataFiles, problems: Problem[]): Features {
  const features = new Set<Feature>();
  const bySettings = (files.get('settings') ?? []).some((file) => {
    const element = file.fullName === 'Quote' ? readRoot(file, 'QuoteSettings', problems) : null;
    if (!element) return false;
    const reader = new ElementReader(element, file.path, problems);
    const without = reader.one('enableQuotesWithoutOppEnabled');
    if (without?.text === 'true') reader.notBuilt(without, 'quotes without an opportunity are not built');
    const on = reader.boolean('enableQuote');
    reader.finish();
    return on;
  });
  if (bySettings || scratchDefinitions(projectDir).some(turnsOnQuotes)) features.add('Quotes');
  return features;
}

/** The scratch org definitions of a project, in alphabetical order. */
export function scratchDefinitions(projectDir: string): string[] {
  const folder = join(projectDir, 'config');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /scratch.*\.json$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

const definition = z.object({
  settings: z.object({ quoteSettings: z.object({ enableQuote: z.boolean().optional() }).optional() }).optional(),
});

/** A definition that can't be read turns nothing on: it is the Salesforce CLI's, which nothing is deployed from. */
function turnsOnQuotes(path: string): boolean {
  try {
    const read = definition.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success && read.data.settings?.quoteSettings?.enableQuote === true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
