import type { NewRecord } from '../org/connection.ts';

/** Reason codes that an org starts with; sales operations change them in the org. */
export const REASONS: readonly NewRecord[] = [
  reason('WRONG_INDUSTRY', 'Not my industry', { Training_Label__c: 'Bad Match', Excludes_Representative__c: true }),
  reason('WRONG_LANGUAGE', "I do not speak the lead's language", {
    Training_Label__c: 'Bad Match',
    Excludes_Representative__c: true,
  }),
  reason('WRONG_TERRITORY', 'Belongs to another territory', {
    Training_Label__c: 'Data Error',
    Excludes_Representative__c: true,
  }),
  reason('NO_TIME', 'No time within the response time', { Training_Label__c: 'Neutral' }),
  reason('CONFLICT_OF_INTEREST', 'Conflict of interest', {
    Training_Label__c: 'Neutral',
    Excludes_Representative__c: true,
    Requires_Comment__c: true,
  }),
  reason('KNOWN_CONTACT', 'Somebody else already talks to them', {
    Applies_To__c: 'Rejection;Reassignment;Override',
    Training_Label__c: 'Data Error',
  }),
  reason('NOT_A_LEAD', 'No lead at all (spam, student, competitor)', { Training_Label__c: 'Data Error' }),
  reason('OTHER', 'Another reason', {
    Applies_To__c: 'Rejection;Reassignment;Override',
    Training_Label__c: 'Neutral',
    Requires_Comment__c: true,
  }),
].map((record, index) => ({ ...record, Sort_Order__c: index + 1 }));

function reason(code: string, name: string, details: NewRecord): NewRecord {
  return { Code__c: code, Name: name, Active__c: true, Applies_To__c: 'Rejection;Reassignment', ...details };
}
