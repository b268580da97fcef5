/** A part of local-org whose own checks are changed, and the tests that must notice. Paths are relative to local-org. */
export interface Area {
  readonly name: string;
  /** Folders of sources. */
  readonly sources: readonly string[];
  /** Globs of test files, close ones first: that is the order in which they are run. */
  readonly tests: readonly string[];
}

/** Tests that go through all parts. */
const THROUGHOUT = ['test/strictness.test.ts', 'test/badProjects.test.ts', 'test/platform/apexTests.test.ts'];

export const AREAS: readonly Area[] = [
  {
    name: 'check',
    sources: ['src/apex/check'],
    tests: [
      'test/apex/check/**/*.test.ts',
      'test/apex/language/**/*.test.ts',
      'test/security/apexAccess.test.ts',
      'test/engine/testRun.test.ts',
      ...THROUGHOUT,
    ],
  },
  {
    name: 'soql',
    sources: ['src/soql'],
    tests: ['test/soql/**/*.test.ts', 'test/security/**/*.test.ts', 'test/store/**/*.test.ts', ...THROUGHOUT],
  },
  {
    name: 'dml',
    sources: ['src/dml'],
    tests: ['test/dml/**/*.test.ts', 'test/security/**/*.test.ts', 'test/store/**/*.test.ts', ...THROUGHOUT],
  },
  {
    name: 'security',
    sources: ['src/security'],
    tests: ['test/security/**/*.test.ts', 'test/dml/**/*.test.ts', 'test/soql/**/*.test.ts', ...THROUGHOUT],
  },
  {
    name: 'engine',
    sources: ['src/engine'],
    tests: [
      'test/engine/**/*.test.ts',
      'test/async/**/*.test.ts',
      'test/dml/limits.test.ts',
      'test/api/http.test.ts',
      'test/api/apexRest.test.ts',
      ...THROUGHOUT,
    ],
  },
];
