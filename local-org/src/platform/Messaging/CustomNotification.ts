import { raise, required } from '../../values/exception.ts';
import type { ApexSet } from '../../values/set.ts';
import { platformClass } from '../define.ts';

const LONGEST_TITLE = 250;
const LONGEST_BODY = 750;
const MOST_RECIPIENTS = 500;

/** A notification as it is put together. Nobody has a bell in a local org: it is checked as Salesforce does, and gone. */
class CustomNotification {
  static readonly apexName = 'Messaging.CustomNotification';
  typeId: string | null = null;
  title: string | null = null;
  body: string | null = null;
  target: string | null = null;
}

function send(notification: CustomNotification, recipients: ApexSet | null): void {
  const { typeId, title, body, target } = notification;
  for (const [name, value] of Object.entries({ notifTypeId: typeId, title, body, targetId: target })) {
    if (value === null || value === '') refuse(`missing required parameter: ${name}`);
  }
  if (String(title).length > LONGEST_TITLE) refuse(`title is longer than ${LONGEST_TITLE} characters`);
  if (String(body).length > LONGEST_BODY) refuse(`body is longer than ${LONGEST_BODY} characters`);
  const { size } = required(recipients);
  if (size === 0 || size > MOST_RECIPIENTS) refuse(`recipients: 1 to ${MOST_RECIPIENTS}, not ${size}`);
}

function refuse(what: string): never {
  raise('System.HandledException', `Custom notification: ${what}`);
}

function setter(name: 'typeId' | 'title' | 'body' | 'target') {
  return (notification: CustomNotification, value: string | null) => void (notification[name] = value);
}

export const CustomNotificationClass = platformClass(
  'Messaging.CustomNotification',
  {
    'new ()': () => new CustomNotification(),
    'void setNotificationTypeId(String)': setter('typeId'),
    'void setTitle(String)': setter('title'),
    'void setBody(String)': setter('body'),
    'void setTargetId(String)': setter('target'),
    'void setTargetPageRef(String)': setter('target'),
    'void send(Set<String>)': send,
  },
  { notBuilt: ['new (String, String, String, String, String, String)'] },
);
