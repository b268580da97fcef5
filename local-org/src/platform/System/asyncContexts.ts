import { BatchableContext, FinalizerContext, QueueableContext, SchedulableContext } from '../../async/contexts.ts';
import { platformClass } from '../define.ts';

/** The contexts that asynchronous Apex is called with; each is an interface that only the platform implements here. */
const queueable = { 'Id getJobId()': (context: QueueableContext) => context.jobId };
const batchable = {
  'Id getJobId()': (context: BatchableContext) => context.jobId,
  'Id getChildJobId()': (context: BatchableContext) => context.childJobId,
};

export const QueueableContextClass = platformClass('System.QueueableContext', queueable);
export const QueueableContextImplClass = platformClass('System.QueueableContextImpl', queueable, {
  notBuilt: ['new ()'],
});
export const BatchableContextClass = platformClass('Database.BatchableContext', batchable);
export const BatchableContextImplClass = platformClass('Database.BatchableContextImpl', batchable, {
  notBuilt: ['new ()'],
});
export const SchedulableContextClass = platformClass('System.SchedulableContext', {
  'Id getTriggerId()': (context: SchedulableContext) => context.triggerId,
});
export const FinalizerContextClass = platformClass('System.FinalizerContext', {
  'Id getAsyncApexJobId()': (context: FinalizerContext) => context.jobId,
  'String getRequestId()': (context: FinalizerContext) => context.requestId,
  'ParentJobResult getResult()': (context: FinalizerContext) => context.result,
  'Exception getException()': (context: FinalizerContext) => context.exception,
});
