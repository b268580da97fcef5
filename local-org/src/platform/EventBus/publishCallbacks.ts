import type { PublishCallbackResult } from '../../async/publishCallbacks.ts';
import { current } from '../../engine/current.ts';
import { listOf } from '../../values/list.ts';
import { platformClass } from '../define.ts';

/** What publish callbacks are called with; each is an interface that only the platform implements. */
const members = {
  'List<String> getEventUuids()': ({ uuids }: PublishCallbackResult) => listOf(current.universe.String, [...uuids]),
};

export const SuccessResultClass = platformClass('EventBus.SuccessResult', members);
export const FailureResultClass = platformClass('EventBus.FailureResult', members);
