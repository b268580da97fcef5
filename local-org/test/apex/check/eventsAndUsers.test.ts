import { describe, it } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

describe('triggers and runAs', () => {
  it('shouldAllowEventsOfTheObject', () =>
    acceptsUnits(
      'trigger A on Account (before insert, after undelete) { }',
      'trigger A on Ping__e (after insert) { }',
      'trigger A on AccountChangeEvent (after insert) { }',
    ));

  it('shouldBeRefusedUnlessTheyAllowEventsOfTheObject', () =>
    refusesUnits({
      'trigger A on Account (before insert, before insert) { }':
        'A.trigger:1:14 Duplicate Trigger Usage: before insert',
      'trigger A on Ping__e (after insert, before insert) { }':
        'A.trigger:1:14 Platform Event SObjects only supports after insert: Ping__e',
      'trigger A on Ping__e (before insert) { }':
        'A.trigger:1:14 Platform Event SObjects only supports after insert: Ping__e',
      'trigger A on AccountChangeEvent (after update) { }':
        'A.trigger:1:14 Platform Event SObjects only supports after insert: AccountChangeEvent',
      'trigger A on Missing__c (after update) { }':
        'A.trigger:1:14 Invalid type: Missing__c. The org has no such object.',
    }));

  it('shouldRunAsOneUser', () =>
    acceptsUnits(
      '@IsTest private class T { @IsTest static void run() { User u; System.runAs(u) { } System.runAs(new User()) { } } }',
    ));

  it('shouldBeRefusedUnlessTheyRunAsOneUser', () =>
    refusesUnits({
      '@IsTest private class T { @IsTest static void run() { User u; System.runAs(u, u) { } } }':
        "T.cls:1:63 runAs requires a single argument of type 'User' or 'Version'",
      '@IsTest private class T { @IsTest static void run() { System.runAs(1) { } } }':
        "T.cls:1:55 runAs requires a single argument of type 'User' or 'Version'",
      '@IsTest private class T { @IsTest static void run() { Missing m; System.runAs(m) { } } }':
        'T.cls:1:55 Invalid type: Missing',
      '@IsTest private class T { @IsTest static void run() { System.runAs(new Version(1, 2)) { } } }':
        'T.cls:1:55 Unsupported: System.runAs(Version) exists on Salesforce but is not built in local-org.',
      '@IsTest private class T { @IsTest static void run() { Account a; System.runAs(a) { } } }':
        "T.cls:1:66 runAs requires a single argument of type 'User' or 'Version'",
    }));
});
