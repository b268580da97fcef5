import { Router, json } from 'express';
import { z } from 'zod';
import type { TestResult } from '../engine/testRun.ts';
import type { TestReport } from '../testing/runSharded.ts';
import type { AppDependencies } from './app.ts';
import { authenticate } from './authenticate.ts';

const body = z.strictObject({
  tests: z.array(z.strictObject({ className: z.string(), testMethods: z.array(z.string()).optional() })).min(1),
  skipCodeCoverage: z.boolean().optional(),
});

/** Runs tests of the project in an org of their own, so that they see none of the records of this one. */
export type RunTests = (names: readonly string[]) => Promise<TestReport>;

/** `POST /tooling/runTestsSynchronous` with tests by name; `GET …?classnames=A,B`. */
export function toolingTestRoutes({ sessions, runTests }: Pick<AppDependencies, 'sessions' | 'runTests'>): Router {
  const router = Router();
  const path = '/services/data/:version/tooling/runTestsSynchronous';
  const answer = async (names: readonly string[]) => answerJson(await runTests(names));
  router.post(path, authenticate(sessions), json({ type: () => true }), async (request, response) => {
    const { tests } = body.parse(request.body);
    const names = tests.flatMap(({ className, testMethods }) =>
      testMethods ? testMethods.map((method) => `${className}.${method}`) : [className],
    );
    response.json(await answer(names));
  });
  router.get(path, authenticate(sessions), async (request, response) => {
    const { classnames } = z.object({ classnames: z.string().min(1) }).parse(request.query);
    response.json(await answer(classnames.split(',')));
  });
  return router;
}

/** Source: Tooling API, runTestsSynchronous; coverage is that of `local-org test --coverage`. */
function answerJson({ tests }: TestReport): Record<string, unknown> {
  const good = tests.filter(({ outcome }) => outcome === 'pass');
  const bad = tests.filter(({ outcome }) => outcome !== 'pass');
  return {
    apexLogId: '',
    codeCoverage: [],
    codeCoverageWarnings: [],
    successes: good.map(common),
    failures: bad.map((test) => ({
      ...common(test),
      message: test.message,
      stackTrace: test.stack,
      packageName: test.class,
      type: 'Class',
    })),
    numFailures: bad.length,
    numTestsRun: tests.length,
    totalTime: tests.reduce((sum, { ms }) => sum + ms, 0),
  };
}

function common({ class: name, method: methodName, seeAllData, ms: time }: TestResult): Record<string, unknown> {
  return { name, methodName, namespace: null, seeAllData, time };
}
