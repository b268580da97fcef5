import { Router, json } from 'express';
import { z } from 'zod';
import { faultsBody } from '../engine/faults.ts';
import type { AppDependencies } from './app.ts';

const jobsQuery = z.strictObject({
  kind: z.string().optional(),
  name: z.string().optional(),
  afterId: z.coerce.number().int().optional(),
});

/** `/_local/*`: what Salesforce has not: faults on demand, and a look at what runs. Not visible to Apex. */
export function localRoutes({ engine }: AppDependencies): Router {
  const router = Router();

  router.post('/_local/faults', json(), async (request, response) => {
    await engine.faults(faultsBody.parse(request.body));
    response.status(204).end();
  });

  router.get('/_local/jobs', async (request, response) => {
    response.json(await engine.jobs(jobsQuery.parse(request.query)));
  });

  router.get('/_local/idle', async (_request, response) => {
    await engine.idle();
    response.json({ idle: true });
  });
  return router;
}
