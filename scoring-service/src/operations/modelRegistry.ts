import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { ModelRefusedError, NotFoundError, UnavailableError } from '../errors.ts';
import { KNOWN_FEATURES } from '../features/featureVector.ts';
import { loadModel } from '../model/servedModel.ts';
import type { ServedModel } from '../model/servedModel.ts';
import type { AuditStore } from '../store/auditStore.ts';
import { tryGates } from './gates.ts';
import type { Gate } from './gates.ts';

/** The model that serves, and the one that is tried beside it. */
export type Slot = 'champion' | 'challenger';

/** A model of the folder, as `GET /v1/models` shows it. */
export interface RegisteredModel {
  readonly file: string;
  readonly version: string | null;
  readonly sha256: string | null;
  readonly kind: string | null;
  readonly calibrated: boolean | null;
  readonly slots: Slot[];
  /** Why it can't serve; null if it can. */
  readonly refused: string | null;
}

const versioned = z.object({ version: z.string() });

const MANIFEST = '.manifest.json';
const POLL_MS = 2000;

/**
 * The models of a folder and which of them serves. What was promoted stands in the store and is taken over by every
 * replica within seconds; requests under way keep the model that they began with. Until something is promoted, the
 * configured model serves.
 */
export class ModelRegistry {
  readonly #folder: string;
  readonly #store: AuditStore;
  readonly #log: Logger;
  readonly #slots = new Map<Slot, ServedModel>();
  /** Promoted models that the folder does not have (yet): said once each. */
  readonly #missed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: { folder: string; store: AuditStore; log: Logger }) {
    this.#folder = options.folder;
    this.#store = options.store;
    this.#log = options.log;
  }

  /** @throws ModelRefusedError if the model that is to serve is not what its manifest says. */
  static async open(options: {
    folder: string;
    configured: string;
    store: AuditStore;
    log: Logger;
  }): Promise<ModelRegistry> {
    const registry = new ModelRegistry(options);
    const configured = await loadModel(join(options.folder, options.configured + MANIFEST), KNOWN_FEATURES);
    if (configured !== null) registry.#set('champion', configured);
    await registry.refresh();
    registry.#timer = setInterval(() => {
      registry.refresh().catch((error: unknown) => options.log.error({ err: error }, 'the models were not refreshed'));
    }, POLL_MS).unref();
    return registry;
  }

  champion(): ServedModel | null {
    return this.#slots.get('champion') ?? null;
  }

  challenger(): ServedModel | null {
    return this.#slots.get('challenger') ?? null;
  }

  /** The model with this hash, for replay; null if the folder no longer has it. */
  async find(sha256: string): Promise<ServedModel | null> {
    for (const model of this.#slots.values()) if (model.sha256 === sha256) return model;
    for (const file of await this.#files()) {
      // Only the one that is looked for is loaded: that takes a second for many trees.
      const bytes = await readFile(join(this.#folder, file)).catch(() => null);
      if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256) continue;
      const model = await loadModel(join(this.#folder, file), KNOWN_FEATURES).catch(() => null);
      if (model?.sha256 === sha256) return model;
    }
    return null;
  }

  async list(): Promise<RegisteredModel[]> {
    const listed: RegisteredModel[] = [];
    for (const file of await this.#files()) {
      try {
        const model = await loadModel(join(this.#folder, file), KNOWN_FEATURES);
        if (model === null) continue;
        const { version, kind, calibrated } = model.manifest;
        const slots = [...this.#slots].filter(([, each]) => each.sha256 === model.sha256).map(([slot]) => slot);
        listed.push({ file, version, sha256: model.sha256, kind, calibrated, slots, refused: null });
      } catch (error) {
        if (!(error instanceof ModelRefusedError)) throw error;
        const unknown = { version: null, sha256: null, kind: null, calibrated: null, slots: [] };
        listed.push({ file, ...unknown, refused: error.message });
      }
    }
    return listed;
  }

  /** Puts a version into a slot if it passes the gates. @throws NotFoundError if no model of the folder has that version. */
  async promote(version: string, slot: Slot, by: string): Promise<{ promoted: boolean; gates: Gate[] }> {
    const model = await this.#withVersion(version);
    const gates = await tryGates(model, this.champion());
    const promoted = gates.every((gate) => gate.passed);
    const at = Date.now();
    await this.#store.write({
      kind: 'promotion',
      promotion: {
        version,
        sha256: model.sha256,
        slot,
        promoted: Number(promoted),
        gates: JSON.stringify(gates),
        decided_at: at,
        decided_by: by,
      },
      serving: promoted ? { slot, version, sha256: model.sha256, set_at: at, set_by: by } : null,
    });
    if (promoted) this.#set(slot, model);
    return { promoted, gates };
  }

  /** Takes over what was promoted, here or by another replica. */
  async refresh(): Promise<void> {
    const rows = await this.#store.read(this.#store.db.selectFrom('serving').select(['slot', 'sha256']).execute());
    for (const { slot, sha256 } of rows) {
      if (slot !== 'champion' && slot !== 'challenger') continue;
      const serving = this.#slots.get(slot);
      if (serving?.sha256 === sha256) continue;
      const model = await this.find(sha256);
      // What was promoted here in the meantime is newer.
      if (this.#slots.get(slot) !== serving) continue;
      if (model !== null) this.#set(slot, model);
      else if (!this.#missed.has(sha256)) {
        this.#missed.add(sha256);
        this.#log.error({ slot, sha256, folder: this.#folder }, 'a promoted model is not in the folder of models');
      }
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #set(slot: Slot, model: ServedModel): void {
    this.#slots.set(slot, model);
    this.#log.info({ slot, version: model.manifest.version, sha256: model.sha256 }, 'model serves');
  }

  async #withVersion(version: string): Promise<ServedModel> {
    for (const file of await this.#files()) {
      const named = versioned.safeParse(await jsonIn(join(this.#folder, file)));
      if (named.data?.version !== version) continue;
      const model = await loadModel(join(this.#folder, file), KNOWN_FEATURES).catch((error: unknown) => {
        if (error instanceof ModelRefusedError) return null;
        throw error;
      });
      if (model !== null) return model;
    }
    throw new NotFoundError('No model of the folder has this version and can be loaded; see GET /v1/models.');
  }

  async #files(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((file) => file.endsWith(MANIFEST)).sort();
    } catch {
      throw new UnavailableError('no-models', 'The folder of models can not be read.', 30);
    }
  }
}

/** What stands in a file, null where that is no JSON. */
async function jsonIn(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    return null;
  }
}
