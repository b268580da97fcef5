import { describe, it } from 'node:test';
import { acceptsStatements, refusesStatements } from './harness.ts';

describe('expressions, conversions and DML', () => {
  it('shouldFit', () =>
    acceptsStatements(
      "Account a; a.Name.addError('x');",
      "Account a; a.Name.addError('x', true); a.Name.addError(new DmlException('x')); a.Name.addError(new DmlException('x'), false);",
      'Schema.SObjectType t = Account.getSObjectType(); Account a; t = a.getSObjectType(); t = Account.SObjectType;',
      'Object o = Account.SObjectType.fields.Name; o = Account.fields.Name; o = Schema.SObjectType.Account.fields.Name; o = Schema.Account.fields.Name;',
      'Object o = Schema.SObjectType.Account.fields.Name.Name;',
      'Object o = SObjectType.Account;',
      'Object o = Account.SObjectType.getDescribe().fields.getMap(); o = Schema.SObjectType.Account.fields.getMap(); o = Schema.SObjectType.Account.fieldSets.getMap();',
      'String s = Label.greeting; s = System.Label.greeting; s = Label.Greeting;',
      'Integer i = Label.greeting.length();',
      'Object o = Page.shopfront; o = Page.SHOPFRONT;',
      'Object o = AccountShare.RowCause.Manual;',
      'SObject s; Id i = s.Id; i = s.id;',
      'Account a; Id i = a.Id;',
      'Integer i = [SELECT Id FROM Account].size(); String n = [SELECT Name FROM Account].Name;',
      'Object o = Trigger.new; Boolean b = Trigger.isInsert;',
      "Defaults__c d = Defaults__c.getInstance(); d = Defaults__c.getInstance('x'); d = Defaults__c.getOrgDefaults(); d = Defaults__c.getValues('x');",
      "Codes__c c = Codes__c.getInstance('x'); c = Codes__c.getValues('x'); Map<String, Codes__c> m = Codes__c.getAll();",
      "Rate__mdt r = Rate__mdt.getInstance('x'); Map<String, Rate__mdt> m = Rate__mdt.getAll();",
      "Account a = [SELECT Id FROM Account] ?? null; a = [SELECT Id FROM Account] ?? new Account(); a = Database.query('x') ?? a;",
      'Account a; a = a ?? null; SObject s = a ?? new Contact();',
      'Account a; SObject s; s = a ?? s; a = a ?? a ?? new Account(); insert (a ?? new Contact());',
      'List<Account> l = [SELECT Id FROM Account] ?? new List<Account>();',
      "Account a = Database.query('x'); a = Database.queryWithBinds('x', new Map<String, Object>(), AccessLevel.USER_MODE);",
      "Id i = 'a'; String s = i;",
      'Datetime d = Date.today();',
      'Long l = 1; Double d = 1; Decimal e = 1.0; d = e; e = d; d = l;',
      'Account a; SObject s = a; a = (Account) s;',
      'Name n; Account a = n;',
      'List<Account> a; List<SObject> s = a; a = s;',
      'List<Object> o = new List<String>();',
      'Object o = (SObject) new Contact(); o = (Contact) (SObject) o;',
      'Object o = (Double) 1; o = (Integer) 1.5; o = (Long) 1; o = (Decimal) 1.0;',
      'Object o = (Iterable<String>) new Set<String>();',
      'Object o = (List<Account>) new List<SObject>(); o = (List<SObject>) new List<Account>();',
      'Boolean b = null instanceof String;',
      'SObject a; Boolean b = a instanceof Account;',
      'List<SObject> a; Boolean b = a instanceof List<Account>; Object o = a; b = o instanceof List<SObject>;',
      'Integer i; ++i; i++; --i; i--;',
      'Integer i; i = 1;',
      'new Account();',
      'for (Account a : [SELECT Id FROM Account]) { }',
      'for (Integer i : new List<Integer>());',
      "for (List<Account> a : [SELECT Id FROM Account]) { } for (Account a : Database.query('x')) { }",
      'for (String s : new Set<String>()) { } Iterable<String> i; for (String s : i) { }',
      'upsert new Account() Id; upsert new Invoice__c() Number__c;',
      'upsert new User() Username; upsert new Contact() Email;',
      'delete [SELECT Id FROM Account]; insert new List<SObject>();',
      'merge new Account() new Account();',
      'undelete new Account();',
      "Account a = new Account(Id = null, Name = 'a');",
      'Rate__mdt r = new Rate__mdt(Percent__c = 1); r.Percent__c = 2;',
      "List<Account> l = [SELECT Id FROM Account WHERE Name = :'a' AND Id IN :new List<String>() AND Name IN :new Set<Id>()];",
      'List<Account> l = [SELECT Id FROM Account WHERE CreatedDate = :Date.today() AND AnnualRevenue = :1 AND NumberOfEmployees = :1.5];',
      'List<Account> l = [SELECT Id FROM Account WHERE Id IN :new List<Account>() AND OwnerId = :new User()];',
    ));

  it('shouldBeRefusedUnlessTheyFit', () =>
    refusesStatements({
      "'x'.addError('m');":
        '3:5 Method does not exist or incorrect signature: void addError(String) from the type String. Call it on a field of a record.',
      "Integer i = 1; i.addError('m', false);":
        '3:18 Method does not exist or incorrect signature: void addError(String, Boolean) from the type Integer. Call it on a field of a record.',
      "Account a; a.Name.addError('x', 1);":
        '3:19 Method does not exist or incorrect signature: void addError(String, Integer) from the type String. There is addError(Exception), addError(Exception, Boolean), addError(String), addError(String, Boolean).',
      'Account a; a.Name.addError(1);':
        '3:19 Method does not exist or incorrect signature: void addError(Integer) from the type String. There is addError(Exception), addError(Exception, Boolean), addError(String), addError(String, Boolean).',
      "Account a; a.Name.addError('x', true, 1);":
        '3:19 Method does not exist or incorrect signature: void addError(String, Boolean, Integer) from the type String. There is addError(Exception), addError(Exception, Boolean), addError(String), addError(String, Boolean).',
      'Schema.SObjectType t = Account.getSObjectType(1);':
        '3:32 Method does not exist or incorrect signature: void getSObjectType(Integer) from the type Account. There is getSObjectType().',
      'Object o = Account.fieldSets.Name;': '3:20 Variable does not exist: fieldSets.',
      'Object o = SObjectType.Account.fields.Nope;': '3:39 Field does not exist: Nope on Account. Did you mean name?',
      'Object o = SObjectType.Account.nope;': '3:32 Variable does not exist: nope. Did you mean Name?',
      'Object o = Schema.SObjectType.Account.fields.getMap(1);':
        '3:46 Method does not exist or incorrect signature: void getMap(Integer) from the fields of Account.',
      'Object o = Schema.SObjectType.Account.fields.size();':
        '3:46 Method does not exist or incorrect signature: void size() from the fields of Account.',
      'String s = System.Label;': '3:12 Variable does not exist: System.Label.',
      'String s = Label.greeting.length();': '3:27 Illegal assignment from Integer to String. Use String.valueOf(…).',
      'String s = Label.nope;': '3:18 External string does not exist: nope. Add it to CustomLabels.labels-meta.xml.',
      'String s = System.Label.nope;':
        '3:25 External string does not exist: nope. Add it to CustomLabels.labels-meta.xml.',
      'String s = Other.Label.greeting;': '3:12 Variable does not exist: Other.',
      'Object o = Page.nope;': '3:17 Page nope does not exist.',
      'Object o = Nope.Page;': '3:12 Variable does not exist: Nope.',
      'Object o = System.Nope;': '3:12 Variable does not exist: System.Nope.',
      'Object o = System.Nope.x;': '3:19 Variable does not exist: System.Nope.',
      'Object o = Schema.Nope.x.y;': '3:19 Variable does not exist: Schema.Nope.',
      'Object o = Database.Nope;': '3:12 Variable does not exist: Database.Nope.',
      'Object o = Account__Share.RowCause.Manual;': '3:12 Variable does not exist: Account__Share.',
      'Object o = AccountShare.RowCause.Nope;':
        '3:34 Variable does not exist: Nope. AccountShare has no such RowCause.',
      'Object o = Account.Name.Manual;': '3:25 Variable does not exist: Manual.',
      'SObject s; String n = s.Name;': '3:25 Variable does not exist: Name.',
      'Integer i = [SELECT COUNT() FROM Account].Name;': '3:43 Variable does not exist: Name.',
      'Object o = Trigger.nope;': '3:20 Variable does not exist: nope.',
      "Defaults__c d = Defaults__c.getInstance('x', 'y');":
        '3:29 Method does not exist or incorrect signature: void getInstance(String, String) from the type Defaults__c.',
      'Defaults__c d = Defaults__c.getValues();':
        '3:29 Method does not exist or incorrect signature: void getValues() from the type Defaults__c.',
      'Defaults__c d = Defaults__c.getOrgDefaults(1);':
        '3:29 Method does not exist or incorrect signature: void getOrgDefaults(Integer) from the type Defaults__c.',
      'Defaults__c d = Defaults__c.nope();':
        '3:29 Method does not exist or incorrect signature: void nope() from the type Defaults__c.',
      'Codes__c c = Codes__c.getInstance();':
        '3:23 Method does not exist or incorrect signature: void getInstance() from the type Codes__c.',
      'Codes__c c = Codes__c.getOrgDefaults();':
        '3:23 Method does not exist or incorrect signature: void getOrgDefaults() from the type Codes__c.',
      'Account a = [SELECT Id FROM Account] ?? new Contact();':
        '3:13 Illegal assignment from SObject to Account. Cast it: (Account).',
      'Account a; a = a ?? new Contact();': '3:16 Illegal assignment from SObject to Account. Cast it: (Account).',
      'Account a; SObject s; a = a ?? s ?? new Contact();':
        '3:27 Illegal assignment from SObject to Account. Cast it: (Account).',
      "String s = null ?? 'a'; s = s ?? 1;": '3:29 Incompatible types in null coalescing operator: String, Integer',
      "Account a = Database.countQuery('x');": '3:22 Illegal assignment from Integer to Account.',
      "Account a = Database.getQueryLocator('x');": '3:22 Illegal assignment from Database.QueryLocator to Account.',
      "String s = (Object) 'a';": '3:12 Illegal assignment from Object to String. Cast it: (String).',
      'Integer i = (Object) 1;': '3:13 Illegal assignment from Object to Integer. Cast it: (Integer).',
      'String s = 1;': '3:12 Illegal assignment from Integer to String. Use String.valueOf(…).',
      "Integer i = '1';": '3:13 Illegal assignment from String to Integer. Use Integer.valueOf(…).',
      'Id i = 1;': '3:8 Illegal assignment from Integer to Id.',
      'Date d = System.now();': '3:17 Illegal assignment from Datetime to Date.',
      'Time t = Date.today();': '3:15 Illegal assignment from Date to Time.',
      "Datetime d = 'a';": '3:14 Illegal assignment from String to Datetime.',
      'Integer i = 1L;': '3:13 Illegal assignment from Long to Integer. Use .intValue().',
      'Integer i = 1.0;': '3:13 Illegal assignment from Decimal to Integer. Use .intValue().',
      'Long l = 1.5;': '3:10 Illegal assignment from Decimal to Long. Cast it: (Long).',
      'Account a; Contact c = a;': '3:24 Illegal assignment from Account to Contact.',
      'List<String> o = new List<Object>();':
        '3:18 Illegal assignment from List<Object> to List<String>. Cast it: (List<String>).',
      'Set<Object> o = new Set<String>();': '3:17 Illegal assignment from Set<String> to Set<Object>.',
      'Object o = (Account) new Contact();':
        '3:12 Incompatible types since an instance of Contact is never an instance of Account',
      "Object o = (Integer) 'a';":
        '3:12 Incompatible types since an instance of String is never an instance of Integer',
      'Object o = (String) 1;': '3:12 Incompatible types since an instance of Integer is never an instance of String',
      'Object o = (List<Account>) new List<Contact>();':
        '3:12 Incompatible types since an instance of List<Contact> is never an instance of List<Account>',
      "Boolean b = 'a' instanceof String;":
        '3:13 Operation instanceof is always true since an instance of String is always an instance of String',
      'Object o; Boolean b = o instanceof String; b = o instanceof Object;':
        '3:48 Operation instanceof is always true since an instance of Object is always an instance of Object',
      'Account a; Boolean b = a instanceof SObject;':
        '3:24 Operation instanceof is always true since an instance of Account is always an instance of SObject',
      'Account a; Boolean b = a instanceof Contact;':
        '3:24 Operation instanceof is always false since an instance of Account is never an instance of Contact',
      'Exception e; Boolean b = e instanceof DmlException; DmlException d; b = d instanceof Exception;':
        '3:73 Operation instanceof is always true since an instance of DmlException is always an instance of Exception',
      '1;': '3:1 Expression cannot be a statement. Assign its value, or remove it.',
      '1 + 1;': '3:1 Expression cannot be a statement. Assign its value, or remove it.',
      '-1;': '3:1 Expression cannot be a statement. Assign its value, or remove it.',
      'Integer i; -i;': '3:12 Expression cannot be a statement. Assign its value, or remove it.',
      '!true;': '3:1 Expression cannot be a statement. Assign its value, or remove it.',
      'Integer i; i;': '3:12 Expression cannot be a statement. Assign its value, or remove it.',
      "(String) 'a';": '3:1 Expression cannot be a statement. Assign its value, or remove it.',
      'for (Account a : [SELECT Id FROM Account]);': '3:1 Loop with query must provide a statement',
      'for (Account a : [SELECT COUNT() FROM Account]) { }': '3:1 Loop must iterate over collection: Integer',
      'for (String s : new Map<String, String>()) { }': '3:1 Loop must iterate over collection: Map<String, String>',
      'for (Integer s : new Set<String>()) { }': '3:1 Invalid loop variable type expected String was Integer',
      'upsert new Account() Name;':
        '3:22 Invalid field for upsert, must be an External Id custom or standard indexed field: Name',
      'upsert new Invoice__c() Amount__c;':
        '3:25 Invalid field for upsert, must be an External Id custom or standard indexed field: Amount__c',
      'upsert new Invoice__c() Nope__c;': '3:25 Field does not exist: Nope__c on Invoice__c.',
      'insert new Rate__mdt();': '3:8 DML operation INSERT not allowed on Rate__mdt',
      'upsert new Rate__mdt();': '3:8 DML operation UPSERT not allowed on Rate__mdt',
      'delete new Ping__e();': '3:8 DML operation DELETE not allowed on Ping__e',
      'update new Ping__e();': '3:8 DML operation UPDATE not allowed on Ping__e',
      'insert new AccountHistory();': '3:8 DML operation INSERT not allowed on AccountHistory',
      "insert 'a';": '3:8 DML requires SObject or SObject list type: String',
      'insert new List<String>();': '3:8 DML requires SObject or SObject list type: List<String>',
      'Invoice__c i = new Invoice__c(Double__c = 1);': '3:31 Field is not writeable: Invoice__c.Double__c',
      'Invoice__c i; i.Double__c = 1;': '3:15 Field is not writeable: Invoice__c.Double__c',
      'Account a = new Account(CreatedDate = System.now());': '3:25 Field is not writeable: Account.CreatedDate',
      'Account a; a.IsDeleted = true;': '3:12 Field is not writeable: Account.IsDeleted',
      'List<Account> l = [SELECT Id FROM Account WHERE Name = :1];':
        '3:57 Invalid bind expression type of Integer for column of type String',
      "List<Account> l = [SELECT Id FROM Account WHERE CreatedDate = :'a'];":
        '3:64 Invalid bind expression type of String for column of type Datetime',
      'List<Account> l = [SELECT Id FROM Account WHERE AnnualRevenue IN :new List<String>()];':
        '3:67 Invalid bind expression type of List<String> for column of type Decimal',
      "List<Account> l = [SELECT Id FROM Account LIMIT :'a'];":
        '3:50 Invalid bind expression type of String for column of type Integer',
    }));

  it('shouldBeSettingsByTheNumberOfTheirNames', () =>
    refusesStatements({
      "Codes__c c = Codes__c.getInstance('a', 'b');":
        '3:23 Method does not exist or incorrect signature: void getInstance(String, String) from the type Codes__c.',
      "Codes__c c = Codes__c.getValues('a', 'b');":
        '3:23 Method does not exist or incorrect signature: void getValues(String, String) from the type Codes__c.',
      'Codes__c c = Codes__c.getValues();':
        '3:23 Method does not exist or incorrect signature: void getValues() from the type Codes__c.',
      'Object o = Codes__c.getAll(1);':
        '3:21 Method does not exist or incorrect signature: void getAll(Integer) from the type Codes__c.',
      "Defaults__c d = Defaults__c.getValues('a', 'b');":
        '3:29 Method does not exist or incorrect signature: void getValues(String, String) from the type Defaults__c.',
      'Object o = Defaults__c.getAll();':
        '3:24 Method does not exist or incorrect signature: void getAll() from the type Defaults__c.',
      'Rate__mdt r = Rate__mdt.getInstance();':
        '3:25 Method does not exist or incorrect signature: void getInstance() from the type Rate__mdt.',
      "Rate__mdt r = Rate__mdt.getInstance('a', 'b');":
        '3:25 Method does not exist or incorrect signature: void getInstance(String, String) from the type Rate__mdt.',
    }));

  it('shouldFindLabelsInSystemOnly', () =>
    refusesStatements({ 'String s = Schema.Label.greeting;': '3:19 Variable does not exist: Schema.Label.' }));
});
