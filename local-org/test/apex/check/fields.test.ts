import { test } from 'node:test';
import { acceptsMembers, acceptsStatements, refusesMembers, refusesStatements } from './harness.ts';

test('shouldReadAndWriteFieldsOfRecordsAndTheirParents', () => {
  acceptsStatements(
    "Account a = new Account(Name = 'A'); a.Name = 'B'; a.AnnualRevenue += 1; a.NumberOfEmployees++;",
    'Contact c = new Contact(); String s = c.Account.Owner.Name; c.Account = new Account();',
    'Invoice__c i = new Invoice__c(Amount__c = 1, Account__r = new Account()); Decimal d = i.Double__c; String n = i.Account__r.Name;',
    'Account a = new Account(); List<Contact> cs = a.Contacts; List<Invoice__c> is = a.Invoices__r;',
    'SObject s = new Account(); Id i = s.Id; s.Id = null;',
    'Task t = new Task(); String w = t.What.Name; SObject who = t.Who; User u = (User) t.Owner;',
    "Rate__mdt r = new Rate__mdt(DeveloperName = 'A', Percent__c = 5);",
    "Account a = new Account(Id = '001000000000001', OwnerId = UserInfo.getUserId());",
  );
});

test('shouldRefuseFieldsThatAnObjectDoesNotHave', () => {
  refusesStatements({
    "Account a = new Account(); a.Nmae = 'x';": '3:30 Field does not exist: Nmae on Account. Did you mean Name?',
    "Account a = new Account(Nmae = 'x');": '3:25 Field does not exist: Nmae on Account. Did you mean Name?',
    'Account a = new Account(); String s = a.Owner.Zork;': '3:47 Field does not exist: Zork on User.',
    'Invoice__c i = new Invoice__c(); String s = i.Account__c.Name;': '3:58 Variable does not exist: Name.',
    'SObject s = new Account(); String n = s.Name;': '3:41 Variable does not exist: Name.',
    "Account a = new Account(Name = 'x', NAME = 'y');": '3:37 Duplicate field initialization: NAME',
  });
});

test('shouldRefuseValuesOfAnotherType', () => {
  refusesStatements({
    'Account a = new Account(); a.Name = 1;': '3:37 Illegal assignment from Integer to String. Use String.valueOf(…).',
    'Account a = new Account(); a.NumberOfEmployees = 1.5;':
      '3:50 Illegal assignment from Decimal to Integer. Use .intValue().',
    "Account a = new Account(AnnualRevenue = 'much');":
      '3:41 Illegal assignment from String to Decimal. Use Decimal.valueOf(…).',
    "Invoice__c i = new Invoice__c(Paid__c = 'yes');": '3:41 Illegal assignment from String to Boolean.',
    'Contact c = new Contact(); c.Account = new Contact();': '3:40 Illegal assignment from Contact to Account.',
    'Account a = new Account(); Integer i = a.AnnualRevenue;':
      '3:42 Illegal assignment from Decimal to Integer. Use .intValue().',
  });
});

test('shouldRefuseFieldsThatNobodyWrites', () => {
  refusesStatements({
    'Account a = new Account(CreatedDate = System.now());': '3:25 Field is not writeable: Account.CreatedDate',
    'Account a = new Account(); a.IsDeleted = true;': '3:28 Field is not writeable: Account.IsDeleted',
    "Contact c = new Contact(Name = 'a compound');": '3:25 Field is not writeable: Contact.Name',
    'Invoice__c i = new Invoice__c(); i.Double__c = 2;': '3:34 Field is not writeable: Invoice__c.Double__c',
  });
});

test('shouldRefuseOtherWaysToMakeRecords', () => {
  refusesStatements({
    "Account a = new Account('x');": '3:13 Type requires name=value pair construction: Account',
    'Object o = new SObject();': '3:12 SObject is not constructable: SObject. Use Schema.SObjectType.newSObject().',
    "Object o = new HttpRequest(Method = 'GET');":
      '3:12 Invalid constructor syntax, name=value pairs can only be used for SObjects: HttpRequest',
  });
});

test('shouldReadTheOneRowOfAQuery', () => {
  acceptsStatements('String s = [SELECT Name FROM Account LIMIT 1].Name; Id i = [SELECT Id FROM Account].Id;');
});

test('shouldNameFieldsAndObjects', () => {
  acceptsStatements(
    'Schema.SObjectField f = RecordType.SObjectType;',
    'Schema.SObjectField f = Account.Name; Schema.SObjectType t = Account.SObjectType; Schema.SObjectType u = Account.getSObjectType();',
    'Schema.DescribeFieldResult f = Account.Name.getDescribe(); Schema.DescribeFieldResult g = Schema.SObjectType.Account.fields.Name;',
    'Schema.SObjectField f = Account.SObjectType.fields.Name; Map<String, Schema.SObjectField> m = Schema.SObjectType.Account.fields.getMap();',
    'String reason = AccountShare.RowCause.Manual;',
  );
});

test('shouldRefuseDescribesOfNothing', () => {
  refusesStatements({
    'Object o = Schema.SObjectType.Zork;': '3:31 Variable does not exist: Zork.',
    'Object o = Schema.SObjectType.Account.fields.Zork;': '3:46 Field does not exist: Zork on Account.',
    'Object o = Schema.SObjectType.Account.fieldSets.Zork;': '3:49 Field set does not exist: Zork on Account.',
    'Object o = Account.SObjectType.fields.Zork;': '3:39 Field does not exist: Zork on Account.',
    'String s = AccountShare.RowCause.Zork;': '3:34 Variable does not exist: Zork. AccountShare has no such RowCause.',
    'Object o = Schema.SObjectType.Account.fields;': '3:12 fields needs the name of one: .fields.Name',
    'Object o = Schema.SObjectType.Account.fields.zork();':
      '3:46 Method does not exist or incorrect signature: void zork() from the fields of Account.',
    'String s = Account.Name;': '3:20 Illegal assignment from SObjectField to String. Use String.valueOf(…).',
  });
});

test('shouldKnowFieldsOfClasses', () => {
  acceptsMembers('class A { Integer i; A next; } void m() { A a = new A(); a.next.i = 1; a?.next?.i.format(); }');
});

test('shouldRefuseFieldsThatAClassDoesNotHave', () => {
  refusesMembers({
    'class A { Integer count; } void m() { A a = new A(); a.cuont = 1; }':
      '2:56 Variable does not exist: cuont. Did you mean count?',
    'void m() { this.zork = 1; }': '2:17 Variable does not exist: zork.',
    "void m() { String s = ''; s.length = 1; }": '2:29 Variable does not exist: length.',
  });
});

test('shouldKnowLabels', () => {
  acceptsStatements('String s = Label.Greeting + System.Label.greeting;');
});

test('shouldRefuseLabelsThatDoNotExist', () => {
  refusesStatements({
    'String s = System.Label.Zork;':
      '3:25 External string does not exist: Zork. Add it to CustomLabels.labels-meta.xml.',
  });
});
