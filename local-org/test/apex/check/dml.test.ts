import { test } from 'node:test';
import { acceptsMembers, refusesStatements } from './harness.ts';

test('shouldTakeRecordsAndListsOfThem', () => {
  acceptsMembers(
    'void m(Account a, List<Account> l, SObject s, List<SObject> r, Map<Id, Account> x) { insert a; update l; delete s; undelete r; upsert a; insert x.values(); merge a l; }',
    'void m(Invoice__c i, List<Invoice__c> l) { upsert i Number__c; upsert l Invoice__c.Number__c; insert as user i; update as system l; }',
    "void m() { update [SELECT Id FROM Account]; delete Database.query('x'); insert new Account(Name = 'x'); }",
  );
});

test('shouldRefuseOtherValues', () => {
  refusesStatements({
    "insert 'x';": '3:8 DML requires SObject or SObject list type: String',
    'insert new List<String>();': '3:8 DML requires SObject or SObject list type: List<String>',
    'insert new Map<Id, Account>();': '3:8 DML requires SObject or SObject list type: Map<Id, Account>',
    'insert new Set<Account>();': '3:8 DML requires SObject or SObject list type: Set<Account>',
    'insert new List<List<Account>>();': '3:8 DML requires SObject or SObject list type: List<List<Account>>',
    'insert null;': '3:8 DML requires SObject or SObject list type: null',
  });
});

test('shouldRefuseWhatAnObjectDoesNotTake', () => {
  refusesStatements({
    'insert new AccountHistory();': '3:8 DML operation INSERT not allowed on AccountHistory',
    'delete new User();': '3:8 DML operation DELETE not allowed on User',
    'insert new Rate__mdt();': '3:8 DML operation INSERT not allowed on Rate__mdt',
    'update new Ping__e();': '3:8 DML operation UPDATE not allowed on Ping__e',
    'merge new Opportunity() new Opportunity();':
      '3:7 Specified type Opportunity cannot be merged\n3:25 Specified type Opportunity cannot be merged',
    'SObject s; merge s s;': '3:18 Merge requires a concrete SObject type: SObject',
  });
});

test('shouldRefuseUpsertsByOtherFields', () => {
  refusesStatements({
    'upsert new Invoice__c() Amount__c;':
      '3:25 Invalid field for upsert, must be an External Id custom or standard indexed field: Amount__c',
    'upsert new Invoice__c() Zork__c;': '3:25 Field does not exist: Zork__c on Invoice__c.',
    'SObject s; upsert s Number__c;': '3:21 Upsert with a field specification requires a concrete SObject type',
  });
});

test('shouldNotWriteBigObjectsByDml', () => {
  acceptsMembers("void m() { Archive__b a = new Archive__b(Key__c = 'k'); a.Key__c = 'l'; }");
  refusesStatements({
    'insert new Archive__b();': '3:8 DML operation INSERT not allowed on Archive__b',
    'delete new Archive__b();': '3:8 DML operation DELETE not allowed on Archive__b',
    'Object o = new Archive__b().Name;': '3:29 Field does not exist: Name on Archive__b.',
  });
});

test('shouldMergeRecordsOfOneObject', () => {
  refusesStatements({
    'merge new Account() new Contact();': '3:21 Invalid type for duplicate records',
    'merge new Account() new List<Contact>();': '3:21 Invalid type for duplicate records',
    'merge new List<Account>() new Account();': '3:27 Invalid type for duplicate records',
    'merge new Account() new List<SObject>();': '',
  });
});
