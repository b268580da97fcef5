import { current } from '../../engine/current.ts';
import type { ConvertOutcome, LeadConversion } from '../../engine/data.ts';
import { required, unsupported } from '../../values/exception.ts';
import { ApexList, listOf } from '../../values/list.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import { optionsOf } from './dml.ts';
import { jsonShape } from '../System/json/platformObjects.ts';
import { errorList, faultsOf } from './results.ts';

/** What one lead becomes. */
class LeadConvertValue implements LeadConversion {
  static readonly apexName = 'Database.LeadConvert';
  leadId: string | null = null;
  accountId: string | null = null;
  contactId: string | null = null;
  opportunityId: string | null = null;
  opportunityName: string | null = null;
  convertedStatus: string | null = null;
  ownerId: string | null = null;
  doNotCreateOpportunity = false;
  overwriteLeadSource = false;
  /** No e-mail leaves a local org, and no duplicate rules run: these two are only kept. */
  sendNotificationEmail = false;
  bypassAccountDedupeCheck = false;
  bypassContactDedupeCheck = false;
}

type TextName =
  'leadId' | 'accountId' | 'contactId' | 'opportunityId' | 'opportunityName' | 'convertedStatus' | 'ownerId';
type FlagName =
  | 'doNotCreateOpportunity'
  | 'overwriteLeadSource'
  | 'sendNotificationEmail'
  | 'bypassAccountDedupeCheck'
  | 'bypassContactDedupeCheck';

function text(type: 'Id' | 'String', property: string, name: TextName): Record<string, Implementation> {
  const get = (of: LeadConvertValue) => of[name];
  const set = (of: LeadConvertValue, value: string | null) => void (of[name] = value);
  return {
    [`get ${type} ${property}`]: get,
    [`set ${type} ${property}`]: set,
    [`${type} get${property}()`]: get,
    [`void set${property}(${type})`]: set,
  };
}

function flag(property: string, name: FlagName, getter: string): Record<string, Implementation> {
  const get = (of: LeadConvertValue) => of[name];
  const set = (of: LeadConvertValue, value: boolean | null) => void (of[name] = required(value));
  return {
    [`get Boolean ${property}`]: get,
    [`set Boolean ${property}`]: set,
    [`Boolean ${getter}()`]: get,
    [`void set${property}(Boolean)`]: set,
  };
}

function noPerson(account: unknown): void {
  if (account !== null) unsupported('accounts of persons', 'convert the lead into an account and a contact');
}

const RECORDS = ['AccountRecord', 'ContactRecord', 'OpportunityRecord'];

export const LeadConvertClass = platformClass(
  'Database.LeadConvert',
  {
    'new ()': () => new LeadConvertValue(),
    ...text('Id', 'LeadId', 'leadId'),
    ...text('Id', 'AccountId', 'accountId'),
    ...text('Id', 'ContactId', 'contactId'),
    ...text('Id', 'OpportunityId', 'opportunityId'),
    ...text('String', 'OpportunityName', 'opportunityName'),
    ...text('String', 'ConvertedStatus', 'convertedStatus'),
    ...text('Id', 'OwnerId', 'ownerId'),
    // There are no person accounts.
    'Id getRelatedPersonAccountId()': () => null,
    'SObject getRelatedPersonAccountRecord()': () => null,
    'void setRelatedPersonAccountId(Id)': (_of: LeadConvertValue, id: string | null) => noPerson(id),
    'void setRelatedPersonAccountRecord(SObject)': (_of: LeadConvertValue, record: object | null) => noPerson(record),
    ...flag('DoNotCreateOpportunity', 'doNotCreateOpportunity', 'isDoNotCreateOpportunity'),
    ...flag('OverwriteLeadSource', 'overwriteLeadSource', 'isOverwriteLeadSource'),
    ...flag('SendNotificationEmail', 'sendNotificationEmail', 'isSendNotificationEmail'),
    ...flag('BypassAccountDedupeCheck', 'bypassAccountDedupeCheck', 'getBypassAccountDedupeCheck'),
    ...flag('BypassContactDedupeCheck', 'bypassContactDedupeCheck', 'getBypassContactDedupeCheck'),
  },
  {
    notBuilt: RECORDS.flatMap((name) => [
      `get SObject ${name}`,
      `set SObject ${name}`,
      `SObject get${name}()`,
      `void set${name}(SObject)`,
    ]),
  },
);

class LeadConvertResultValue {
  static readonly apexName = 'Database.LeadConvertResult';
  readonly outcome: ConvertOutcome;

  constructor(outcome: ConvertOutcome) {
    this.outcome = outcome;
  }

  *jsonFields(): Iterable<readonly [string, unknown]> {
    const { leadId, success, accountId, contactId, opportunityId, errors } = this.outcome;
    yield* Object.entries({ success, leadId, accountId, contactId, opportunityId });
    yield ['errors', errorList(errors)];
  }
}

jsonShape('Database.LeadConvertResult', {
  fields: {
    success: 'Boolean',
    leadid: 'Id',
    accountid: 'Id',
    contactid: 'Id',
    opportunityid: 'Id',
    errors: 'List<Database.Error>',
  },
  make: (values) => {
    const id = (name: string): string | null => (values.get(name) as string | null | undefined) ?? null;
    return new LeadConvertResultValue({
      leadId: id('leadid'),
      success: values.get('success') === true,
      accountId: id('accountid'),
      contactId: id('contactid'),
      opportunityId: id('opportunityid'),
      errors: faultsOf(values.get('errors')),
    });
  },
});

function result(type: string, name: string, get: (outcome: ConvertOutcome) => unknown): Record<string, Implementation> {
  const read = ({ outcome }: LeadConvertResultValue) => get(outcome);
  return { [`get ${type} ${name}`]: read, [`${type} ${name === 'Success' ? 'isSuccess' : `get${name}`}()`]: read };
}

export const LeadConvertResultClass = platformClass('Database.LeadConvertResult', {
  ...result('Id', 'LeadId', ({ leadId }) => leadId),
  ...result('Id', 'AccountId', ({ accountId }) => accountId),
  ...result('Id', 'ContactId', ({ contactId }) => contactId),
  ...result('Id', 'OpportunityId', ({ opportunityId }) => opportunityId),
  // There are no person accounts here.
  ...result('Id', 'RelatedPersonAccountId', () => null),
  ...result('Boolean', 'Success', ({ success }) => success),
  ...result('List<Database.Error>', 'Errors', ({ errors }) => errorList(errors)),
});

function convert(value: unknown, rest: readonly unknown[]): object {
  const options = optionsOf(rest);
  const given = value instanceof ApexList ? value.items : [required(value)];
  const conversions = given.map((item) => required(item) as LeadConvertValue);
  const outcomes = current.tx.data.convertLeads(conversions, options);
  const results = outcomes.map((outcome) => new LeadConvertResultValue(outcome));
  if (!(value instanceof ApexList)) return results[0] as object;
  return listOf(current.universe.platform('Database.LeadConvertResult'), results);
}

/** The members of System.Database that convert leads. */
export const convertLeadMembers: Record<string, Implementation> = Object.fromEntries(
  ['Database.LeadConvert', 'List<Database.LeadConvert>'].flatMap((first) => {
    const returned = first.startsWith('List') ? 'List<Database.LeadConvertResult>' : 'Database.LeadConvertResult';
    const rests = ['', 'Boolean', 'AccessLevel', 'Boolean, AccessLevel', 'Database.DMLOptions'];
    return [...rests, 'Database.DMLOptions, AccessLevel'].map((rest) => [
      `static ${returned} convertLead(${first}${rest && `, ${rest}`})`,
      (value: never, ...more: never[]) => convert(value, more),
    ]);
  }),
);
