import { current } from '../../engine/current.ts';
import { ApexEnum, findEnum } from '../../values/enum.ts';
import { ApexException, platformException, raise, required, unsupported } from '../../values/exception.ts';
import type { DmlExceptionRow } from '../../values/exception.ts';
import { keyPrefixOf } from '../../values/id.ts';
import { listOf, stringList } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import { FieldToken } from '../../values/schemaTokens.ts';
import { platformClass } from '../define.ts';

type Text = string | null;
type Cause = ApexException | null;

function row(e: ApexException, index: number | null): DmlExceptionRow {
  // unverified: what an index that is not there throws.
  return e.dml[required(index)] ?? raise('System.ListException', `List index out of bounds: ${index}`);
}

function statusCode(e: ApexException, index: number | null): ApexEnum {
  const type = current.universe.platform('System.StatusCode');
  const { status } = row(e, index);
  return findEnum(type, status) ?? new ApexEnum(type, status, -1);
}

/** The fields of a failed row, as tokens of the record's object. */
function dmlFields(e: ApexException, index: number | null): ApexList {
  const { object: name, id, fields } = row(e, index);
  const { schema } = current.universe;
  const object = name !== undefined ? schema.object(name) : id !== null ? schema.byKeyPrefix(keyPrefixOf(id)) : null;
  if (!object && fields.length > 0)
    unsupported('getDmlFields of a row whose object is not known', 'use getDmlFieldNames');
  const tokens = fields.flatMap((field) => {
    const found = object?.fields.get(field.toLowerCase());
    return object && found ? [FieldToken.of(object, found)] : [];
  });
  return listOf(current.universe.platform('Schema.SObjectField'), tokens);
}

/**
 * `initCause` may be called once, and not after a constructor has given a cause. The type of the exception rests on
 * docbill/Apex-Framework, DatabaseHelperTest; its text is unverified.
 */
function initCause(e: ApexException, cause: Cause): void {
  if (e.cause) raise('System.TypeException', "Can't overwrite cause");
  e.cause = required(cause);
}

/** Members that every exception has; the emitter calls an override of the project's class instead where there is one. */
export const ExceptionClass = platformClass('System.Exception', {
  'Exception getCause()': (e: ApexException) => e.cause,
  'Integer getLineNumber()': (e: ApexException) => e.line,
  'String getMessage()': (e: ApexException) => e.text,
  'String getStackTraceString()': (e: ApexException) => e.stackText,
  'String getTypeName()': (e: ApexException) => e.qualifiedName,
  'void initCause(Exception)': initCause,
  'void setMessage(String)': (e: ApexException, message: Text) => {
    e.message = message;
  },
  'List<String> getDmlFieldNames(Integer)': (e: ApexException, index: number | null) =>
    stringList([...row(e, index).fields]),
  'String getDmlId(Integer)': (e: ApexException, index: number | null) => row(e, index).id,
  'Integer getDmlIndex(Integer)': (e: ApexException, index: number | null) => row(e, index).index,
  'String getDmlMessage(Integer)': (e: ApexException, index: number | null) => row(e, index).message,
  'String getDmlStatusCode(Integer)': (e: ApexException, index: number | null) => row(e, index).status,
  'StatusCode getDmlType(Integer)': statusCode,
  'Integer getNumDml()': (e: ApexException) => e.dml.length,
  'List<Schema.SObjectField> getDmlFields(Integer)': dmlFields,
});

/** The four constructors of an exception type of the platform. */
function constructors(typeName: string) {
  return {
    'new ()': () => platformException(typeName, null),
    // Its message is not the cause's. Source: pkozuchowski/Apex-Opensource-Library, LogStringifierTest.
    'new (Exception)': (cause: Cause) => platformException(typeName, null, cause),
    'new (String)': (message: Text) => platformException(typeName, message),
    'new (String, Exception)': (message: Text, cause: Cause) => platformException(typeName, message, cause),
  };
}

const PLAIN = (
  'Assert Async BigObject Callout Canvas DataWeaveScript Dml DuplicateMessage Email EmailTemplateRender ExternalObject ' +
  'FatalCursor Final Flow FormulaEvaluation FormulaValidation Handled IllegalArgument InvalidHeader InvalidReadOnlyUserDml JSON License Limit List Math NoAccess ' +
  'NoDataFound NoSuchElement NullPointer PlatformCache Procedure RequiredFeatureMissing SObject Search Security Serialization ' +
  'String TouchHandled TransientCursor Type Unexpected UnsupportedOperation Visualforce WaveTemplate Xml'
).split(' ');

for (const name of PLAIN) {
  const typeName = `System.${name}Exception`;
  platformClass(typeName, constructors(typeName));
}

/** What an Aura or LWC client is told; Apex itself sees only `Script-thrown exception` until a message is set. */
export class AuraHandledException extends ApexException {
  readonly forClient: Text;

  constructor(forClient: Text) {
    super(null, null, 'System.AuraHandledException');
    this.forClient = forClient;
  }
}

platformClass('System.AuraHandledException', {
  'new (String)': (message: Text) => new AuraHandledException(message),
});

platformClass('System.InvalidParameterValueException', {
  // unverified: how the two texts are put together.
  'new (String, String)': (parameter: Text, value: Text) =>
    platformException('System.InvalidParameterValueException', `${parameter}: ${value}`),
});
