import type { Row } from '../store/row.ts';
import { ApexDecimal, decDivide, decMul } from '../values/decimal.ts';
import { ApexDouble } from '../values/double.ts';
import { decFromDouble } from '../values/decimal.ts';
import { amountText, localised, moneyText } from '../values/localised.ts';
import { CORPORATE_CURRENCY } from '../schema/currencies.ts';
import type { FieldDescriptor } from '../schema/descriptor.ts';
import { current } from '../engine/current.ts';
import type { QueryContext } from './context.ts';
import type { ShownColumn, ShownStep } from './plan.ts';
import { labelReader } from './labels.ts';
import { valueReader } from './reader.ts';

type Read = (row: Row) => unknown;

/** Reads a column that the query wants in another form. */
export function shownReader(column: ShownColumn, context: QueryContext): Read {
  const read = valueReader(column.value, context);
  if (column.value.kind === 'function') return read;
  const { field } = column.value;
  if (column.steps.includes('label')) return labelReader(field, read);
  return (row) => {
    const value = read(row);
    if (value === null) return null;
    return field.type === 'currency' ? money(column.steps, value, row, context) : localised(field, value);
  };
}

/** A value that a group has, in the running user's locale; of money there is one currency only. */
export function shownOfGroup(field: Pick<FieldDescriptor, 'type' | 'scale'>, value: unknown): string | null {
  if (field.type !== 'currency') return localised(field, value);
  return moneyText({ value, isoCode: CORPORATE_CURRENCY, places: 2 });
}

interface Currency {
  readonly isoCode: string;
  readonly places: number;
  /** How much of it one unit of the corporate currency is. */
  readonly rate: ApexDecimal;
}

/**
 * An amount in the user's currency, or as text: `$44,000.00`, with several currencies `AED 1,500.00 (USD 408.40)`. Source:
 * SOQL and SOSL Reference, FORMAT() and convertCurrency(). The places are those of the currency; unverified.
 */
function money(steps: readonly ShownStep[], value: unknown, row: Row, context: QueryContext): unknown {
  const isText = steps.includes('format');
  if (!context.schema.object('CurrencyType')) return moneyText({ value, isoCode: CORPORATE_CURRENCY, places: 2 });
  const from = currencyOf(row['CurrencyIsoCode'], context);
  const mine = currencyOf(context.store.tableOf('User').byId(current.tx.user.id)?.['DefaultCurrencyIsoCode'], context);
  const converted = convert(value, from, mine);
  if (steps.includes('currency')) return isText ? amountText({ value: converted, ...mine }) : converted;
  const own = amountText({ value, ...from });
  return from.isoCode === mine.isoCode ? own : `${own} (${amountText({ value: converted, ...mine })})`;
}

function currencyOf(isoCode: unknown, context: QueryContext): Currency {
  const wanted = isoCode ?? CORPORATE_CURRENCY;
  const found = context.store.tableOf('CurrencyType').slots.find((type) => type?.['IsoCode'] === wanted);
  if (!found) throw new Error(`the org has no currency ${String(wanted)}`);
  return {
    isoCode: String(wanted),
    places: Number(found['DecimalPlaces'] ?? 2),
    rate: decimal(found['ConversionRate']),
  };
}

function convert(value: unknown, from: Currency, to: Currency): ApexDecimal {
  const amount = decimal(value);
  if (from.isoCode === to.isoCode) return amount;
  return decDivide(decMul(amount, to.rate), from.rate, to.places, 'HALF_UP');
}

function decimal(value: unknown): ApexDecimal {
  if (value instanceof ApexDecimal) return value;
  if (value instanceof ApexDouble) return decFromDouble(value.value);
  return decFromDouble(Number(value));
}
