import { platformClass } from '../define.ts';
import type { QueueableDuplicateSignature } from './QueueableDuplicateSignature.ts';

/** A System.AsyncOptions. */
export class AsyncOptions {
  static readonly apexName = 'System.AsyncOptions';
  duplicateSignature: QueueableDuplicateSignature | null = null;
  maximumDepth: number | null = null;
  delayMinutes: number | null = null;
}

export const AsyncOptionsClass = platformClass('System.AsyncOptions', {
  'new ()': () => new AsyncOptions(),
  'get QueueableDuplicateSignature DuplicateSignature': (options: AsyncOptions) => options.duplicateSignature,
  'set QueueableDuplicateSignature DuplicateSignature': (
    options: AsyncOptions,
    value: QueueableDuplicateSignature | null,
  ) => {
    options.duplicateSignature = value;
  },
  'get Integer MaximumQueueableStackDepth': (options: AsyncOptions) => options.maximumDepth,
  'set Integer MaximumQueueableStackDepth': (options: AsyncOptions, value: number | null) => {
    options.maximumDepth = value;
  },
  'get Integer MinimumQueueableDelayInMinutes': (options: AsyncOptions) => options.delayMinutes,
  'set Integer MinimumQueueableDelayInMinutes': (options: AsyncOptions, value: number | null) => {
    options.delayMinutes = value;
  },
});
