import { current } from '../../engine/current.ts';
import type { DmlFault, DmlOutcome } from '../../engine/data.ts';
import { findEnum } from '../../values/enum.ts';
import { ApexList, listOf, stringList } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import type { Implementation } from '../define.ts';
import { jsonShape } from '../System/json/platformObjects.ts';

/** Why one record was refused. */
export class DatabaseError {
  static readonly apexName = 'Database.Error';
  readonly fault: DmlFault;

  constructor(fault: DmlFault) {
    this.fault = fault;
  }

  *jsonFields(): Iterable<readonly [string, unknown]> {
    yield ['statusCode', this.fault.status];
    yield ['message', this.fault.message];
    yield ['fields', stringList([...this.fault.fields])];
  }

  toString(): string {
    const { fields, message, status } = this.fault;
    return `Database.Error[getFields=(${fields.join(', ')});getMessage=${message};getStatusCode=${status};]`;
  }
}

/** What became of one record of a DML call; one class for each kind of call. */
abstract class Result {
  readonly outcome: DmlOutcome;
  /** Of the record that was given, whether or not it was saved. */
  readonly given: string | null;

  constructor(outcome: DmlOutcome, given: string | null = null) {
    this.outcome = outcome;
    this.given = given;
  }

  /**
   * The id of a record that was saved, or of one that could not be updated, except where another transaction holds it.
   * Source: Apex Reference, SaveResult.getId, Versioned Behavior Changes.
   */
  get savedOrGiven(): string | null {
    const { id, errors } = this.outcome;
    return id ?? (errors.some(({ status }) => status === 'UNABLE_TO_LOCK_ROW') ? null : this.given);
  }

  *jsonFields(): Iterable<readonly [string, unknown]> {
    yield ['success', this.outcome.success];
    yield ['id', this.outcome.id];
    yield ['errors', errorList(this.outcome.errors)];
  }

  toString(): string {
    const { errors, id, success } = this.outcome;
    const name = (this.constructor as { apexName?: string }).apexName ?? '';
    const list = errors.map((fault) => new DatabaseError(fault).toString()).join(', ');
    return `${name}[getErrors=(${list});getId=${id};isSuccess=${success};]`;
  }
}

export class SaveResult extends Result {
  static readonly apexName = 'Database.SaveResult';
}
export class UpsertResult extends Result {
  static readonly apexName = 'Database.UpsertResult';
}
export class DeleteResult extends Result {
  static readonly apexName = 'Database.DeleteResult';
}
export class UndeleteResult extends Result {
  /** That one made from JSON without errors has none rests on ZackFra/Salesforce-Unit-Of-Work alone; others have an empty list. */
  readonly withoutErrors: boolean;

  constructor(outcome: DmlOutcome, withoutErrors = false) {
    super(outcome);
    this.withoutErrors = withoutErrors;
  }

  static readonly apexName = 'Database.UndeleteResult';
}
export class EmptyRecycleBinResult extends Result {
  static readonly apexName = 'Database.EmptyRecycleBinResult';
}
export class MergeResult extends Result {
  static readonly apexName = 'Database.MergeResult';
  /** Ids of the records that were merged into the first. */
  readonly merged: readonly string[];

  constructor(outcome: DmlOutcome, merged: readonly string[]) {
    super(outcome);
    this.merged = merged;
  }
}

/** Faults as Apex sees them. */
export function errorList(faults: readonly DmlFault[]): ApexList {
  return listOf(
    current.universe.platform('Database.Error'),
    faults.map((fault) => new DatabaseError(fault)),
  );
}

const common: Record<string, Implementation> = {
  'Boolean isSuccess()': ({ outcome }: Result) => outcome.success,
  'get Boolean Success': ({ outcome }: Result) => outcome.success,
  'Id getId()': ({ outcome }: Result) => outcome.id,
  'get Id Id': ({ outcome }: Result) => outcome.id,
  'List<Database.Error> getErrors()': ({ outcome }: Result) => errorList(outcome.errors),
  'get List<Database.Error> Errors': ({ outcome }: Result) => errorList(outcome.errors),
};

/** Before version 53 a record that was not saved has no id. */
const saved: Record<string, Implementation> = {
  ...common,
  'Id getId()': (result: Result) => result.savedOrGiven,
  'get Id Id': (result: Result) => result.savedOrGiven,
};

export const SaveResultClass = platformClass('Database.SaveResult', saved, { before: { 53: common } });
export const DeleteResultClass = platformClass('Database.DeleteResult', common);
const undeleteErrors = (result: UndeleteResult) => (result.withoutErrors ? null : errorList(result.outcome.errors));
export const UndeleteResultClass = platformClass('Database.UndeleteResult', {
  ...common,
  'List<Database.Error> getErrors()': undeleteErrors,
  'get List<Database.Error> Errors': undeleteErrors,
});
export const EmptyRecycleBinResultClass = platformClass('Database.EmptyRecycleBinResult', common);
export const UpsertResultClass = platformClass(
  'Database.UpsertResult',
  {
    ...saved,
    'Boolean isCreated()': ({ outcome }: Result) => outcome.created,
    'get Boolean Created': ({ outcome }: Result) => outcome.created,
  },
  { before: { 53: common } },
);
export const MergeResultClass = platformClass('Database.MergeResult', {
  ...common,
  'List<String> getMergedRecordIds()': ({ merged }: MergeResult) => stringList([...merged]),
  'get List<String> MergedRecordIds': ({ merged }: MergeResult) => stringList([...merged]),
  'List<String> getUpdatedRelatedIds()': ({ outcome }: MergeResult) => stringList([...(outcome.moved ?? [])]),
  'get List<String> UpdatedRelatedIds': ({ outcome }: MergeResult) => stringList([...(outcome.moved ?? [])]),
});

function statusCode({ fault }: DatabaseError): unknown {
  const type = current.universe.platform('System.StatusCode');
  const value = findEnum(type, fault.status);
  if (!value) throw new Error(`System.StatusCode has no value ${fault.status}`);
  return value;
}

export const ErrorClass = platformClass('Database.Error', {
  'String getMessage()': ({ fault }: DatabaseError) => fault.message,
  'get String Message': ({ fault }: DatabaseError) => fault.message,
  'List<String> getFields()': ({ fault }: DatabaseError) => stringList([...fault.fields]),
  'get List<String> Fields': ({ fault }: DatabaseError) => stringList([...fault.fields]),
  'StatusCode getStatusCode()': statusCode,
  'get StatusCode StatusCode': statusCode,
});

jsonShape('Database.Error', {
  fields: { message: 'String', statuscode: 'String', fields: 'List<String>' },
  make: (values) => {
    const fields = values.get('fields');
    return new DatabaseError({
      message: String(values.get('message') ?? ''),
      status: String(values.get('statuscode') ?? ''),
      fields: fields instanceof ApexList ? (fields.items as string[]) : [],
    });
  },
});

/** The faults that a list of errors shows. */
export function faultsOf(errors: unknown): DmlFault[] {
  return errors instanceof ApexList ? (errors.items as DatabaseError[]).map(({ fault }) => fault) : [];
}

/** Tests make results of DML from JSON, there being no constructors. */
function resultShape(name: string, make: (outcome: DmlOutcome, values: ReadonlyMap<string, unknown>) => object): void {
  jsonShape(`Database.${name}`, {
    fields: {
      success: 'Boolean',
      created: 'Boolean',
      // Not looked at: tests write "null" here.
      id: 'String',
      errors: 'List<Database.Error>',
      mergedrecordids: 'List<String>',
    },
    make: (values) => {
      const faults = faultsOf(values.get('errors'));
      const id = values.get('id');
      return make(
        {
          id: typeof id === 'string' ? id : null,
          success: values.get('success') === true,
          created: values.get('created') === true,
          errors: faults,
        },
        values,
      );
    },
  });
}

resultShape('SaveResult', (outcome) => new SaveResult(outcome));
resultShape('UpsertResult', (outcome) => new UpsertResult(outcome));
resultShape('DeleteResult', (outcome) => new DeleteResult(outcome));
resultShape('UndeleteResult', (outcome, values) => new UndeleteResult(outcome, values.get('errors') === null));
resultShape('EmptyRecycleBinResult', (outcome) => new EmptyRecycleBinResult(outcome));
resultShape('MergeResult', (outcome, values) => {
  const merged = values.get('mergedrecordids');
  return new MergeResult(outcome, merged instanceof ApexList ? (merged.items as string[]) : []);
});
