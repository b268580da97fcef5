import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { capsFor, zeroCounters } from '../../src/engine/caps.ts';
import { current } from '../../src/engine/current.ts';
import type { Access, DmlOperation, DmlOptions, DmlOutcome, TriggerInvoker } from '../../src/engine/data.ts';
import type { Services } from '../../src/engine/services.ts';
import type { RunningUser, Transaction } from '../../src/engine/transaction.ts';
import { Org } from '../../src/org/org.ts';
import { loadSchema } from '../../src/schema/loadSchema.ts';
import type { LoadedProject } from '../../src/schema/loadSchema.ts';
import { PreparedPlan } from '../../src/soql/prepare.ts';
import { Universe } from '../../src/types/universe.ts';
import { ApexException } from '../../src/values/exception.ts';
import { SObjectValue } from '../../src/values/sobject.ts';
import type { FieldValues } from '../../src/values/sobject.ts';

export const SYSTEM: Access = { mode: 'system', sharing: false };
export const SHARING: Access = { mode: 'system', sharing: true };
export const USER: Access = { mode: 'user', sharing: true };

/** Metadata files by path under `force-app/main/default`. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** Loads a project that consists of these files. */
export function loadProject(files: ProjectFiles): LoadedProject {
  const root = mkdtempSync(join(tmpdir(), 'local-org-test-'));
  try {
    writeFileSync(join(root, 'sfdx-project.json'), '{"packageDirectories":[{"path":"force-app","default":true}]}');
    mkdirSync(join(root, 'force-app'));
    for (const [path, text] of Object.entries(files)) {
      const file = join(root, 'force-app/main/default', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return loadSchema(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** XML of a metadata file. */
export function xml(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">\n${content}\n</${root}>\n`;
}

export function objectXml(label: string, rest = ''): string {
  return xml(
    'CustomObject',
    `<label>${label}</label><pluralLabel>${label}s</pluralLabel><nameField><label>Name</label><type>Text</type></nameField>` +
      (rest.includes('<sharingModel>') ? rest : `<sharingModel>ReadWrite</sharingModel>${rest}`),
  );
}

export function fieldXml(fullName: string, type: string, rest = ''): string {
  return xml(
    'CustomField',
    `<fullName>${fullName}</fullName><label>${fullName.replace('__c', '')}</label><type>${type}</type>${rest}`,
  );
}

type Trigger = (rows: readonly SObjectValue[] | null, old: readonly SObjectValue[] | null) => void;

/** An org with one running transaction, as the engine would have it. */
export class TestOrg {
  readonly org: Org;
  readonly #triggers = new Map<string, Trigger>();
  clock = Date.UTC(2026, 4, 15, 10, 0, 0);

  constructor(files: ProjectFiles = {}) {
    const project = loadProject(files);
    const [problem] = project.problems;
    if (problem) throw new Error(`${problem.file}:${problem.line}: ${problem.message}`);
    this.org = Org.create(project, { now: this.clock });
    const invoker: TriggerInvoker = {
      has: (object, event) => this.#triggers.has(`${object} ${event}`),
      run: (object, event, rows, old) => {
        current.tx.triggerDepth++;
        try {
          this.#triggers.get(`${object} ${event}`)?.(rows, old);
        } finally {
          current.tx.triggerDepth--;
        }
      },
    };
    this.org.connect(invoker);
    current.universe = new Universe(project.schema);
    this.begin();
  }

  /** Commits what there is and begins another transaction. */
  begin(user: RunningUser = this.org.administrator): Transaction {
    this.org.store.commit();
    const services = {
      now: () => this.clock,
      organizationId: this.org.organizationId,
      hasCustomPermission: (name: string) => this.org.hasCustomPermission(current.tx.user.id, name),
    };
    const tx: Transaction = {
      id: 1,
      kind: 'test',
      asynchronous: false,
      user,
      used: zeroCounters(),
      caps: capsFor('test'),
      cpuCap: 10_000,
      cpuStart: 0,
      statics: new Map(),
      uncommitted: 'none',
      triggerDepth: 0,
      test: null,
      jobId: null,
      lockOwner: {},
      data: this.org.data,
      services: services as unknown as Services,
      debug: () => undefined,
    };
    current.tx = tx;
    current.dead = false;
    return tx;
  }

  trigger(object: string, event: string, body: Trigger): void {
    this.#triggers.set(`${object} ${event}`, body);
  }

  record(object: string, fields: FieldValues): SObjectValue {
    const descriptor = this.org.schema.object(object);
    if (!descriptor) throw new Error(`there is no ${object}`);
    return new SObjectValue(descriptor, { ...fields });
  }

  dml(operation: DmlOperation, records: SObjectValue[], options: Partial<DmlOptions> = {}): DmlOutcome[] {
    return this.org.data.dml(operation, records, { allOrNone: true, access: SYSTEM, ...options });
  }

  insert(object: string, ...rows: FieldValues[]): SObjectValue[] {
    const records = rows.map((fields) => this.record(object, fields));
    this.dml('insert', records);
    return records;
  }

  query(text: string, binds: readonly unknown[] = [], access = SYSTEM): SObjectValue[] {
    return this.org.data.query(this.#prepare(text), binds, access);
  }

  count(text: string, binds: readonly unknown[] = [], access = SYSTEM): number {
    return this.org.data.count(this.#prepare(text), binds, access);
  }

  /** Values of one column. */
  column(text: string, name: string, binds: readonly unknown[] = [], access = SYSTEM): unknown[] {
    return this.query(text, binds, access).map((row) => row.get(name));
  }

  #prepare(text: string): PreparedPlan {
    const query = this.org.data.prepare(text);
    if (!(query instanceof PreparedPlan)) throw new Error('message' in query ? query.message : text);
    return query;
  }

  /** A user with a profile; inserted outside any transaction. */
  user(name: string, profile = 'Standard User', more: FieldValues = {}): RunningUser {
    const tx = current.tx;
    this.begin();
    const [profileRow] = this.org.store.tableOf('Profile').find('Name', profile);
    const [record] = this.insert('User', {
      Username: `${name.toLowerCase()}@test.example`,
      LastName: name,
      Email: `${name.toLowerCase()}@test.example`,
      Alias: name.slice(0, 8),
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      ProfileId: profileRow?.['Id'],
      ...more,
    });
    this.org.store.commit();
    current.tx = tx;
    return this.org.user(String(record?.id)) as RunningUser;
  }
}

/** The exception that a call throws. @throws Error where it throws none of Apex. */
export function apexError(call: () => unknown): ApexException {
  try {
    call();
  } catch (error) {
    if (error instanceof ApexException) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
