import assert from 'node:assert/strict';
import { checkAnonymous, checkUnit, checkUnitDeclarations, declare } from '../../../src/apex/analyse.ts';
import type { CheckOptions } from '../../../src/apex/check/context.ts';
import { parseApex } from '../../../src/apex/parse/parse.ts';
import type { ParsedSource } from '../../../src/apex/parse/parse-all.ts';
import { checkQuery } from '../../../src/soql/check.ts';
import { fieldXml, loadProject, objectXml, xml } from '../../store/testOrg.ts';

/** Objects of the kinds that Apex treats differently, besides the standard ones. */
const { schema } = loadProject({
  'objects/Invoice__c/Invoice__c.object-meta.xml': objectXml('Invoice'),
  'objects/Invoice__c/fields/Amount__c.field-meta.xml': fieldXml(
    'Amount__c',
    'Currency',
    '<precision>18</precision><scale>2</scale>',
  ),
  'objects/Invoice__c/fields/Paid__c.field-meta.xml': fieldXml(
    'Paid__c',
    'Checkbox',
    '<defaultValue>false</defaultValue>',
  ),
  'objects/Invoice__c/fields/Number__c.field-meta.xml': fieldXml(
    'Number__c',
    'Text',
    '<length>20</length><externalId>true</externalId><unique>true</unique>',
  ),
  'objects/Invoice__c/fields/Account__c.field-meta.xml': fieldXml(
    'Account__c',
    'Lookup',
    '<referenceTo>Account</referenceTo><relationshipName>Invoices</relationshipName>',
  ),
  'objects/Invoice__c/fields/Double__c.field-meta.xml': fieldXml(
    'Double__c',
    'Number',
    '<precision>18</precision><scale>2</scale><formula>Amount__c * 2</formula>',
  ),
  'objects/Defaults__c/Defaults__c.object-meta.xml': xml(
    'CustomObject',
    '<label>Defaults</label><customSettingsType>Hierarchy</customSettingsType><enableFeeds>false</enableFeeds>' +
      '<visibility>Public</visibility>',
  ),
  'objects/Codes__c/Codes__c.object-meta.xml': xml(
    'CustomObject',
    '<label>Codes</label><customSettingsType>List</customSettingsType><enableFeeds>false</enableFeeds>' +
      '<visibility>Public</visibility>',
  ),
  'objects/Rate__mdt/Rate__mdt.object-meta.xml': xml(
    'CustomObject',
    '<label>Rate</label><pluralLabel>Rates</pluralLabel><visibility>Public</visibility>',
  ),
  'objects/Rate__mdt/fields/Percent__c.field-meta.xml': fieldXml(
    'Percent__c',
    'Number',
    '<precision>5</precision><scale>2</scale><fieldManageability>DeveloperControlled</fieldManageability>',
  ),
  'objects/Ping__e/Ping__e.object-meta.xml': xml(
    'CustomObject',
    '<label>Ping</label><pluralLabel>Pings</pluralLabel><eventType>HighVolume</eventType>' +
      '<publishBehavior>PublishAfterCommit</publishBehavior><deploymentStatus>Deployed</deploymentStatus>',
  ),
  'objects/Archive__b/Archive__b.object-meta.xml': xml('CustomObject', '<label>Archive</label>'),
  'objects/Archive__b/fields/Key__c.field-meta.xml': fieldXml('Key__c', 'Text', '<length>20</length>'),
  'objects/Ping__e/fields/Text__c.field-meta.xml': fieldXml('Text__c', 'Text', '<length>100</length>'),
});

const OPTIONS: CheckOptions = {
  prepareQuery: (text) => checkQuery(schema, text),
  labels: new Map([['greeting', 'Hello']]),
  pages: new Map([['shopfront', 'ShopFront']]),
  isBuilt: () => true,
};

/** Each snippet with the problems that it must have, one a line. */
type Cases = Readonly<Record<string, string>>;

/** The problems of class and trigger files, each as `File.cls:line:column message`. */
export function problemsOf(
  sources: readonly string[],
  {
    apiVersion = 63,
    namespace = '',
    ...changes
  }: Partial<CheckOptions> & { apiVersion?: number; namespace?: string } = {},
): string[] {
  const options = { ...OPTIONS, ...changes };
  const declarations = declare(
    schema,
    sources.map((text) => parsed(text, apiVersion)),
    namespace,
  );
  for (const unit of declarations.units) checkUnitDeclarations(unit);
  for (const unit of declarations.units) checkUnit(unit, options);
  return declarations.problems.list.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
}

/** A file is named after the type or trigger in it. */
function parsed(text: string, apiVersion: number): ParsedSource {
  const [, word = 'class', name = 'T'] = /\b(class|interface|enum|trigger)\s+(\w+)/i.exec(text) ?? [];
  const kind = word.toLowerCase() === 'trigger' ? 'trigger-file' : 'class-file';
  const file = `${name}.${kind === 'trigger-file' ? 'trigger' : 'cls'}`;
  const source = { file, name, kind, text, hash: '', apiVersion } as const;
  return { source, ...parseApex(text, file, kind) };
}

/** Files in one text stand between lines of `---`. */
function unitProblems(text: string, apiVersion = 63): string {
  return problemsOf(text.split('\n---\n'), { apiVersion }).join('\n');
}

/** Members stand from line 2, column 1 of a class T. */
function memberProblems(members: string): string {
  return problemsOf([`public class T {\n${members}\n}`])
    .join('\n')
    .replaceAll('T.cls:', '');
}

/** Statements stand from line 3, column 1 of a static method. */
function statementProblems(statements: string): string {
  return problemsOf([`public class T {\nstatic void run() {\n${statements}\n}\n}`])
    .join('\n')
    .replaceAll('T.cls:', '');
}

function anonymousProblems(text: string): string {
  const { unit, problems } = parseApex(text, 'AnonymousBlock.apex', 'anonymous');
  const block = unit?.anonymous;
  const found = block ? checkAnonymous(block, declare(schema, []), OPTIONS, 63).problems.list : problems;
  return found.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n');
}

function expectCases(cases: Cases, check: (text: string) => string): void {
  const found = Object.fromEntries(Object.keys(cases).map((text) => [text, check(text)]));
  assert.deepEqual(found, cases);
}

function expectNone(texts: readonly string[], check: (text: string) => string): void {
  expectCases(Object.fromEntries(texts.map((text) => [text, ''])), check);
}

/** Statements without a problem. */
export const acceptsStatements = (...texts: string[]): void => expectNone(texts, statementProblems);
/** Members without a problem. */
export const acceptsMembers = (...texts: string[]): void => expectNone(texts, memberProblems);
/** Files without a problem. */
export const acceptsUnits = (...texts: string[]): void => expectNone(texts, (text) => unitProblems(text));
/** Scripts without a problem. */
export const acceptsAnonymous = (...texts: string[]): void => expectNone(texts, anonymousProblems);

/** Statements with exactly these problems, as `line:column message`; the first line is 3. */
export const refusesStatements = (cases: Cases): void => expectCases(cases, statementProblems);
/** Members with exactly these problems, as `line:column message`; the first line is 2. */
export const refusesMembers = (cases: Cases): void => expectCases(cases, memberProblems);
/** Files with exactly these problems, as `File.cls:line:column message`. */
export const refusesUnits = (cases: Cases, apiVersion?: number): void =>
  expectCases(cases, (text) => unitProblems(text, apiVersion));
/** Scripts with exactly these problems, as `line:column message`. */
export const refusesAnonymous = (cases: Cases): void => expectCases(cases, anonymousProblems);
