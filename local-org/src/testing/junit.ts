import { XMLBuilder } from 'fast-xml-parser';
import type { TestResult } from '../engine/testRun.ts';

/** Test results as JUnit XML, which CI systems read. */
export function junitXml(tests: readonly TestResult[]): string {
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true, attributeNamePrefix: '@' });
  const classes = Map.groupBy(tests, (test) => test.class);
  const suites = [...classes].map(([name, results]) => ({
    '@name': name,
    '@tests': results.length,
    '@failures': results.filter(({ outcome }) => outcome === 'fail').length,
    '@errors': results.filter(({ outcome }) => outcome === 'error' || outcome === 'unsupported').length,
    '@time': (results.reduce((sum, { ms }) => sum + ms, 0) / 1000).toFixed(3),
    testcase: results.map(({ method, outcome, message, stack, ms }) => ({
      '@classname': name,
      '@name': method,
      '@time': (ms / 1000).toFixed(3),
      ...(outcome === 'pass'
        ? {}
        : {
            [outcome === 'fail' ? 'failure' : 'error']: {
              '@type': outcome,
              '@message': asXml(message ?? ''),
              '#text': asXml(stack ?? ''),
            },
          }),
    })),
  }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(builder.build({ testsuites: { testsuite: suites } }))}`;
}

/** Characters that XML 1.0 does not have, not even escaped. */
const NOT_XML = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function asXml(text: string): string {
  return text.replace(NOT_XML, '\uFFFD');
}
