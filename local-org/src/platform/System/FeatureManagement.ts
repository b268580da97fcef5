import { current } from '../../engine/current.ts';
import type { FeatureParameter } from '../../schema/featureParameters.ts';
import { readDate } from '../../values/date.ts';
import type { ApexDate } from '../../values/date.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { perTransaction } from '../transactionState.ts';

type Value = boolean | number | ApexDate;
type Kind = FeatureParameter['type'];

/** What a test has set, which is taken back with it. */
const set = perTransaction(() => new Map<string, Value>());

/** The type and the text of the exception are unverified. */
function parameterOf(type: Kind, name: string | null): FeatureParameter {
  const found = current.tx.services.featureParameter(required(name));
  if (found?.type === type) return found;
  return raise('System.NoDataFoundException', `Feature parameter not found: ${name}`);
}

function check(type: Kind, name: string | null): Value | null {
  const parameter = parameterOf(type, name);
  const known = set().get(parameter.name);
  if (known !== undefined) return known;
  if (type === 'Boolean') return parameter.value === 'true';
  return type === 'Integer' ? Number(parameter.value) : readDate(parameter.value);
}

function change(type: Kind, name: string | null, value: Value | null): void {
  const parameter = parameterOf(type, name);
  if (!current.tx.test) unsupported('feature parameters set outside of tests');
  set().set(parameter.name, required(value));
}

function both(type: Kind): Record<string, (...args: never[]) => unknown> {
  return {
    [`static ${type} checkPackage${type}Value(String)`]: (name: string | null) => check(type, name),
    [`static void setPackage${type}Value(String, ${type})`]: (name: string | null, value: Value | null) =>
      change(type, name, value),
  };
}

export const FeatureManagementClass = platformClass(
  'System.FeatureManagement',
  {
    'static Boolean checkPermission(String)': (name: string | null) =>
      current.tx.services.hasCustomPermission(required(name)),
    ...both('Boolean'),
    ...both('Integer'),
    ...both('Date'),
  },
  { notBuilt: ['static void changeProtection(String, String, String)'] },
);
