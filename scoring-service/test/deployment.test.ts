import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { startProcess } from '../bench/serviceProcess.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WORKSPACE = join(ROOT, 'scoring-service');
const DEPLOY = join(WORKSPACE, 'deploy');

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of the Dockerfile, line continuations joined, by stage. */
function dockerStages(): Instruction[][] {
  const lines = readFileSync(join(WORKSPACE, 'Dockerfile'), 'utf8').replaceAll(/\\\n/g, ' ').split('\n');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, name, text] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (name === undefined || text === undefined) continue;
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, text: text.trim() });
  }
  return stages;
}

function copies(stage: readonly Instruction[]): { sources: string[]; target: string }[] {
  return stage
    .filter(({ name, text }) => name === 'COPY' && !text.startsWith('--from'))
    .map(({ text }) => {
      const paths = text.split(/\s+/);
      return { sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
    });
}

test('shouldStartFromTheFilesThatTheImageCopiesAndNothingElse', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  try {
    const app = join(folder, 'scoring-service');
    mkdirSync(app);
    for (const { sources, target } of copies(dockerStages()[1] ?? [])) {
      for (const source of sources) {
        const isFolder = target.endsWith('/');
        const to = join(app, isFolder ? join(target, source.split('/').at(-1) ?? '') : target);
        mkdirSync(dirname(to), { recursive: true });
        cpSync(join(ROOT, source), source === 'scoring-service/package.json' ? join(app, 'package.json') : to, {
          recursive: true,
        });
      }
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const service = await startProcess({ STORE_FILE: join(folder, 'audit.sqlite') }, join(app, 'src/server.ts'));
    try {
      assert.equal((await fetch(`${service.url}/readyz`)).status, 200);
    } finally {
      await service.stop();
    }
    assert.ok(existsSync(join(app, 'scripts/hash-secret.ts')));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('shouldBuildInStagesFromAPinnedImageAndRunWithoutRoot', () => {
  const stages = dockerStages();
  assert.equal(stages.length, 2);
  for (const stage of stages) {
    const [from] = stage;
    assert.match(from?.text ?? '', /^node:\d+\.\d+\.\d+-/, 'the base image is pinned');
    for (const { sources } of copies(stage)) {
      for (const source of sources) assert.ok(existsSync(join(ROOT, source)), `${source} is not there`);
    }
  }
  const last = stages[1] ?? [];
  assert.match(last.find(({ name }) => name === 'USER')?.text ?? '', /^[1-9]\d*:[1-9]\d*$/, 'a number, not root');
  assert.ok(last.some(({ name }) => name === 'HEALTHCHECK'));
  assert.match(
    last.find(({ name }) => name === 'CMD')?.text ?? '',
    /^\["node"/,
    'signals reach the process, not a shell',
  );
  const node = z.object({ devDependencies: z.object({ node: z.string() }) });
  const { devDependencies } = node.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  assert.ok(stages[0]?.[0]?.text.startsWith(`node:${devDependencies.node}-`), 'the Node that the tests run on');
});

const MODELS: Record<string, new (data: never) => { validate(): void }> = {
  Deployment,
  StatefulSet,
  Service,
  HorizontalPodAutoscaler,
  PodDisruptionBudget,
  NetworkPolicy,
};

/** All documents of the manifests but kustomizations, by their file. */
function manifests(): { file: string; manifest: Record<string, unknown> }[] {
  return readdirSync(join(DEPLOY, 'kubernetes'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
    .flatMap((file) => {
      const text = readFileSync(join(DEPLOY, 'kubernetes', file), 'utf8');
      return parseAllDocuments(text).map((document) => {
        assert.deepEqual(document.errors, [], file);
        return { file, manifest: document.toJS() as Record<string, unknown> };
      });
    });
}

test('shouldBeValidByTheSchemasOfKubernetes', () => {
  const all = manifests();
  assert.deepEqual(new Set(all.map(({ manifest }) => manifest['kind'])), new Set(Object.keys(MODELS)));
  for (const { file, manifest } of all) {
    const Model = MODELS[String(manifest['kind'])];
    assert.ok(Model, `${file}: no schema for ${String(manifest['kind'])}`);
    assert.doesNotThrow(() => new Model(manifest as never).validate(), file);
  }
  // The schemas do refuse something.
  const broken = structuredClone(all.find(({ manifest }) => manifest['kind'] === 'Deployment')?.manifest ?? {});
  (broken['spec'] as Record<string, unknown>)['replicas'] = 'two';
  assert.throws(() => new Deployment(broken as never).validate());
});

test('shouldListEveryManifestInAKustomization', () => {
  for (const folder of ['base', 'with-postgres']) {
    const path = join(DEPLOY, 'kubernetes', folder);
    const { resources } = z
      .object({ resources: z.array(z.string()) })
      .parse(parse(readFileSync(join(path, 'kustomization.yaml'), 'utf8')));
    for (const resource of resources) assert.ok(existsSync(join(path, resource)), `${folder}: ${resource} is missing`);
    const files = readdirSync(path).filter((file) => file !== 'kustomization.yaml');
    assert.deepEqual(
      files.filter((file) => !resources.includes(file)),
      [],
      `${folder} leaves something out`,
    );
  }
});

const deployment = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
        containers: z.array(
          z.object({
            env: z.array(z.object({ name: z.string(), value: z.string() })),
            readinessProbe: z.object({ httpGet: z.object({ path: z.literal('/readyz') }) }),
            livenessProbe: z.object({ httpGet: z.object({ path: z.literal('/healthz') }) }),
            securityContext: z.object({
              readOnlyRootFilesystem: z.literal(true),
              allowPrivilegeEscalation: z.literal(false),
            }),
            lifecycle: z.object({
              preStop: z.object({ exec: z.object({ command: z.tuple([z.literal('sleep'), z.coerce.number()]) }) }),
            }),
          }),
        ),
      }),
    }),
  }),
});

test('shouldLeaveTimeToFinishWhatWasAcceptedWhenAPodEnds', () => {
  const found = manifests().find(({ manifest }) => manifest['kind'] === 'Deployment');
  const { spec } = deployment.parse(found?.manifest).spec.template;
  const [container] = spec.containers;
  const shutdown = Number(container?.env.find(({ name }) => name === 'SHUTDOWN_MS')?.value) / 1000;
  const wait = container?.lifecycle.preStop.exec.command[1] ?? Number.NaN;
  assert.ok(spec.terminationGracePeriodSeconds > shutdown + wait, `${shutdown} s and ${wait} s do not fit`);
});

test('shouldNameOnlyVariablesThatTheServiceReadsInTheComposition', () => {
  const compose = z
    .object({ services: z.object({ scoring: z.object({ environment: z.record(z.string(), z.string()) }) }) })
    .parse(parse(readFileSync(join(DEPLOY, 'compose.yaml'), 'utf8')));
  const config = readFileSync(join(WORKSPACE, 'src/config.ts'), 'utf8');
  const names = Object.keys(compose.services.scoring.environment);
  assert.ok(names.includes('DATABASE_URL'));
  for (const name of names) assert.match(config, new RegExp(`\\b${name}\\b`), `${name} is no variable of the service`);
});
