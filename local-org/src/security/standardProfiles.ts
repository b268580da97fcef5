/** What a profile that every org has grants on an object: create, read, edit, delete. */
export interface ObjectRights {
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
}

export const NO_RIGHTS: ObjectRights = {
  create: false,
  read: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};

export const ALL_RIGHTS: ObjectRights = {
  create: true,
  read: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};

const READ: ObjectRights = { ...NO_RIGHTS, read: true };
const WRITE: ObjectRights = { ...READ, create: true, edit: true };
const FULL: ObjectRights = { ...WRITE, delete: true };

/** A standard profile; other profiles grant what their metadata or records say. */
export interface StandardProfile {
  readonly name: string;
  readonly license: string;
  /** All rights on all data and every `Permissions…` of the profile. */
  readonly administrator: boolean;
  readonly objects: Readonly<Record<string, ObjectRights>>;
  /** Whether standard fields are visible without further grants. */
  readonly standardFields: boolean;
  /** System permissions besides those of an administrator. */
  readonly permissions: readonly string[];
}

/** Source: Salesforce Help, "Standard Profiles"; object rights of the profile Standard User in a new org. */
const STANDARD_USER: Readonly<Record<string, ObjectRights>> = {
  Account: FULL,
  Contact: FULL,
  Lead: FULL,
  Opportunity: FULL,
  OpportunityLineItem: FULL,
  OpportunityContactRole: FULL,
  Case: WRITE,
  CaseComment: WRITE,
  Asset: FULL,
  Contract: FULL,
  Order: FULL,
  OrderItem: FULL,
  Quote: FULL,
  QuoteLineItem: FULL,
  Task: FULL,
  Event: FULL,
  Note: FULL,
  Attachment: FULL,
  ContentDocument: FULL,
  ContentDocumentLink: FULL,
  ContentVersion: FULL,
  FeedItem: FULL,
  Individual: FULL,
  Campaign: READ,
  CampaignMember: FULL,
  CampaignMemberStatus: READ,
  Document: FULL,
  Product2: READ,
  Pricebook2: READ,
  PricebookEntry: READ,
  OutOfOffice: FULL,
};

function readOnly(objects: Readonly<Record<string, ObjectRights>>): Record<string, ObjectRights> {
  return Object.fromEntries(Object.keys(objects).map((name) => [name, READ]));
}

const SALESFORCE = 'Salesforce';

/** System permissions of the profile Standard User in a new org, as far as data and Apex see them. */
const STANDARD_PERMISSIONS = [
  ...['ActivateContract', 'ActivateOrder', 'ActivitiesAccess', 'AddDirectMessageMembers', 'AllowUniversalSearch'],
  ...['AllowViewKnowledge', 'ApexRestServices', 'ApiEnabled', 'AssignTopics', 'ChatterFileLink', 'ChatterInternalUser'],
  ...['ChatterInviteExternalUsers', 'ChatterOwnGroups', 'ContentWorkspaces', 'ConvertLeads', 'CreateTopics'],
  ...['CreateCustomizeFilters', 'CreateCustomizeReports', 'EditEvent', 'EditOppLineItemUnitPrice', 'EditTask'],
  ...['EditTopics', 'EmailMass', 'EmailSingle', 'EnableNotifications', 'ExportReport', 'ImportPersonal'],
  ...['LightningConsoleAllowedForUser', 'LightningExperienceUser', 'ListEmailSend', 'MassInlineEdit', 'RunReports'],
  ...['SelectFilesFromSalesforce', 'SendExternalEmailAvailable', 'ShowCompanyNameAsUserBadge', 'SubmitMacrosAllowed'],
  ...['SubscribeToLightningReports', 'UseTeamReassignWizards', 'UseWebLink', 'ViewGlobalHeader', 'ViewHelpLink'],
  ...['ViewRoles', 'ViewSetup', 'VerifyComment'],
];

/** Objects for which there are object permissions, besides custom objects and events. */
export const PERMITTED_OBJECTS: readonly string[] = Object.keys(STANDARD_USER);

export const STANDARD_PROFILES: readonly StandardProfile[] = [
  {
    name: 'System Administrator',
    license: SALESFORCE,
    administrator: true,
    objects: {},
    standardFields: true,
    permissions: [],
  },
  {
    name: 'Standard User',
    license: SALESFORCE,
    administrator: false,
    objects: STANDARD_USER,
    standardFields: true,
    permissions: STANDARD_PERMISSIONS,
  },
  {
    name: 'Marketing User',
    license: SALESFORCE,
    administrator: false,
    objects: { ...STANDARD_USER, Campaign: FULL },
    standardFields: true,
    permissions: STANDARD_PERMISSIONS,
  },
  {
    name: 'Contract Manager',
    license: SALESFORCE,
    administrator: false,
    objects: STANDARD_USER,
    standardFields: true,
    permissions: STANDARD_PERMISSIONS,
  },
  {
    name: 'Solution Manager',
    license: SALESFORCE,
    administrator: false,
    objects: STANDARD_USER,
    standardFields: true,
    permissions: STANDARD_PERMISSIONS,
  },
  {
    name: 'Read Only',
    license: SALESFORCE,
    administrator: false,
    objects: readOnly(STANDARD_USER),
    standardFields: true,
    permissions: STANDARD_PERMISSIONS,
  },
  {
    name: 'Minimum Access - Salesforce',
    license: SALESFORCE,
    administrator: false,
    objects: { Task: READ, Event: READ, ContentDocument: READ, ContentVersion: READ },
    standardFields: false,
    permissions: [],
  },
  {
    name: 'Standard Platform User',
    license: 'Salesforce Platform',
    administrator: false,
    objects: {
      Account: FULL,
      Contact: FULL,
      Task: FULL,
      Event: FULL,
      Note: FULL,
      Attachment: FULL,
      ContentDocument: FULL,
      ContentDocumentLink: FULL,
      ContentVersion: FULL,
      FeedItem: FULL,
    },
    standardFields: true,
    permissions: STANDARD_PERMISSIONS,
  },
  {
    name: 'Chatter Free User',
    license: 'Chatter Free',
    administrator: false,
    objects: { FeedItem: FULL, ContentDocument: FULL, ContentVersion: FULL },
    standardFields: false,
    permissions: [],
  },
  {
    // Of guests of sites. Source: SalesforceFoundation/Volunteers-for-Salesforce, UTIL_UnitTest: every scratch org has it.
    name: 'Guest License User',
    license: 'Guest User License',
    administrator: false,
    objects: {},
    standardFields: false,
    permissions: [],
  },
  {
    name: 'Salesforce API Only System Integrations',
    license: 'Salesforce Integration',
    administrator: false,
    objects: {},
    standardFields: false,
    permissions: ['ApiEnabled', 'ApiUserOnly'],
  },
];
