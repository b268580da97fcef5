import type { Finding } from './finding.ts';

/** A finding that is accepted, and why. What is left blank in it fits any finding. */
export interface Known {
  file: string;
  rule?: string | undefined;
  line?: number | undefined;
  message?: string | undefined;
  reason: string;
}

/**
 * Leaves out what is known. An entry that fits nothing is a finding itself, so that the list never outlives its reasons.
 */
export function withoutKnown(findings: readonly Finding[], known: readonly Known[], listFile: string): Finding[] {
  const used = new Set<Known>();
  const left = findings.filter((finding) => {
    const entries = known.filter((entry) => fits(entry, finding));
    for (const entry of entries) used.add(entry);
    return entries.length === 0;
  });
  const stale = known.filter((entry) => !used.has(entry));
  return [
    ...left,
    ...stale.map((entry) => ({
      file: listFile,
      line: 0,
      rule: 'stale entry',
      message: `nothing fits ${JSON.stringify(entry)} any more; remove it`,
    })),
  ];
}

function fits(entry: Known, finding: Finding): boolean {
  return (
    entry.file === finding.file &&
    (entry.rule === undefined || entry.rule === finding.rule) &&
    (entry.line === undefined || entry.line === finding.line) &&
    (entry.message === undefined || entry.message === finding.message)
  );
}
