import { test } from 'node:test';
import { acceptsMembers, acceptsStatements, refusesStatements } from './harness.ts';

test('shouldGiveRowsOneRowOrACount', () => {
  acceptsStatements(
    'List<Account> l = [SELECT Id FROM Account]; Account a = [SELECT Id FROM Account]; Integer c = [SELECT COUNT() FROM Account]; SObject s = [SELECT Id FROM Account];',
    "List<AggregateResult> l = [SELECT COUNT(Id) c FROM Account]; AggregateResult r = [SELECT COUNT(Id) c FROM Account]; Object o = [SELECT COUNT(Id) c FROM Account][0].get('c');",
    "Account a = Database.query('SELECT Id FROM Account'); List<Account> l = Database.query('x'); SObject s = Database.query('x'); Integer n = Database.countQuery('x');",
    "List<List<SObject>> l = [FIND 'x' IN ALL FIELDS RETURNING Account]; Map<Id, Account> m = new Map<Id, Account>([SELECT Id FROM Account]);",
    'Integer n = [SELECT Id FROM Account].size(); if ([SELECT COUNT() FROM Account] > 0) { }',
  );
});

test('shouldRefuseRowsOfAnotherObject', () => {
  refusesStatements({
    'Contact c = [SELECT Id FROM Account];': '3:13 Illegal assignment from List<Account> to Contact.',
    'List<Contact> l = [SELECT Id FROM Account];': '3:19 Illegal assignment from List<Account> to List<Contact>.',
    'Integer i = [SELECT Id FROM Account];': '3:13 Illegal assignment from List<Account> to Integer.',
    'Account a = [SELECT COUNT() FROM Account];': '3:13 Illegal assignment from Integer to Account.',
    'Set<Account> s = [SELECT Id FROM Account];': '3:18 Illegal assignment from List<Account> to Set<Account>.',
    'List<Account> l = [SELECT COUNT(Id) FROM Account];':
      '3:19 Illegal assignment from List<AggregateResult> to List<Account>.',
    "Set<Account> s = Database.query('x');": '3:27 Illegal assignment from List<SObject> to Set<Account>.',
  });
});

test('shouldBindExpressions', () => {
  acceptsMembers(
    'void m(Set<Id> ids, String name, Account a) { List<Account> l = [SELECT Id FROM Account WHERE Id IN :ids AND Name = :name.trim() AND OwnerId = :a.OwnerId LIMIT :ids.size()]; }',
  );
});

test('shouldRefuseBadBinds', () => {
  refusesStatements({
    'List<Account> l = [SELECT Id FROM Account WHERE Name = :zork];': '3:57 Variable does not exist: zork.',
  });
});

test('shouldRefuseQueriesThatTheSchemaDoesNotAnswer', () => {
  refusesStatements({
    'List<Account> l = [SELECT Zork__c FROM Account];':
      "3:27 No such column 'Zork__c' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
    'List<Account> l = [SELECT Id FROM Zork__c];':
      "3:35 sObject type 'Zork__c' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
    'List<Account> l = [SELECT Id FROM Account WHERE Zork__c = 1];':
      "3:49 No such column 'Zork__c' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
  });
});

test('shouldRefuseBindsThatDoNotSuitTheirField', () => {
  refusesStatements({
    'List<Account> l = [SELECT Id FROM Account WHERE Name = :5];':
      '3:57 Invalid bind expression type of Integer for column of type String',
    'List<Account> l = [SELECT Id FROM Account WHERE CreatedDate > :true];':
      '3:64 Invalid bind expression type of Boolean for column of type Datetime',
    'Set<Integer> ids; List<Account> l = [SELECT Id FROM Account WHERE Id IN :ids];':
      '3:74 Invalid bind expression type of Set<Integer> for column of type Id',
    "List<Account> l = [SELECT Id FROM Account LIMIT :'x'];":
      '3:50 Invalid bind expression type of String for column of type Integer',
  });
});

test('shouldTakeBindsOfRelatedTypes', () => {
  acceptsStatements(
    'List<Account> l = [SELECT Id FROM Account WHERE Id IN :new Set<String>() AND NumberOfEmployees > :1.5 AND CreatedDate > :Date.today() AND Name = :null];',
    'List<Account> a; List<Contact> l = [SELECT Id, (SELECT Id FROM Cases WHERE OwnerId = :UserInfo.getUserId()) FROM Contact WHERE AccountId IN :a];',
  );
});
