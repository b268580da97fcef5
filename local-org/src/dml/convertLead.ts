import { current } from '../engine/current.ts';
import type { ConvertOutcome, DmlFault, DmlOptions, LeadConversion } from '../engine/data.ts';
import { charge } from '../engine/limits.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import { raise } from '../values/exception.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { FieldValues } from '../values/sobject.ts';
import { checkConversion } from './conversionChecks.ts';
import type { DmlContext } from './context.ts';
import { moveToConverted } from './convertedChildren.ts';
import { markConverted } from './convertedLead.ts';
import { raiseDml } from './faults.ts';
import { emptyOf, endOfQuarter, mappedFields } from './leadMapping.ts';
import type { SaveRow } from './save.ts';
import { saveChunk } from './saveChunk.ts';
import { dateIn, ApexDatetime, userZone } from '../values/datetime.ts';

/** One conversion under way. */
export interface Conversion {
  readonly given: LeadConversion;
  readonly index: number;
  /** The lead as it was; null until it has been found. */
  lead: Row | null;
  /** Owner of what is created. */
  ownerId: string;
  accountId: string | null;
  contactId: string | null;
  opportunityId: string | null;
  readonly faults: DmlFault[];
}

/** Source: Apex Reference, Database.convertLead. */
const MOST_LEADS = 100;

/**
 * Converts leads: creates the account, contact and opportunity of each, or fills empty fields of given ones, moves
 * activities, and makes the lead converted. Triggers and rules of leads run only where the org's setting says so.
 *
 * @throws System.DmlException with `allOrNone` where a lead can't be converted; nothing of the call is kept then.
 */
export function convertLeads(
  context: DmlContext,
  given: readonly LeadConversion[],
  options: DmlOptions,
): ConvertOutcome[] {
  if (given.length === 0) return [];
  charge('dmlStatements');
  charge('dmlRows', given.length);
  if (given.length > MOST_LEADS) raise('System.LimitException', `Too many leads to convert: ${given.length}`);
  const conversions = given.map(conversionOf);
  const lead = objectOf(context, 'Lead');
  context.mixed.check('update', new SObjectValue(lead, { Id: given[0]?.leadId ?? null }), null);
  let good = conversions;
  for (;;) {
    const mark = context.store.mark();
    runConversions(context, good, options);
    const failed = good.filter(({ faults }) => faults.length > 0);
    if (failed.length === 0) break;
    context.store.rollback(mark);
    if (options.allOrNone) {
      raiseDml(
        'convertLead',
        failed.map(({ index, given: { leadId }, faults }) => ({ index, id: leadId, faults })),
      );
    }
    good = good.filter(({ faults }) => faults.length === 0);
    for (const conversion of good) Object.assign(conversion, conversionOf(conversion.given, conversion.index));
  }
  return conversions.map(outcomeOf);
}

function conversionOf(given: LeadConversion, index: number): Conversion {
  const { accountId, contactId, opportunityId } = given;
  return { given, index, lead: null, ownerId: '', accountId, contactId, opportunityId, faults: [] };
}

function outcomeOf(conversion: Conversion): ConvertOutcome {
  const { given, faults } = conversion;
  const success = faults.length === 0;
  return {
    leadId: given.leadId,
    success,
    errors: faults,
    accountId: success ? conversion.accountId : null,
    contactId: success ? conversion.contactId : null,
    opportunityId: success ? conversion.opportunityId : null,
  };
}

function runConversions(context: DmlContext, all: readonly Conversion[], options: DmlOptions): void {
  const good = () => all.filter(({ faults }) => faults.length === 0);
  for (const conversion of all) conversion.faults.push(...checkConversion(context, conversion, options.access));
  saveAll(context, good(), options, 'Account', accountRow, (conversion, id) => (conversion.accountId = id));
  saveAll(context, good(), options, 'Contact', contactRow, (conversion, id) => (conversion.contactId = id));
  const withOpportunity = good().filter(({ given }) => !given.doNotCreateOpportunity);
  saveAll(context, withOpportunity, options, 'Opportunity', opportunityRow, (conversion, id) => {
    conversion.opportunityId = id;
  });
  for (const conversion of good()) moveToConverted(context, conversion);
  markConverted(context, good());
}

type FieldsOf = (context: DmlContext, conversion: Conversion, object: ObjectDescriptor) => FieldValues;

/** Saves one object's records of all conversions, the new ones together and the given ones together. */
function saveAll(
  context: DmlContext,
  conversions: readonly Conversion[],
  options: DmlOptions,
  name: 'Account' | 'Contact' | 'Opportunity',
  fieldsOf: FieldsOf,
  done: (conversion: Conversion, id: string) => void,
): void {
  const object = objectOf(context, name);
  const pairs = conversions.map((conversion) => {
    const input = new SObjectValue(object, fieldsOf(context, conversion, object));
    const row: SaveRow = {
      input,
      index: conversion.index,
      object,
      created: input.id === null,
      before: null,
      record: null,
      faults: [],
    };
    return { conversion, row };
  });
  const changed = pairs.filter(({ row }) => row.created || row.input.populated().length > 1);
  for (const created of [true, false]) {
    const rows = changed.map(({ row }) => row).filter((row) => row.created === created);
    saveChunk(context, rows, { ...options, assignmentRule: null });
  }
  for (const { conversion, row } of pairs) {
    conversion.faults.push(...row.faults);
    const id = row.record?.id ?? row.input.id;
    if (id !== null) done(conversion, id);
  }
}

function accountRow(context: DmlContext, conversion: Conversion, object: ObjectDescriptor): FieldValues {
  const fields = mappedFields(context, conversion.lead as Row, object);
  return created(context, conversion.accountId, conversion, fields);
}

function contactRow(context: DmlContext, conversion: Conversion, object: ObjectDescriptor): FieldValues {
  const lead = conversion.lead as Row;
  const fields = mappedFields(context, lead, object);
  if (conversion.contactId === null) fields['AccountId'] = conversion.accountId;
  const row = created(context, conversion.contactId, conversion, fields);
  if (conversion.given.overwriteLeadSource) row['LeadSource'] = lead['LeadSource'];
  return row;
}

function opportunityRow(context: DmlContext, conversion: Conversion, object: ObjectDescriptor): FieldValues {
  const { given, opportunityId } = conversion;
  const lead = conversion.lead as Row;
  const fields = mappedFields(context, lead, object);
  if (opportunityId !== null) return created(context, opportunityId, conversion, fields);
  const stages = object.fields.get('stagename')?.picklist.filter(({ active }) => active) ?? [];
  const stage = stages.find((value) => value.default) ?? stages[0];
  const today = dateIn(new ApexDatetime(current.tx.services.now()), userZone());
  Object.assign(fields, {
    Name: given.opportunityName ?? lead['Company'],
    AccountId: conversion.accountId,
    StageName: stage?.value ?? null,
    CloseDate: endOfQuarter(today),
  });
  return created(context, null, conversion, fields);
}

/** A new record gets everything and its owner, a given one only what it has no value for. */
function created(context: DmlContext, id: string | null, { ownerId }: Conversion, fields: FieldValues): FieldValues {
  if (id === null) return { ...fields, OwnerId: ownerId };
  return { Id: id, ...emptyOf(fields, context.store.byId(id) ?? {}) };
}

function objectOf(context: DmlContext, name: string): ObjectDescriptor {
  const object = context.schema.object(name);
  if (!object) throw new Error(`the org has no ${name}`);
  return object;
}
