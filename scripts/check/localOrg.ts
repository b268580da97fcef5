import { compileProject } from '../../local-org/src/compileProject.ts';
import type { Checker } from './finding.ts';

/**
 * Compiles the package as the local org does. It sees what apex-ls does not: fields in queries, interfaces that jobs must
 * have, conversions that lose something.
 */
export const localOrg: Checker = {
  name: 'local-org',
  what: 'the Apex, as the local org compiles it',
  async check(projectDir) {
    const { allProblems } = await compileProject(projectDir, { cacheDir: null });
    return allProblems.map(({ file, line, message }) => ({ file, line, rule: 'local-org', message }));
  },
};
