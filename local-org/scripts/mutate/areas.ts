/** A part of local-org whose own checks are changed, and the tests that must notice. Paths are relative to local-org. */
export interface Area {
  readonly name: string;
  /** Folders of sources. */
  readonly sources: readonly string[];
  /** Globs of test files, quick and close ones first: the first that fails ends the run. */
  readonly tests: readonly (readonly string[])[];
}

export const AREAS: readonly Area[] = [
  {
    name: 'check',
    sources: ['src/apex/check'],
    tests: [
      ['test/apex/check/**/*.test.ts', 'test/security/apexAccess.test.ts'],
      ['test/apex/language/**/*.test.ts'],
      ['test/engine/testRun.test.ts'],
    ],
  },
  {
    name: 'soql',
    sources: ['src/soql'],
    tests: [['test/soql/**/*.test.ts'], ['test/security/**/*.test.ts']],
  },
  {
    name: 'dml',
    sources: ['src/dml'],
    tests: [['test/dml/**/*.test.ts'], ['test/security/**/*.test.ts']],
  },
  {
    name: 'security',
    sources: ['src/security'],
    tests: [['test/security/**/*.test.ts'], ['test/dml/**/*.test.ts']],
  },
  {
    name: 'engine',
    sources: ['src/engine'],
    tests: [
      ['test/engine/limits.test.ts', 'test/engine/testRun.test.ts'],
      ['test/engine/**/*.test.ts', 'test/async/**/*.test.ts'],
    ],
  },
];
