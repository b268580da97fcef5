import type { RecordOptions } from '../../engine/data.ts';
import type { OptionsOfRecord } from '../../values/sobject.ts';
import { platformClass } from '../define.ts';

/** Options of a DML call; null where they are not set. */
export class DmlOptionsValue implements OptionsOfRecord {
  static readonly apexName = 'Database.DMLOptions';
  optAllOrNone: boolean | null = null;
  allowFieldTruncation: boolean | null = null;
  localeOptions: string | null = null;
  assignmentRule: AssignmentRuleHeader | null = new AssignmentRuleHeader();
  duplicateRule: DuplicateRuleHeader | null = new DuplicateRuleHeader();
  email: EmailHeader | null = new EmailHeader();

  get asked(): RecordOptions {
    const rule = this.assignmentRule;
    return {
      truncate: this.allowFieldTruncation === true,
      duplicateAllowSave: this.duplicateRule?.allowSave ?? false,
      assignmentRule: rule?.assignmentRuleId ?? (rule?.useDefaultRule ? 'default' : null),
    };
  }
}

class AssignmentRuleHeader {
  static readonly apexName = 'Database.DMLOptions.AssignmentRuleHeader';
  assignmentRuleId: string | null = null;
  useDefaultRule: boolean | null = null;
}

class DuplicateRuleHeader {
  static readonly apexName = 'Database.DMLOptions.DuplicateRuleHeader';
  allowSave: boolean | null = null;
  runAsCurrentUser: boolean | null = null;
}

class EmailHeader {
  static readonly apexName = 'Database.DMLOptions.EmailHeader';
  triggerAutoResponseEmail: boolean | null = null;
  triggerOtherEmail: boolean | null = null;
  triggerUserEmail: boolean | null = null;
}

type Flag = boolean | null;

export const DMLOptionsClass = platformClass('Database.DMLOptions', {
  'new ()': () => new DmlOptionsValue(),
  'get Boolean OptAllOrNone': (o: DmlOptionsValue) => o.optAllOrNone,
  'set Boolean OptAllOrNone': (o: DmlOptionsValue, value: Flag) => void (o.optAllOrNone = value),
  'get Boolean AllowFieldTruncation': (o: DmlOptionsValue) => o.allowFieldTruncation,
  'set Boolean AllowFieldTruncation': (o: DmlOptionsValue, value: Flag) => void (o.allowFieldTruncation = value),
  'get String LocaleOptions': (o: DmlOptionsValue) => o.localeOptions,
  'set String LocaleOptions': (o: DmlOptionsValue, value: string | null) => void (o.localeOptions = value),
  'get Database.DMLOptions.AssignmentRuleHeader AssignmentRuleHeader': (o: DmlOptionsValue) => o.assignmentRule,
  'set Database.DMLOptions.AssignmentRuleHeader AssignmentRuleHeader': (
    o: DmlOptionsValue,
    value: AssignmentRuleHeader | null,
  ) => void (o.assignmentRule = value),
  'get Database.DMLOptions.DuplicateRuleHeader DuplicateRuleHeader': (o: DmlOptionsValue) => o.duplicateRule,
  'set Database.DMLOptions.DuplicateRuleHeader DuplicateRuleHeader': (
    o: DmlOptionsValue,
    value: DuplicateRuleHeader | null,
  ) => void (o.duplicateRule = value),
  'get Database.DMLOptions.EmailHeader EmailHeader': (o: DmlOptionsValue) => o.email,
  'set Database.DMLOptions.EmailHeader EmailHeader': (o: DmlOptionsValue, value: EmailHeader | null) =>
    void (o.email = value),
});

export const AssignmentRuleHeaderClass = platformClass('Database.DMLOptions.AssignmentRuleHeader', {
  'new ()': () => new AssignmentRuleHeader(),
  'get Id AssignmentRuleId': (o: AssignmentRuleHeader) => o.assignmentRuleId,
  'set Id AssignmentRuleId': (o: AssignmentRuleHeader, value: string | null) => void (o.assignmentRuleId = value),
  'get Boolean UseDefaultRule': (o: AssignmentRuleHeader) => o.useDefaultRule,
  'set Boolean UseDefaultRule': (o: AssignmentRuleHeader, value: Flag) => void (o.useDefaultRule = value),
});

export const DuplicateRuleHeaderClass = platformClass('Database.DMLOptions.DuplicateRuleHeader', {
  'new ()': () => new DuplicateRuleHeader(),
  'get Boolean AllowSave': (o: DuplicateRuleHeader) => o.allowSave,
  'set Boolean AllowSave': (o: DuplicateRuleHeader, value: Flag) => void (o.allowSave = value),
  'get Boolean RunAsCurrentUser': (o: DuplicateRuleHeader) => o.runAsCurrentUser,
  'set Boolean RunAsCurrentUser': (o: DuplicateRuleHeader, value: Flag) => void (o.runAsCurrentUser = value),
});

export const EmailHeaderClass = platformClass('Database.DMLOptions.EmailHeader', {
  'new ()': () => new EmailHeader(),
  'get Boolean TriggerAutoResponseEmail': (o: EmailHeader) => o.triggerAutoResponseEmail,
  'set Boolean TriggerAutoResponseEmail': (o: EmailHeader, value: Flag) => void (o.triggerAutoResponseEmail = value),
  'get Boolean TriggerOtherEmail': (o: EmailHeader) => o.triggerOtherEmail,
  'set Boolean TriggerOtherEmail': (o: EmailHeader, value: Flag) => void (o.triggerOtherEmail = value),
  'get Boolean TriggerUserEmail': (o: EmailHeader) => o.triggerUserEmail,
  'set Boolean TriggerUserEmail': (o: EmailHeader, value: Flag) => void (o.triggerUserEmail = value),
});
