import { Migrator } from 'kysely/migration';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { StoreTables } from './schema.ts';
import type { StoreKind } from './database.ts';

/** The migrations in their order. A released one never changes: what comes later is a new one. */
function migrationsFor(kind: StoreKind): Record<string, Migration> {
  const blob = kind === 'postgres' ? 'bytea' : 'blob';
  const serial = kind === 'postgres' ? 'serial' : 'integer';
  return {
    '0001-audit': {
      up: async (db) => {
        await db.schema
          .createTable('requests')
          .addColumn('client_id', 'text', (c) => c.notNull())
          .addColumn('request_id', 'text', (c) => c.notNull())
          .addColumn('kind', 'text', (c) => c.notNull())
          .addColumn('body_hash', 'text', (c) => c.notNull())
          .addColumn('received_at', 'bigint', (c) => c.notNull())
          .addColumn('model_version', 'text', (c) => c.notNull())
          .addColumn('model_sha256', 'text', (c) => c.notNull())
          .addColumn('stamp', 'text', (c) => c.notNull())
          .addColumn('input', blob, (c) => c.notNull())
          .addColumn('answer', blob, (c) => c.notNull())
          .addColumn('audit', blob, (c) => c.notNull())
          .addPrimaryKeyConstraint('requests_pk', ['client_id', 'request_id'])
          .execute();
        await db.schema.createIndex('requests_received').on('requests').column('received_at').execute();
        await db.schema
          .createTable('decisions')
          .addColumn('client_id', 'text', (c) => c.notNull())
          .addColumn('request_id', 'text', (c) => c.notNull())
          .addColumn('position', 'integer', (c) => c.notNull())
          .addColumn('trace_id', 'text', (c) => c.notNull())
          .addColumn('recommended', 'text')
          .addColumn('arm', 'text', (c) => c.notNull())
          .addColumn('propensity', 'double precision')
          .addColumn('score', 'double precision', (c) => c.notNull())
          .addColumn('confidence', 'double precision')
          .addColumn('win_probability', 'double precision')
          .addColumn('decided_at', 'bigint', (c) => c.notNull())
          .addPrimaryKeyConstraint('decisions_pk', ['client_id', 'request_id', 'position'])
          .execute();
        await db.schema.createIndex('decisions_trace').on('decisions').column('trace_id').execute();
        await db.schema.createIndex('decisions_decided').on('decisions').column('decided_at').execute();
        await db.schema
          .createTable('outcomes')
          .addColumn('client_id', 'text', (c) => c.notNull())
          .addColumn('outcome_id', 'text', (c) => c.notNull())
          .addColumn('trace_id', 'text', (c) => c.notNull())
          .addColumn('kind', 'text', (c) => c.notNull())
          .addColumn('rep_ref', 'text')
          .addColumn('occurred_at', 'bigint', (c) => c.notNull())
          .addColumn('received_at', 'bigint', (c) => c.notNull())
          .addColumn('body_hash', 'text', (c) => c.notNull())
          .addPrimaryKeyConstraint('outcomes_pk', ['client_id', 'outcome_id'])
          .execute();
        await db.schema.createIndex('outcomes_trace').on('outcomes').column('trace_id').execute();
        await db.schema.createIndex('outcomes_received').on('outcomes').column('received_at').execute();
      },
    },
    '0002-prices-and-models': {
      up: async (db) => {
        await db.schema
          .createTable('prices')
          .addColumn('client_id', 'text', (c) => c.notNull())
          .addColumn('rep_ref', 'text', (c) => c.notNull())
          .addColumn('price', 'double precision', (c) => c.notNull())
          .addColumn('updated_at', 'bigint', (c) => c.notNull())
          .addPrimaryKeyConstraint('prices_pk', ['client_id', 'rep_ref'])
          .execute();
        await db.schema
          .createTable('arrivals')
          .addColumn('client_id', 'text', (c) => c.notNull())
          .addColumn('day', 'integer', (c) => c.notNull())
          .addColumn('leads', 'integer', (c) => c.notNull())
          .addPrimaryKeyConstraint('arrivals_pk', ['client_id', 'day'])
          .execute();
        await db.schema
          .createTable('serving')
          .addColumn('slot', 'text', (c) => c.primaryKey())
          .addColumn('version', 'text', (c) => c.notNull())
          .addColumn('sha256', 'text', (c) => c.notNull())
          .addColumn('set_at', 'bigint', (c) => c.notNull())
          .addColumn('set_by', 'text', (c) => c.notNull())
          .execute();
        await db.schema
          .createTable('promotions')
          .addColumn('id', serial, (c) => c.primaryKey())
          .addColumn('version', 'text', (c) => c.notNull())
          .addColumn('sha256', 'text', (c) => c.notNull())
          .addColumn('slot', 'text', (c) => c.notNull())
          .addColumn('promoted', 'integer', (c) => c.notNull())
          .addColumn('gates', 'text', (c) => c.notNull())
          .addColumn('decided_at', 'bigint', (c) => c.notNull())
          .addColumn('decided_by', 'text', (c) => c.notNull())
          .execute();
        await db.schema
          .createTable('shadow_decisions')
          .addColumn('client_id', 'text', (c) => c.notNull())
          .addColumn('request_id', 'text', (c) => c.notNull())
          .addColumn('position', 'integer', (c) => c.notNull())
          .addColumn('model_sha256', 'text', (c) => c.notNull())
          .addColumn('recommended', 'text')
          .addColumn('champions_choice', 'double precision')
          .addColumn('win_probability', 'double precision')
          .addColumn('decided_at', 'bigint', (c) => c.notNull())
          .addPrimaryKeyConstraint('shadow_pk', ['client_id', 'request_id', 'position', 'model_sha256'])
          .execute();
      },
    },
    '0003-prices-know-the-day': {
      up: async (db) => {
        for (const column of ['day', 'seen'] as const) {
          await db.schema
            .alterTable('prices')
            .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
            .execute();
        }
        await db.schema
          .alterTable('prices')
          .addColumn('usual', 'double precision', (c) => c.notNull().defaultTo(0))
          .execute();
        await db.schema.dropTable('arrivals').execute();
      },
    },
    '0004-probe': {
      up: async (db) => {
        await db.schema
          .createTable('probes')
          .addColumn('id', 'integer', (c) => c.primaryKey())
          .addColumn('at', 'bigint', (c) => c.notNull())
          .execute();
      },
    },
  };
}

/** Brings a store up to date. @throws the database's error if a migration fails; nothing of that one is then kept. */
export async function migrate(db: Kysely<StoreTables>, kind: StoreKind): Promise<readonly string[]> {
  const migrations = migrationsFor(kind);
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? []).map((result) => result.migrationName);
}
