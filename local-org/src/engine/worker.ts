import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { classAccess } from '../api/operations/apexRest/classAccess.ts';
import { restResources } from '../api/operations/apexRest/resources.ts';
import { requestHandler } from '../api/operations/handle.ts';
import { assembleEngine } from '../assembleEngine.ts';
import { CalloutLine } from './callouts/line.ts';
import type { EngineSettings, EngineStarted } from './protocol.ts';
import { EngineServer } from './server.ts';
import { Wake } from './wake.ts';

/** The thread of Apex and the records. */
const {
  port,
  wake: buffer,
  settings,
} = workerData as {
  port: MessagePort;
  wake: SharedArrayBuffer;
  settings: EngineSettings;
};
const started = performance.now();
const wake = new Wake(buffer);
const server = new EngineServer(port, wake, new CalloutLine(wake));
const assembled = await assembleEngine(settings, {
  callout: server.callout,
  report: (line) => parentPort?.postMessage(line),
});
if (assembled.problems.length > 0) {
  const message: EngineStarted = { ok: false, problems: assembled.problems };
  port.postMessage(message);
} else {
  const { engine, project } = assembled;
  const resources = restResources(project.compilation.units);
  const mayRun = classAccess(project.metadata, engine.records);
  server.start(engine, requestHandler(engine, { resources, mayRun }));
  const message: EngineStarted = {
    ok: true,
    organizationId: engine.records.organizationId,
    adminUsername: engine.records.administrator.username,
    ms: Math.round(performance.now() - started),
  };
  port.postMessage(message);
}
