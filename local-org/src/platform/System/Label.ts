import { raise, required } from '../../values/exception.ts';
import { hooks } from '../../values/invoke.ts';
import { platformClass } from '../define.ts';

type Text = string | null;

/** `c` and no name stand for the org's own namespace; there are no others. The exception for what is not there is unverified. */
function labelText(namespace: Text, name: Text): string {
  const isOwn = namespace === null || /^c?$/i.test(namespace);
  const text = isOwn ? hooks.label(required(name)) : null;
  return text ?? raise('System.InvalidParameterValueException', `Custom label does not exist: ${name}`);
}

export const LabelClass = platformClass(
  'System.Label',
  { 'static String get(String, String)': labelText },
  {
    notBuilt: ['static String get(String, String, String)', 'static Boolean translationExists(String, String, String)'],
  },
);
