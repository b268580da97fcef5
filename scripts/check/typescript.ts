import type { Checker, Finding } from './finding.ts';
import { runNodeTool } from './tool.ts';

const ERROR = /^(?<file>[^(\n]+)\((?<line>\d+),\d+\): error (?<rule>TS\d+): (?<message>.*)$/;

/** TypeScript's own type check of everything that tsconfig.json includes. */
export const typescript: Checker = {
  name: 'typescript',
  what: 'types of the TypeScript sources',
  async check(root) {
    const { code, stdout, stderr } = await runNodeTool(
      'typescript/bin/tsc',
      ['--project', '.', '--pretty', 'false'],
      root,
    );
    const findings: Finding[] = [];
    for (const text of stdout.split('\n')) {
      const found = ERROR.exec(text)?.groups;
      if (found !== undefined) {
        findings.push({
          file: found['file'] ?? '',
          line: Number(found['line']),
          rule: found['rule'] ?? '',
          message: found['message'] ?? '',
        });
      }
    }
    if (code !== 0 && findings.length === 0) {
      findings.push({ file: '', line: 0, rule: 'tsc', message: `${stdout}${stderr}`.trim() });
    }
    return findings;
  },
};
