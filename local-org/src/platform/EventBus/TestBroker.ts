import { current } from '../../engine/current.ts';
import { platformClass } from '../define.ts';

/** What `Test.getEventBus()` gives. */
class TestBroker {
  static readonly apexName = 'EventBus.TestBroker';

  toString(): string {
    return 'EventBus.TestBroker[]';
  }
}

export const testBroker = new TestBroker();

export const TestBrokerClass = platformClass('EventBus.TestBroker', {
  'void deliver()': (_broker: TestBroker) => current.tx.services.deliverTestEvents(),
  'void fail()': (_broker: TestBroker) => current.tx.services.failTestEvents(),
});
