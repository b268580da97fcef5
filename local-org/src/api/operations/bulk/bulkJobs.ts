import type { RunningUser } from '../../../engine/transaction.ts';
import { readId } from '../../../values/id.ts';
import { notFound } from '../../restError.ts';
import type { IngestJob } from './ingestJob.ts';
import type { QueryJob } from './queryJob.ts';

/** The bulk jobs of an org. They are kept in memory, until they are deleted. */
export class BulkJobs {
  readonly ingest = new Map<string, IngestJob>();
  readonly query = new Map<string, QueryJob>();
  private last = 0;

  nextId(): string {
    const id = readId(`750${String(++this.last).padStart(12, '0')}`);
    if (id === null) throw new Error('too many bulk jobs');
    return id;
  }
}

/** A job of the user who asks for it. @throws RestError 404 */
export function jobOf<T extends { readonly user: RunningUser }>(
  jobs: ReadonlyMap<string, T>,
  id: string,
  user: RunningUser,
): T {
  const job = jobs.get(readId(id) ?? id);
  if (!job || job.user.id !== user.id) throw notFound();
  return job;
}

/** Time as the Bulk API shows it. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}
