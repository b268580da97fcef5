import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Stretches of a source, as offsets: from, to (exclusive). */
export type Stretches = readonly (readonly [from: number, to: number])[];

/** What a run executed: for each source that it loaded, by path, the stretches that it reached. */
export type Reach = Readonly<Record<string, Stretches>>;

const scriptSchema = z.object({
  url: z.string(),
  functions: z.array(
    z.object({
      ranges: z.array(z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() })),
    }),
  ),
});
const fileSchema = z.object({ result: z.array(z.unknown()) });

/**
 * Reads the coverage that V8 wrote (`NODE_V8_COVERAGE`), one file a thread. Node blanks types out where it strips them, so
 * V8's offsets are those of the source.
 *
 * @param root the folder that paths are relative to.
 */
export function readReach(coverage: string, root: string, wanted: (path: string) => boolean): Reach {
  const reached = new Map<string, Uint8Array>();
  for (const name of existsSync(coverage) ? readdirSync(coverage) : []) {
    const { result } = fileSchema.parse(JSON.parse(readFileSync(join(coverage, name), 'utf8')));
    for (const each of result) {
      const { url, functions } = scriptSchema.parse(each);
      if (!url.startsWith('file:')) continue;
      const path = relative(root, fileURLToPath(url));
      if (!wanted(path)) continue;
      const ranges = functions.flatMap((each) => each.ranges);
      reached.set(path, united(painted(ranges), reached.get(path)));
    }
  }
  return Object.fromEntries([...reached].map(([path, marks]) => [path, stretches(marks)]));
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/** A mark for each character that ran. Of two ranges one holds the other or they are apart: the inner one counts. */
function painted(ranges: readonly Range[]): Uint8Array {
  const marks = new Uint8Array(Math.max(0, ...ranges.map(({ endOffset }) => endOffset)));
  const outerFirst = [...ranges].sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of outerFirst) marks.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return marks;
}

function united(one: Uint8Array, other: Uint8Array | undefined): Uint8Array {
  return other === undefined ? one : one.map((mark, at) => mark | (other[at] ?? 0));
}

function stretches(marks: Uint8Array): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at < marks.length; at++) {
    if (marks[at] === 0) continue;
    const end = marks.indexOf(0, at);
    found.push([at, end < 0 ? marks.length : end]);
    at = end < 0 ? marks.length : end;
  }
  return found;
}

/** Whether a run executed the character at an offset of a source. */
export function reaches(reach: Reach, path: string, offset: number): boolean {
  return (reach[path] ?? []).some(([from, to]) => from <= offset && offset < to);
}
