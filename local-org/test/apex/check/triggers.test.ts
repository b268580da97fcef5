import { test } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

test('shouldGiveTriggersTheirRecords', () => {
  acceptsUnits(
    'trigger T on Account (before insert, after update) { for (Account a : Trigger.new) { a.Name = Trigger.old[0].Name; } Map<Id, Account> m = Trigger.newMap; if (Trigger.isBefore && Trigger.size > 1) { return; } }',
    "trigger T on Invoice__c (before delete) { List<Invoice__c> l = Trigger.old; Trigger.oldMap.get(l[0].Id).addError('no'); System.TriggerOperation o = Trigger.operationType; }",
    'trigger T on Ping__e (after insert) { for (Ping__e p : Trigger.new) { System.debug(p.Text__c); } }',
    'trigger T on Account (before insert) { Integer count = 0; count++; A.run(Trigger.new); }\n---\npublic class A { public static void run(List<Account> l) { } }',
    'public class T { void m() { List<SObject> l = Trigger.new; List<Account> a = Trigger.new; if (Trigger.isExecuting) { } Map<Id, Account> o = (Map<Id, Account>) Trigger.oldMap; } }',
  );
});

test('shouldRefuseObjectsWithoutTriggers', () => {
  refusesUnits({
    'trigger T on Zork__c (before insert) { }': 'T.trigger:1:14 Invalid type: Zork__c. The org has no such object.',
    'trigger T on AccountHistory (before insert) { }':
      'T.trigger:1:14 SObject type does not allow triggers: AccountHistory',
    'trigger T on Ping__e (before insert) { }':
      'T.trigger:1:14 Platform Event SObjects only supports after insert: Ping__e',
  });
});

test('shouldRefuseNamesOfTriggers', () => {
  refusesUnits({
    'trigger group on Account (before insert) { }': 'group.trigger:1:9 Identifier name is reserved: group',
  });
});

test('shouldRefuseEventsTwice', () => {
  refusesUnits({
    'trigger T on Account (before insert, before insert) { }': 'T.trigger:1:14 Duplicate Trigger Usage: before insert',
  });
});

test('shouldRefuseWhatATriggerDoesNotHave', () => {
  refusesUnits({
    'trigger T on Account (before insert) { return 1; }': 'T.trigger:1:40 Trigger bodies must not return a value',
    'trigger T on Account (before insert) { this.x = 1; }':
      'T.trigger:1:40 This cannot be referenced in a static context',
    'trigger T on Account (before insert) { Trigger.zork = 1; }': 'T.trigger:1:48 Variable does not exist: zork.',
    'trigger T on Account (before insert) { Contact c = Trigger.new[0]; }':
      'T.trigger:1:52 Illegal assignment from Account to Contact.',
    'trigger T on Account (before insert) { Trigger.new = null; }': 'T.trigger:1:40 Expression cannot be assigned',
    'trigger T on Account (before insert) { Zork z; }': 'T.trigger:1:40 Invalid type: Zork',
    'public class T { Map<Id, Account> o = Trigger.oldMap; }':
      'T.cls:1:47 Illegal assignment from Map<Id, SObject> to Map<Id, Account>. Cast it: (Map<Id, Account>).',
  });
});
