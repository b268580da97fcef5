import { platformClass } from '../define.ts';
import type { Implementation } from '../define.ts';
import { property, PropertyBag } from '../properties.ts';

/** What would be submitted: it holds what is put into it. There are no approval processes to give it to. */
function request(name: string, ...declared: readonly string[]): void {
  const bag = class extends PropertyBag {
    static readonly apexName = name;
  };
  const members: Record<string, Implementation> = { 'new ()': () => new bag() };
  for (const declaration of ['String Comments', 'List<Id> NextApproverIds', ...declared]) {
    Object.assign(members, property(declaration, { methods: 'both' }));
  }
  // Of what they have from ProcessRequest they declare the methods alone.
  if (declared.length > 0) {
    for (const inherited of ['String Comments', 'List<Id> NextApproverIds']) {
      delete members[`get ${inherited}`];
      delete members[`set ${inherited}`];
    }
  }
  platformClass(name, members);
}

request('Approval.ProcessRequest');
request(
  'Approval.ProcessSubmitRequest',
  'String ObjectId',
  'String ProcessDefinitionNameOrId',
  'Boolean SkipEntryCriteria',
  'String SubmitterId',
);
request('Approval.ProcessWorkitemRequest', 'String Action', 'String WorkitemId');
