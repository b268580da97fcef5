import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TOOLS_ROOT } from './tool.ts';

const OVERLAY_FILE = join(TOOLS_ROOT, 'config', 'metadata-types.json');

/** `string`, `?number`, the name of another type, or a list of one: the notation of jsforce's schema. */
const propSchema = z.union([z.string(), z.array(z.string()).min(1)]);
const typeSchema = z.object({ props: z.record(z.string(), propSchema), extends: z.string().optional() });
const overlaySchema = z.strictObject({
  types: z.record(z.string(), z.strictObject({ source: z.string().min(1), props: z.record(z.string(), propSchema) })),
});

/** One element that a metadata type has. */
export interface Element {
  type: string;
  isOptional: boolean;
  isList: boolean;
}

export type MetadataTypes = (typeName: string) => Map<string, Element> | undefined;

/**
 * The elements of each metadata type: from jsforce's schema, which is made from Salesforce's WSDL but lags behind, and
 * from config/metadata-types.json for what is newer.
 */
export function loadMetadataTypes(): MetadataTypes {
  const schemaModule: unknown = createRequire(import.meta.url)('jsforce/lib/api/metadata/schema.js');
  const { ApiSchemas } = z.object({ ApiSchemas: z.record(z.string(), typeSchema) }).parse(schemaModule);
  const overlay = overlaySchema.parse(JSON.parse(readFileSync(OVERLAY_FILE, 'utf8')));
  const elementsOf = (name: string): Map<string, Element> | undefined => {
    const known = ApiSchemas[name];
    const added = overlay.types[name];
    if (known === undefined && added === undefined) return undefined;
    const inherited = known?.extends === undefined ? undefined : elementsOf(known.extends);
    const elements = new Map(inherited ?? []);
    for (const [element, type] of Object.entries({ ...known?.props, ...added?.props }))
      elements.set(element, read(type));
    return elements;
  };
  return elementsOf;
}

function read(prop: z.infer<typeof propSchema>): Element {
  const isList = Array.isArray(prop);
  const text = isList ? (prop[0] ?? '') : prop;
  const isOptional = isList || text.startsWith('?');
  return { type: text.replace(/^\?/, ''), isOptional, isList };
}
