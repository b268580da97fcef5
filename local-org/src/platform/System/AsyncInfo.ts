import { current } from '../../engine/current.ts';
import { raise } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

function chain(): { readonly depth: number; readonly maximum: number } {
  return (
    current.tx.services.queueableChain ??
    raise('System.HandledException', 'AsyncInfo is only available in the context of a Queueable job')
  );
}

export const AsyncInfoClass = platformClass('System.AsyncInfo', {
  'static Integer getCurrentQueueableStackDepth()': () => chain().depth,
  'static Integer getMaximumQueueableStackDepth()': () => chain().maximum,
  'static Integer getMinimumQueueableDelayInMinutes()': () => {
    chain();
    return 0;
  },
  'static Boolean hasMaxStackDepth()': () => {
    const { depth, maximum } = chain();
    return depth >= maximum;
  },
});
