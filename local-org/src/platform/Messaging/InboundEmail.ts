import { platformClass } from '../define.ts';
import { properties, property, PropertyBag } from '../properties.ts';

/** A class with properties and a constructor without parameters: what email services get and give. */
function record(name: string, ...declarations: readonly string[]): void {
  const bag = class extends PropertyBag {
    static readonly apexName = `Messaging.${name}`;
  };
  platformClass(`Messaging.${name}`, { 'new ()': () => new bag(), ...properties(...declarations) });
}

record(
  'InboundEmail',
  'List<Messaging.InboundEmail.AuthenticationResult> authenticationResults',
  'List<Messaging.InboundEmail.BinaryAttachment> binaryAttachments',
  'List<String> ccAddresses',
  'String fromAddress',
  'String fromName',
  'List<Messaging.InboundEmail.Header> headers',
  'String htmlBody',
  'Boolean htmlBodyIsTruncated',
  'String inReplyTo',
  'String messageId',
  'String plainTextBody',
  'Boolean plainTextBodyIsTruncated',
  'List<String> references',
  'String replyTo',
  'String subject',
  'List<Messaging.InboundEmail.TextAttachment> textAttachments',
  'List<String> toAddresses',
);
record(
  'InboundEmail.AuthenticationResult',
  'List<Messaging.InboundEmail.AuthenticationResultField> authenticationResultFields',
  'String method',
  'String result',
);
record('InboundEmail.AuthenticationResultField', 'String name', 'String value');
record(
  'InboundEmail.BinaryAttachment',
  'Blob body',
  'String fileName',
  'List<Messaging.InboundEmail.Header> headers',
  'String mimeTypeSubType',
);
record('InboundEmail.Header', 'String name', 'String value');
record(
  'InboundEmail.TextAttachment',
  'String body',
  'Boolean bodyIsTruncated',
  'String charset',
  'String fileName',
  'List<Messaging.InboundEmail.Header> headers',
  'String mimeTypeSubType',
);
record('InboundEnvelope', 'String fromAddress', 'String toAddress');

class InboundEmailResult extends PropertyBag {
  static readonly apexName = 'Messaging.InboundEmailResult';
}

export const InboundEmailResultClass = platformClass('Messaging.InboundEmailResult', {
  'new ()': () => new InboundEmailResult(),
  ...property('String message'),
  ...property('Boolean success', { initial: true }),
});
