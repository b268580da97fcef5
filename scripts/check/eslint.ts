import { relative } from 'node:path';
import { ESLint } from 'eslint';
import type { Checker } from './finding.ts';

/** ESLint with the rules of eslint.config.js; warnings count, since nobody reads them otherwise. */
export const eslint: Checker = {
  name: 'eslint',
  what: 'rules of eslint.config.js',
  async check(root) {
    const results = await new ESLint({ cwd: root }).lintFiles(['.']);
    return results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, message }) => ({
        file: relative(root, filePath),
        line,
        rule: ruleId ?? 'eslint',
        message,
      })),
    );
  },
};
