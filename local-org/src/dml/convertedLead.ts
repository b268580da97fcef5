import { current } from '../engine/current.ts';
import type { Row } from '../store/row.ts';
import { ApexDatetime, dateIn, userZone } from '../values/datetime.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { Conversion } from './convertLead.ts';
import type { DmlContext } from './context.ts';
import { recordOf } from './records.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';
import { runTriggers } from './triggers.ts';
import { validateRow } from './validate.ts';
import { checkRules } from './validationRules.ts';

/** Makes leads converted. Their triggers and validation rules run where the org requires validation for converted leads. */
export function markConverted(context: DmlContext, conversions: readonly Conversion[]): void {
  const rows = conversions.map((conversion) => ({ conversion, row: rowOf(context, conversion) }));
  const all = rows.map(({ row }) => row);
  const validated = context.settings.leadConversionRequiresValidation;
  if (validated) {
    runTriggers(context, 'before update', all);
    for (const row of good(all)) row.faults.push(...validateRow(row));
    for (const row of good(all)) row.faults.push(...checkRules(context, row));
  }
  for (const row of good(all)) {
    const table = context.store.table(row.object);
    const stored = table.pack(draftOf(row));
    stamp(row.object, stored, false);
    context.store.replace(table, stored);
    current.tx.uncommitted = 'dml';
    row.record = recordOf(context.store, row.object, stored);
  }
  if (validated) runTriggers(context, 'after update', all);
  for (const { conversion, row } of rows) conversion.faults.push(...row.faults);
}

function rowOf(context: DmlContext, conversion: Conversion): SaveRow {
  const before = conversion.lead as Row;
  const { object } = context.store.tableOf('Lead');
  const draft = {
    ...before,
    Status: conversion.given.convertedStatus,
    IsConverted: true,
    ConvertedDate: dateIn(new ApexDatetime(current.tx.services.now()), userZone()),
    ConvertedAccountId: conversion.accountId,
    ConvertedContactId: conversion.contactId,
    ConvertedOpportunityId: conversion.opportunityId,
  };
  return {
    input: new SObjectValue(object, { Id: before['Id'] }),
    index: conversion.index,
    object,
    created: false,
    before,
    record: recordOf(context.store, object, draft),
    faults: [],
  };
}

function good(rows: readonly SaveRow[]): SaveRow[] {
  return rows.filter((row) => row.faults.length === 0);
}
