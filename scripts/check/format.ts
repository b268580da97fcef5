import type { Checker, Finding } from './finding.ts';
import { runNodeTool } from './tool.ts';

/** A line of prettier's report, but for the stack traces of files that it cannot read. */
const COMPLAINT = /^\[(?<level>warn|error)\] (?<text>(?! {4}at ).+)$/;

/** Prettier, for Apex too (prettier-plugin-apex parses with a native program that its package brings along). */
export const format: Checker = {
  name: 'format',
  what: 'formatting by prettier, Apex included',
  async check(root) {
    const { code, stdout, stderr } = await runNodeTool(
      'prettier/bin/prettier.cjs',
      ['--check', '--no-color', '.'],
      root,
    );
    const findings: Finding[] = [];
    for (const text of `${stdout}\n${stderr}`.split('\n')) {
      const found = COMPLAINT.exec(text)?.groups;
      if (found === undefined || found['text']?.startsWith('Code style issues') === true) continue;
      findings.push(
        found['level'] === 'warn'
          ? {
              file: found['text'] ?? '',
              line: 0,
              rule: 'prettier',
              message: 'is not formatted; npm run format formats it',
            }
          : { file: '', line: 0, rule: 'prettier', message: found['text'] ?? '' },
      );
    }
    if (code !== 0 && findings.length === 0) {
      findings.push({ file: '', line: 0, rule: 'prettier', message: `${stdout}${stderr}`.trim() });
    }
    return findings;
  },
};
