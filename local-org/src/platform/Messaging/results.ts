import { current } from '../../engine/current.ts';
import { enumValueOf } from '../../values/enum.ts';
import { listOf, stringList } from '../../values/list.ts';
import { platformClass } from '../define.ts';

/** Why an email was not sent. */
export interface EmailFault {
  readonly status: string;
  readonly message: string;
  /** The field and its value, as the message shows them. */
  readonly fields: readonly string[];
  readonly targetObjectId: string | null;
}

export class SendEmailError {
  static readonly apexName = 'Messaging.SendEmailError';
  readonly fault: EmailFault;

  constructor(fault: EmailFault) {
    this.fault = fault;
  }
}

export class SendEmailResult {
  static readonly apexName = 'Messaging.SendEmailResult';
  readonly errors: readonly EmailFault[];

  constructor(errors: readonly EmailFault[]) {
    this.errors = errors;
  }

  toString(): string {
    return `Messaging.SendEmailResult[getErrors=(${this.errors.map((error) => error.message).join(', ')});isSuccess=${this.errors.length === 0};]`;
  }
}

const status = ({ fault }: SendEmailError) => enumValueOf(current.universe.platform('System.StatusCode'), fault.status);
const errors = (result: SendEmailResult) =>
  listOf(
    current.universe.platform('Messaging.SendEmailError'),
    result.errors.map((fault) => new SendEmailError(fault)),
  );
const isSuccess = (result: SendEmailResult) => result.errors.length === 0;

export const SendEmailErrorClass = platformClass(
  'Messaging.SendEmailError',
  {
    'get String Message': ({ fault }: SendEmailError) => fault.message,
    'get StatusCode StatusCode': status,
    'get String TargetObjectId': ({ fault }: SendEmailError) => fault.targetObjectId,
    'List<String> getFields()': ({ fault }: SendEmailError) => stringList([...fault.fields]),
    'String getMessage()': ({ fault }: SendEmailError) => fault.message,
    'StatusCode getStatusCode()': status,
    'String getTargetObjectId()': ({ fault }: SendEmailError) => fault.targetObjectId,
  },
  { notBuilt: ['new ()'] },
);

export const SendEmailResultClass = platformClass(
  'Messaging.SendEmailResult',
  {
    'get List<Messaging.SendEmailError> Errors': errors,
    'get Boolean Success': isSuccess,
    'List<Messaging.SendEmailError> getErrors()': errors,
    'Boolean isSuccess()': isSuccess,
  },
  { notBuilt: ['new ()'] },
);
