import { current } from '../../engine/current.ts';
import { charge } from '../../engine/limits.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { ApexList, listOf } from '../../values/list.ts';
import { perTransaction } from '../transactionState.ts';
import { LIMITS } from './OrgLimits.ts';
import { platformClass } from '../define.ts';
import { SingleEmailMessage } from '../Messaging/Email.ts';
import type { Email } from '../Messaging/Email.ts';
import { storedTemplate } from '../Messaging/emailTemplates.ts';
import { SendEmailResult } from '../Messaging/results.ts';
import { fillFrom, fillFromItself, templateMembers } from '../Messaging/templates.ts';
import type { EmailFault } from '../Messaging/results.ts';

/** Source: Apex Developer Guide, Execution Governors and Limits; SingleEmailMessage, setToAddresses. */
const MOST_RECIPIENTS = 150;
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/;
const ADDRESS_FIELDS = [
  ['ToAddresses', 'to', 'toAddresses'],
  ['CcAddresses', 'cc', 'ccAddresses'],
  ['BccAddresses', 'bcc', 'bccAddresses'],
] as const;

function texts(value: unknown): (string | null)[] {
  return value instanceof ApexList ? (value.items as (string | null)[]) : [];
}

function text(email: Email, name: string): string | null {
  return (email.values.get(name) ?? null) as string | null;
}

/**
 * Why an email can't be sent: the first reason only, as on the platform. Messages as the platform writes them, except
 * where they are marked unverified.
 */
function faultOf(email: SingleEmailMessage): EmailFault | null {
  const target = text(email, 'TargetObjectId');
  const fault = (status: string, message: string, fields: readonly string[] = []): EmailFault => ({
    status,
    message,
    fields,
    targetObjectId: target,
  });
  let recipients = 0;
  for (const [name, word, field] of ADDRESS_FIELDS) {
    for (const address of texts(email.values.get(name))) {
      recipients++;
      // A user's, contact's or lead's id may stand for the address.
      const isId = address !== null && /^(005|003|00Q)\w{12,15}$/.test(address);
      if (isId || (address !== null && ADDRESS.test(address))) continue;
      return fault('INVALID_EMAIL_ADDRESS', `Invalid ${word} address : ${address}`, [field, String(address)]);
    }
  }
  if (recipients === 0 && target === null) return fault('REQUIRED_FIELD_MISSING', 'Add a recipient to send an email.');
  // unverified: the text.
  if (recipients > MOST_RECIPIENTS)
    return fault('LIMIT_EXCEEDED', `Too many recipients: ${recipients}`, ['toAddresses']);
  return targetFault(email, target, fault) ?? contentFault(email, target, fault);
}

type MakeFault = (status: string, message: string, fields?: readonly string[]) => EmailFault;

function targetFault(email: SingleEmailMessage, target: string | null, fault: MakeFault): EmailFault | null {
  if (target === null) return null;
  const kind = current.universe.schema.byKeyPrefix(target.slice(0, 3))?.name;
  if (kind !== 'User' && kind !== 'Contact' && kind !== 'Lead') {
    const message = 'Only User, Contact, Lead, or Person objects are allowed for targetObjectId';
    return fault('INVALID_ID_FIELD', `${message} : ${target}`, ['targetObjectId', target]);
  }
  if (kind !== 'User') return null;
  const what = text(email, 'WhatId');
  if (what !== null) {
    return fault('INVALID_ID_FIELD', 'WhatId is not available for sending emails to UserIds.', ['whatId', what]);
  }
  if (email.values.get('SaveAsActivity') !== false) {
    const message = 'saveAsActivity must be false when sending mail to users.';
    return fault('INVALID_SAVE_AS_ACTIVITY_FLAG', message, ['saveAsActivity', 'true']);
  }
  return null;
}

function contentFault(email: SingleEmailMessage, target: string | null, fault: MakeFault): EmailFault | null {
  const template = text(email, 'TemplateId');
  if (template !== null) {
    // unverified: the texts.
    if (target === null) return fault('REQUIRED_FIELD_MISSING', 'Missing targetObjectId with template', ['templateId']);
    return storedTemplate(template)
      ? null
      : fault('INVALID_ID_FIELD', `Invalid template : ${template}`, ['templateId']);
  }
  if (text(email, 'HtmlBody') || text(email, 'PlainTextBody')) return null;
  return fault('REQUIRED_FIELD_MISSING', 'Missing body, need at least one of html or plainText');
}

/** Subject and bodies as the template makes them: the message has them once it is sent. */
function fill(email: SingleEmailMessage): void {
  const source = { who: text(email, 'TargetObjectId'), what: text(email, 'WhatId') };
  const id = text(email, 'TemplateId');
  const template = id === null ? null : storedTemplate(id);
  if (template) fillFrom(email, template, source);
  else if (email.values.get('TreatBodiesAsTemplate') === true) fillFromItself(email, source);
}

/**
 * Checks, counts and logs emails. local-org has no mail server: nothing leaves it. An email is pending work, behind which
 * there are no callouts (Apex Developer Guide, Callout Limits and Limitations).
 *
 * @throws System.EmailException at the first email that can't be sent, where all or none are
 */
function sendEmail(list: ApexList | null, allOrNone: boolean): ApexList {
  const emails = required(list).items as (Email | null)[];
  charge('emails');
  if (current.tx.uncommitted === 'none') current.tx.uncommitted = 'async';
  const results = emails.map((email) => {
    if (!(required(email) instanceof SingleEmailMessage)) unsupported('mass emails in Messaging.sendEmail');
    const fault = faultOf(email as SingleEmailMessage);
    if (!fault) fill(email as SingleEmailMessage);
    return new SendEmailResult(fault ? [fault] : []);
  });
  const row = results.findIndex(({ errors }) => errors.length > 0);
  const [first] = results[row]?.errors ?? [];
  if (first && allOrNone) {
    const detail = `${first.status}, ${first.message}: [${first.fields.join(', ')}]`;
    raise('System.EmailException', `SendEmail failed. First exception on row ${row}; first error: ${detail}`);
  }
  for (const [at, { errors }] of results.entries()) {
    const email = emails[at] as Email;
    if (errors.length === 0)
      current.tx.debug('INFO', `Email, not delivered by local-org: ${text(email, 'Subject') ?? ''}`, 0);
  }
  return listOf(current.universe.platform('Messaging.SendEmailResult'), results);
}

const reserved = perTransaction(() => ({ SingleEmail: 0, MassEmail: 0 }));

/**
 * Reserves messages of the day's allocation, of which a local org has used none.
 *
 * @throws System.HandledException where that is more than the org may send (unverified: the texts)
 */
function reserve(kind: 'SingleEmail' | 'MassEmail', amount: number | null): void {
  if (required(amount) < 0) raise('System.HandledException', 'The amount to reserve must not be negative');
  const taken = reserved();
  if (taken[kind] + required(amount) > LIMITS[kind]) {
    raise('System.HandledException', 'The daily limit for the org would be exceeded by this request');
  }
  taken[kind] += required(amount);
}

export const MessagingClass = platformClass(
  'System.Messaging',
  {
    'static List<Messaging.SendEmailResult> sendEmail(List<Messaging.Email>)': (emails: ApexList | null) =>
      sendEmail(emails, true),
    'static List<Messaging.SendEmailResult> sendEmail(List<Messaging.Email>, Boolean)': (
      emails: ApexList | null,
      allOrNone: boolean | null,
    ) => sendEmail(emails, allOrNone !== false),
    ...templateMembers,
    'static void reserveSingleEmailCapacity(Integer)': (amount: number | null) => reserve('SingleEmail', amount),
    'static void reserveMassEmailCapacity(Integer)': (amount: number | null) => reserve('MassEmail', amount),
  },
  {
    notBuilt: [
      'static Messaging.InboundEmail extractInboundEmail(Object, Boolean)',
      'static List<Messaging.SendEmailResult> sendEmailMessage(List<Id>)',
      'static List<Messaging.SendEmailResult> sendEmailMessage(List<Id>, Boolean)',
    ],
  },
);
