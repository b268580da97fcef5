import { platformClass } from '../define.ts';
import { property, PropertyBag } from '../properties.ts';

/** What single and mass emails have in common. */
export class Email extends PropertyBag {
  static readonly apexName: string = 'Messaging.Email';
}

export class SingleEmailMessage extends Email {
  static override readonly apexName = 'Messaging.SingleEmailMessage';
}

export class MassEmailMessage extends Email {
  static override readonly apexName = 'Messaging.MassEmailMessage';
}

export class EmailFileAttachment extends PropertyBag {
  static readonly apexName = 'Messaging.EmailFileAttachment';
}

const both = { methods: 'both' } as const;

const common = {
  ...property('Boolean BccSender', { ...both, initial: false }),
  ...property('String EmailPriority', both),
  ...property('String ReplyTo', both),
  ...property('Boolean SaveAsActivity', { ...both, initial: true }),
  ...property('String SenderDisplayName', both),
  ...property('String Subject', both),
  ...property('Boolean UseSignature', { ...both, initial: true }),
};

export const EmailClass = platformClass('Messaging.Email', common, { notBuilt: ['new ()'] });

/** Source: Apex Reference, SingleEmailMessage methods. */
export const SingleEmailMessageClass = platformClass('Messaging.SingleEmailMessage', {
  'new ()': () => new SingleEmailMessage(),
  ...property('List<String> BccAddresses', both),
  ...property('List<String> CcAddresses', both),
  ...property('String Charset', { ...both, initial: 'UTF-8' }),
  ...property('List<String> EntityAttachments', both),
  ...property('List<Messaging.EmailFileAttachment> FileAttachments', both),
  ...property('String HtmlBody', both),
  ...property('String InReplyTo', both),
  ...property('Boolean OneClickPost', { methods: 'only', initial: false }),
  ...property('String OptOutPolicy', both),
  ...property('Id OrgWideEmailAddressId', both),
  ...property('String PlainTextBody', both),
  ...property('String References', both),
  ...property('Boolean SaveAsActivity', { initial: true }),
  ...property('String Subject'),
  ...property('Id TargetObjectId', both),
  ...property('Id TemplateId', both),
  ...property('String TemplateName', { ...both, readonly: true }),
  ...property('List<String> ToAddresses', both),
  ...property('Boolean TreatBodiesAsTemplate', { ...both, is: true, initial: false }),
  ...property('Boolean TreatTargetObjectAsRecipient', { ...both, is: true, initial: true }),
  ...property('Boolean UserMail', { ...both, is: true, readonly: true, initial: false }),
  ...property('Id WhatId', both),
  'void setUnsubscribeComment(String)': (email: SingleEmailMessage, text: string | null) =>
    void email.values.set('UnsubscribeComment', text),
  'void setUnsubscribeUrls(List<String>)': (email: SingleEmailMessage, urls: unknown) =>
    void email.values.set('UnsubscribeUrls', urls),
});

const inherited = ['BccSender', 'SaveAsActivity', 'UseSignature'].map((name) => `Boolean ${name}`);
const inheritedTexts = ['EmailPriority', 'ReplyTo', 'SenderDisplayName', 'Subject'].map((name) => `String ${name}`);

export const MassEmailMessageClass = platformClass('Messaging.MassEmailMessage', {
  'new ()': () => new MassEmailMessage(),
  ...Object.assign(
    {},
    ...[...inherited, ...inheritedTexts].map((text) =>
      property(text, { methods: 'only', initial: text.startsWith('Boolean') ? !text.endsWith('BccSender') : null }),
    ),
  ),
  ...property('String Description', both),
  ...property('List<Id> TargetObjectIds', both),
  ...property('Id TemplateId', both),
  ...property('List<Id> WhatIds', both),
});

export const EmailFileAttachmentClass = platformClass('Messaging.EmailFileAttachment', {
  'new ()': () => new EmailFileAttachment(),
  ...property('Blob Body', both),
  ...property('String ContentType', both),
  ...property('String FileName', both),
  ...property('Id Id', { ...both, readonly: true }),
  ...property('Boolean Inline', { ...both, initial: false }),
});
