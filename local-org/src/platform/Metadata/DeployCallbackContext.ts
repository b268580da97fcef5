import { overridden } from '../../values/invoke.ts';
import { platformClass } from '../define.ts';
import { PropertyBag } from '../properties.ts';

/** A Metadata.DeployCallbackContext; tests hand in one of their own. */
class DeployCallbackContext extends PropertyBag {
  static readonly apexName = 'Metadata.DeployCallbackContext';
}

export const DeployCallbackContextClass = platformClass('Metadata.DeployCallbackContext', {
  'new ()': () => new DeployCallbackContext(),
  'Id getCallbackJobId()': (context: object) => overridden(context, 'getCallbackJobId', [], () => null),
});
