import { current } from '../engine/current.ts';
import { lockFault } from './approvalLocks.ts';
import { applyAssignmentRules } from './assignmentRules.ts';
import { convertedLead, insufficientAccess, lockedRow } from './faults.ts';
import type { DmlContext } from './context.ts';
import { completeMember, keepMemberStatuses } from './campaignStatuses.ts';
import { completeDistribution } from './contentDistribution.ts';
import { addRecipients, checkRecipients } from './emailRecipients.ts';
import { completeContentVersion, missingOfFile } from './files.ts';
import { checkCurrency } from './currencies.ts';
import { checkLine, completeLine, completeParent, keepAmount, sumLines } from './lineItems.ts';
import { loadRow } from './load.ts';
import { recordOf } from './records.ts';
import { checkAssignment, markGroupOutdated } from './permissionGroups.ts';
import { checkSyncedQuote, startSyncing, syncLines } from './quoteSync.ts';
import { checkReferences } from './references.ts';
import { updateRollups } from './rollups.ts';
import { draftOf, optionsFor } from './save.ts';
import type { SaveOptions, SaveRow } from './save.ts';
import { afterOwnerChange } from './ownerChange.ts';
import { addOwnerShare, shareFault } from './ownerShares.ts';
import { setSystemFields } from './systemFields.ts';
import { runTriggers } from './triggers.ts';
import { checkUnique } from './unique.ts';
import { addUserLogin, lowerUsername } from './userLogin.ts';
import { validateRow } from './validate.ts';
import { checkRules } from './validationRules.ts';

/**
 * The order of execution for up to 200 rows of one object that are all created or all updated. Faults go into the rows;
 * what has been written is for the caller to take back.
 */
export function saveChunk(context: DmlContext, rows: readonly SaveRow[], options: SaveOptions): void {
  const [first] = rows;
  if (!first) return;
  const kind = first.created ? 'insert' : 'update';
  for (const row of good(rows)) loadRow(context, row);
  for (const row of good(rows)) checkAccess(context, row, options);
  runTriggers(context, `before ${kind}`, rows);
  for (const row of good(rows)) {
    const problem = checkConverted(row) ?? missingOfFile(row) ?? shareFault(row);
    row.faults.push(...(problem ? [problem] : validateRow(row, optionsFor(row, options).truncate)));
  }
  for (const row of good(rows)) {
    const problem =
      checkReferences(context, row, options.access) ??
      checkAssignment(context.store, row) ??
      checkRecipients(context, row) ??
      checkLine(context.store, row) ??
      checkSyncedQuote(context.store, row) ??
      checkCurrency(context, row);
    if (problem) row.faults.push(problem);
  }
  for (const row of good(rows)) row.faults.push(...checkRules(context, row));
  store(context, good(rows));
  sumLines(context.store, good(rows));
  startSyncing(context, good(rows), options);
  runTriggers(context, `after ${kind}`, rows);
  syncLines(context, good(rows), options);
  applyAssignmentRules(context, good(rows), options);
  const stored = good(rows);
  afterOwnerChange(context, stored);
  updateRollups(context, stored, options);
}

function good(rows: readonly SaveRow[]): SaveRow[] {
  return rows.filter((row) => row.faults.length === 0);
}

/** Record access is judged by the values before the change, field access by what the caller set. */
function checkAccess(context: DmlContext, row: SaveRow, options: SaveOptions): void {
  if (!row.before) return;
  const id = row.before['Id'] as string;
  if (context.store.locks.holder(id, current.tx.lockOwner)) {
    row.faults.push(lockedRow(id));
    return;
  }
  const problem = lockFault(context, row.object, id);
  if (problem) {
    row.faults.push(problem);
    return;
  }
  const mayEdit = context.access.editable(row.object, options.access);
  if (mayEdit && !mayEdit(row.before)) row.faults.push(insufficientAccess);
}

function checkConverted(row: SaveRow) {
  return row.before?.['IsConverted'] === true ? convertedLead : null;
}

function store(context: DmlContext, rows: readonly SaveRow[]): void {
  const inserted = new Set<string>();
  for (const row of rows) {
    setSystemFields(context.store, row);
    lowerUsername(row);
    completeContentVersion(context.store, row);
    completeDistribution(context.store, row);
    completeMember(context.store, row);
    completeLine(context.store, row);
    completeParent(context.store, row);
    keepAmount(row);
    const duplicate = checkUnique(context.store, row, inserted);
    if (duplicate) {
      row.faults.push(duplicate);
      continue;
    }
    const table = context.store.table(row.object);
    const draft = draftOf(row);
    // What triggers got may be kept and changed by them: the stored row is another object.
    const stored = table.pack(draft);
    if (row.created) {
      context.store.insert(table, stored);
      inserted.add(stored['Id'] as string);
      addRecipients(context, row);
      addOwnerShare(context, row.object, stored);
    } else context.store.replace(table, stored);
    addUserLogin(context.store, row, stored);
    keepMemberStatuses(context.store, row, stored);
    markGroupOutdated(context.store, row);
    current.tx.uncommitted = 'dml';
    row.record = recordOf(context.store, row.object, stored);
  }
}
