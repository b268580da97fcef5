import { current } from '../../engine/current.ts';
import { charge } from '../../engine/limits.ts';
import { raise } from '../../values/exception.ts';

/** What every callout asks of the transaction. @throws System.CalloutException, System.LimitException */
export function admitCallout(): void {
  const { tx } = current;
  if (tx.triggerDepth > 0) calloutError('Callout from triggers are currently not supported.');
  if (tx.uncommitted !== 'none') {
    calloutError('You have uncommitted work pending. Please commit or rollback before calling out');
  }
  if (tx.data.hasSavepoints()) calloutError('All active Savepoints must be released before making callouts.');
  if (tx.services.calloutRefusal !== null) calloutError(tx.services.calloutRefusal);
  charge('callouts');
}

/** The mock that the running test has set. @throws System.TypeException where it has set none */
export function calloutMock(name: 'HttpCalloutMock' | 'WebServiceMock'): object {
  const mock = current.tx.test?.mocks.get(name.toLowerCase());
  if (mock !== undefined) return mock as object;
  return raise('System.TypeException', 'Methods defined as TestMethod do not support Web service callouts');
}

export function calloutError(message: string): never {
  raise('System.CalloutException', message);
}
