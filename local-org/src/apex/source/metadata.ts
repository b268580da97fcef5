import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import type { Problem } from '../problem.ts';

/** What a `-meta.xml` beside a class or trigger says about it. */
export interface ApexMetadata {
  /** As in `67`; a `67.0` in the file. */
  apiVersion: number;
  /** Only an active class or trigger takes part; only a trigger can be inactive. */
  status: 'Active' | 'Inactive' | 'Deleted';
}

const ROOTS = { 'class-file': 'ApexClass', 'trigger-file': 'ApexTrigger' } as const;
const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, ignoreDeclaration: true });
const text = z.string().optional();
/** Versions of packages, and what only tells people something, are of no consequence here. */
const fields = z.strictObject({
  apiVersion: text,
  status: text,
  packageVersions: z.unknown().optional(),
  fullName: text,
  // Text between elements is passed over. unverified: it rests on rsoesemann/apex-domainbuilder, whose releases have it
  '#text': z.unknown().optional(),
});

/** Reads such a file; null after a problem. `file` is what problems call it. */
export function readMetadata(
  file: string,
  xml: string,
  kind: 'class-file' | 'trigger-file',
  problems: Problem[],
): ApexMetadata | null {
  const report = (line: number, column: number, message: string): null => {
    problems.push({ file, line, column, message });
    return null;
  };
  const valid = XMLValidator.validate(xml);
  if (valid !== true) return report(valid.err.line, valid.err.col, `Malformed XML: ${valid.err.msg}`);

  const root = ROOTS[kind];
  const document = parser.parse(xml) as Record<string, unknown>;
  if (document[root] === undefined) {
    return report(...placeOf(xml, Object.keys(document)[0]), `The root element must be ${root}`);
  }
  const parsed = fields.safeParse(document[root]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = issue?.code === 'unrecognized_keys' ? issue.keys[0] : String(issue?.path[0] ?? root);
    const message =
      issue?.code === 'unrecognized_keys' ? `Unknown element ${name}` : `Invalid ${name}: one text belongs`;
    return report(...placeOf(xml, name), `${message} in ${root}`);
  }
  const { apiVersion, status = 'Active' } = parsed.data;
  if (apiVersion === undefined)
    return report(...placeOf(xml, root), 'apiVersion is missing: add <apiVersion>67.0</apiVersion>');
  if (!/^\d+(\.0)?$/.test(apiVersion)) {
    return report(...placeOf(xml, 'apiVersion'), `'${apiVersion}' is not an API version: write one like 67.0`);
  }
  if (Number(apiVersion) > NEWEST_VERSION) {
    return report(...placeOf(xml, 'apiVersion'), `Invalid version specified:${apiVersion}`);
  }
  if (status !== 'Active' && status !== 'Deleted' && (status !== 'Inactive' || kind === 'class-file')) {
    const allowed = kind === 'class-file' ? 'Active or Deleted' : 'Active, Inactive or Deleted';
    return report(...placeOf(xml, 'status'), `'${status}' is not a status of ${root}: use ${allowed}`);
  }
  return { apiVersion: Number(apiVersion), status };
}

/** Winter '27; what it changes is not built, so that it behaves as 67.0 does. */
const NEWEST_VERSION = 68;

/** Line and column of an element's start, from 1. */
function placeOf(xml: string, element: string | undefined): [line: number, column: number] {
  const offset = xml.search(new RegExp(`<${element}[\\s/>]`));
  const before = xml.slice(0, Math.max(offset, 0)).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}
