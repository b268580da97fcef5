import { current } from '../../engine/current.ts';
import type { QueueableChain } from '../../engine/services.ts';
import { raise } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

function chain(): QueueableChain {
  return (
    current.tx.services.queueableChain ??
    raise('System.HandledException', 'AsyncInfo is only available in the context of a Queueable job')
  );
}

export const AsyncInfoClass = platformClass('System.AsyncInfo', {
  'static Integer getCurrentQueueableStackDepth()': () => chain().depth,
  'static Integer getMaximumQueueableStackDepth()': () => chain().maximum,
  'static Integer getMinimumQueueableDelayInMinutes()': () => chain().delayMinutes,
  // Apex Developer Guide, Adding a Queueable Job with a Specified Stack Depth: asked before the two depths are compared.
  'static Boolean hasMaxStackDepth()': () => chain().isLimited,
});
