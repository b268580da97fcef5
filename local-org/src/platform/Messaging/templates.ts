import { current } from '../../engine/current.ts';
import { charge } from '../../engine/limits.ts';
import { FormulaError } from '../../schema/formula/ast.ts';
import { enumValueOf } from '../../values/enum.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { keyPrefixOf } from '../../values/id.ts';
import { listOf } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import { SingleEmailMessage } from './Email.ts';
import { mergeFields, storedTemplate } from './emailTemplates.ts';
import type { MergeSource, StoredTemplate } from './emailTemplates.ts';

type Text = string | null;

/** Why a body could not be merged. */
class RenderEmailTemplateError {
  static readonly apexName = 'Messaging.RenderEmailTemplateError';
  readonly message: string;
  readonly offset: number;

  constructor(message: string, offset: number) {
    this.message = message;
    this.offset = offset;
  }
}

/** One merged body, or why it is none. */
class RenderEmailTemplateBodyResult {
  static readonly apexName = 'Messaging.RenderEmailTemplateBodyResult';
  readonly merged: Text;
  readonly error: RenderEmailTemplateError | null;

  constructor(merged: Text, error: RenderEmailTemplateError | null) {
    this.merged = merged;
    this.error = error;
  }
}

/** Source: SOAP API Developer Guide, renderEmailTemplate(). */
const MOST_BODIES = 10;

/** Fills subject and bodies of a message from a template. */
export function fillFrom(email: SingleEmailMessage, template: StoredTemplate, source: MergeSource): void {
  if (template.type === 'visualforce') unsupported('e-mail templates of type visualforce');
  const merged = (text: string, asHtml = false): Text => (text === '' ? null : mergeFields(text, source, asHtml));
  guarded(() => {
    email.values.set('Subject', merged(template.subject));
    email.values.set('PlainTextBody', merged(template.body));
    email.values.set('HtmlBody', merged(template.html, true));
  });
}

/** `setTreatBodiesAsTemplate(true)`: the message itself is the template. */
export function fillFromItself(email: SingleEmailMessage, source: MergeSource): void {
  const text = (name: string): string => (email.values.get(name) as Text | undefined) ?? '';
  const [subject, body, html] = ['Subject', 'PlainTextBody', 'HtmlBody'].map(text);
  fillFrom(email, { type: 'custom', subject: subject ?? '', body: body ?? '', html: html ?? '' }, source);
}

function guarded(merge: () => void): void {
  try {
    merge();
  } catch (error) {
    if (error instanceof FormulaError) unsupported('a merge field of this template', error.message);
    throw error;
  }
}

/**
 * `Messaging.renderStoredEmailTemplate`: counts as one query. Source: Apex Reference, Messaging. unverified: the exceptions
 * and their texts.
 */
function renderStored(id: Text, who: Text, what: Text): SingleEmailMessage {
  charge('queries');
  const template = storedTemplate(required(id));
  if (!template) return raise('System.EmailException', `Invalid template id: ${id}`);
  const person = who === null ? 'Contact' : current.universe.schema.byKeyPrefix(keyPrefixOf(who))?.name;
  if (!['Contact', 'Lead', 'User'].includes(person ?? '')) {
    raise('System.EmailException', `whoId is not the id of a contact, lead or user: ${who}`);
  }
  const email = new SingleEmailMessage();
  fillFrom(email, template, { who, what });
  return email;
}

function renderBodies(who: Text, what: Text, bodies: ApexList | null): ApexList {
  const texts = required(bodies).items as Text[];
  // unverified: the text.
  if (texts.length > MOST_BODIES)
    raise('System.EmailException', `A request has at most ${MOST_BODIES} template bodies`);
  return listOf(
    current.universe.platform('Messaging.RenderEmailTemplateBodyResult'),
    texts.map((text) => rendered(required(text), { who, what })),
  );
}

function rendered(text: string, source: MergeSource): RenderEmailTemplateBodyResult {
  try {
    return new RenderEmailTemplateBodyResult(mergeFields(text, source), null);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return new RenderEmailTemplateBodyResult(null, new RenderEmailTemplateError(error.message, error.offset));
  }
}

const STORED = 'static Messaging.SingleEmailMessage renderStoredEmailTemplate(String, String, String';

/** The members of System.Messaging that fill in templates. Stored templates of the project have no attachments. */
export const templateMembers: Record<string, Implementation> = {
  [`${STORED})`]: (id: Text, who: Text, what: Text) => renderStored(id, who, what),
  [`${STORED}, Messaging.AttachmentRetrievalOption)`]: (id: Text, who: Text, what: Text) => renderStored(id, who, what),
  [`${STORED}, Messaging.AttachmentRetrievalOption, Boolean)`]: (id: Text, who: Text, what: Text) =>
    renderStored(id, who, what),
  'static List<Messaging.RenderEmailTemplateBodyResult> renderEmailTemplate(String, String, List<String>)':
    renderBodies,
};

const errors = ({ error }: RenderEmailTemplateBodyResult) =>
  listOf(current.universe.platform('Messaging.RenderEmailTemplateError'), error ? [error] : []);

export const RenderEmailTemplateBodyResultClass = platformClass(
  'Messaging.RenderEmailTemplateBodyResult',
  {
    'List<Messaging.RenderEmailTemplateError> getErrors()': errors,
    'get List<Messaging.RenderEmailTemplateError> Errors': errors,
    'String getMergedBody()': ({ merged }: RenderEmailTemplateBodyResult) => merged,
    'get String MergedBody': ({ merged }: RenderEmailTemplateBodyResult) => merged,
    'Boolean getSuccess()': ({ error }: RenderEmailTemplateBodyResult) => error === null,
    'get Boolean Success': ({ error }: RenderEmailTemplateBodyResult) => error === null,
  },
  { notBuilt: ['new ()'] },
);

/** The field's name is not known: a merge field may be an expression. unverified: the status. */
const status = (_error: RenderEmailTemplateError) =>
  enumValueOf(current.universe.platform('System.StatusCode'), 'INVALID_FIELD');
const noName = (_error: RenderEmailTemplateError): Text => null;

export const RenderEmailTemplateErrorClass = platformClass(
  'Messaging.RenderEmailTemplateError',
  {
    'String getMessage()': ({ message }: RenderEmailTemplateError) => message,
    'get String Message': ({ message }: RenderEmailTemplateError) => message,
    'Integer getOffset()': ({ offset }: RenderEmailTemplateError) => offset,
    'get Integer Offset': ({ offset }: RenderEmailTemplateError) => offset,
    'String getFieldName()': noName,
    'get String FieldName': noName,
    'StatusCode getStatusCode()': status,
    'get StatusCode StatusCode': status,
  },
  { notBuilt: ['new ()'] },
);
