import { addField } from './customObject.ts';
import type { ObjectDraft } from './customObject.ts';
import { ElementReader } from './elementReader.ts';
import { makeField } from './field.ts';
import type { FieldDraft } from './field.ts';
import { readRoot } from './projectFiles.ts';
import type { MetadataFiles } from './projectFiles.ts';
import { loadStandardObjects } from './standard/load.ts';
import type { Problem } from './xml.ts';

/** The currency that a new org has, and that amounts of several currencies are compared in. */
export const CORPORATE_CURRENCY = 'USD';

/** Whether the project's `settings/Currency.settings-meta.xml` turns on several currencies. */
export function hasSeveralCurrencies(files: MetadataFiles, problems: Problem[]): boolean {
  let on = false;
  for (const file of files.get('settings') ?? []) {
    if (file.fullName !== 'Currency') continue;
    const element = readRoot(file, 'CurrencySettings', problems);
    if (!element) continue;
    const reader = new ElementReader(element, file.path, problems);
    reader.ignore('enableCurrencySymbolWithMultiCurrency', 'isParenCurrencyConvDisabled');
    reader.ignore('isMultiCurrencyActivationAllowed');
    const dated = reader.one('enableCurrencyEffectiveDates');
    if (dated?.text === 'true') reader.notBuilt(dated, 'dated exchange rates are not built');
    on ||= reader.boolean('enableMultiCurrency');
    reader.finish();
  }
  return on;
}

/**
 * Gives every object that has one in such an org its currency, or takes CurrencyType away where there is one currency.
 * Roll-ups and formulas of amounts convert what they read, which is not built.
 * Source: Object Reference, CurrencyType, and CurrencyIsoCode of each object; SOQL and SOSL Reference, Querying Currency Fields
 * in Multi-Currency Orgs.
 */
export function applyCurrencies(objects: Map<string, ObjectDraft>, several: boolean): string[] {
  if (!several) {
    objects.delete('currencytype');
    return [];
  }
  const standard = loadStandardObjects();
  const notBuilt: string[] = [];
  for (const object of objects.values()) {
    const notEnabled = standard.get(object.name.toLowerCase())?.notEnabled ?? [];
    const isOwn = object.custom && !object.event && !object.metadataType && !object.bigObject;
    if (isOwn || notEnabled.includes('CurrencyIsoCode'))
      addField(object, currencyField('CurrencyIsoCode', 'Currency ISO Code'));
    if (notEnabled.includes('DefaultCurrencyIsoCode')) {
      addField(object, currencyField('DefaultCurrencyIsoCode', 'Default Currency ISO Code'));
    }
    for (const field of object.fields.values()) {
      if (field.type !== 'currency' || (field.rollup === null && field.formula === null)) continue;
      notBuilt.push(
        `${object.name}.${field.name}: calculated amounts are not built for an org with several currencies`,
      );
    }
  }
  return notBuilt;
}

/** Its values are the org's currencies, which are records: they are checked when a row is saved. */
function currencyField(name: string, label: string): FieldDraft {
  return makeField({
    name,
    label,
    type: 'picklist',
    length: 3,
    defaultedOnCreate: true,
    permissionable: false,
    picklist: [{ value: CORPORATE_CURRENCY, label: CORPORATE_CURRENCY, active: true, default: false }],
  });
}
