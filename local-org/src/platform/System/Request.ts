import { current } from '../../engine/current.ts';
import type { TransactionKind } from '../../engine/transaction.ts';
import { findEnum } from '../../values/enum.ts';
import { platformClass } from '../define.ts';

/** A System.Request. */
class Request {
  static readonly apexName = 'System.Request';
  readonly id: string;
  readonly kind: TransactionKind;

  constructor(id: string, kind: TransactionKind) {
    this.id = id;
    this.kind = kind;
  }
}

/** Source: Apex Reference, Quiddity Enum. */
const QUIDDITY: Readonly<Record<TransactionKind, string>> = {
  api: 'REST',
  bulk: 'BULK_API',
  anonymous: 'ANONYMOUS',
  test: 'RUNTEST_SYNC',
  queueable: 'QUEUEABLE',
  future: 'FUTURE',
  batch: 'BATCH_APEX',
  scheduled: 'SCHEDULED',
  finalizer: 'TRANSACTION_FINALIZER_QUEUEABLE',
  'event-trigger': 'SYNCHRONOUS',
  page: 'AURA',
};

export const RequestClass = platformClass('System.Request', {
  'static Request getCurrent()': () => new Request(current.tx.services.requestId, current.tx.kind),
  'Quiddity getQuiddity()': (request: Request) =>
    findEnum(current.universe.platform('System.Quiddity'), QUIDDITY[request.kind]),
  'String getRequestId()': (request: Request) => request.id,
});
