import { buildSchema } from './buildSchema.ts';
import type { DeclaredChild } from './buildSchema.ts';
import { applyCurrencies, hasSeveralCurrencies } from './currencies.ts';
import { readCustomField, readGlobalValueSet, readPicklistValue } from './customField.ts';
import type { CustomField, ValueSets } from './customField.ts';
import {
  addField,
  readCustomObject,
  readFieldSet,
  readRecordType,
  readStandardObject,
  readValidationRule,
} from './customObject.ts';
import type { ObjectDraft } from './customObject.ts';
import type { FieldSetDescriptor, PicklistValueDescriptor, Schema } from './descriptor.ts';
import { ElementReader } from './elementReader.ts';
import { readFeatures } from './features.ts';
import type { Features } from './features.ts';
import { checkFormulas } from './formulaChecks.ts';
import type { DeclaredFormula } from './formulaChecks.ts';
import { recordTypeField } from './field.ts';
import type { FieldDraft } from './field.ts';
import { readLabels } from './labels.ts';
import { fieldAtPath } from './fieldPath.ts';
import { readOrgMetadata } from './loadOrgMetadata.ts';
import type { OrgMetadata } from './orgMetadata.ts';
import { metadataFiles, readRoot } from './projectFiles.ts';
import type { MetadataFile, MetadataFiles } from './projectFiles.ts';
import { standardObjects } from './standardObjects.ts';
import type { Problem } from './xml.ts';

export type { Problem } from './xml.ts';

/** What an org is made of once a project is deployed to it. */
export interface LoadedProject {
  readonly schema: Schema;
  readonly metadata: OrgMetadata;
  readonly problems: readonly Problem[];
}

/**
 * Reads the object metadata of a project in source format and merges it with the standard objects. What is invalid or
 * not built is in `problems`, with file and line; the rest is loaded all the same.
 */
export function loadSchema(projectDir: string): LoadedProject {
  const problems: Problem[] = [];
  const loader = new SchemaLoader(metadataFiles(projectDir, problems), problems);
  const schema = loader.load(readFeatures(projectDir, loader.files, problems));
  const metadata = readOrgMetadata(loader.files, schema, problems);
  return { schema, metadata, problems };
}

/** What a custom object has as children of these objects; posts are found by their own feed objects. */
const LISTS: Readonly<Record<string, { readonly name: string; readonly object: string }>> = {
  contentdocumentlink: { name: 'ContentDocumentLinks', object: 'ContentDocumentLink' },
  attachment: { name: 'Attachments', object: 'Attachment' },
  note: { name: 'Notes', object: 'Note' },
};

class SchemaLoader {
  readonly files: MetadataFiles;
  readonly #problems: Problem[];
  readonly #objects = new Map<string, ObjectDraft>();
  readonly #children: DeclaredChild[] = [];
  readonly #withActivities: string[] = [];
  readonly #summaries: FieldDraft[] = [];
  readonly #formulas: DeclaredFormula[] = [];
  #valueSets: ValueSets = new Map();

  constructor(files: MetadataFiles, problems: Problem[]) {
    this.files = files;
    this.#problems = problems;
  }

  load(features: Features): Schema {
    const standard = standardObjects(features);
    for (const object of standard.objects) this.#objects.set(object.name.toLowerCase(), object);
    this.#children.push(...standard.children);
    this.#valueSets = this.#readValueSets();
    this.#readStandardValueSets();
    for (const file of this.files.get('object') ?? []) this.#readObject(file);
    for (const file of this.files.get('field') ?? []) this.#readField(file);
    this.#finishCustomObjects();
    this.#typeSummaries();
    this.#checkReferences();
    this.#eachOf('recordType', 'RecordType', (object, reader) => object.recordTypes.push(readRecordType(reader)));
    this.#eachOf('validationRule', 'ValidationRule', (object, reader) => {
      const rule = readValidationRule(reader);
      object.validationRules.push(rule);
      if (rule.formula) this.#noteFormula(object, rule.formula, reader, 'errorConditionFormula');
    });
    this.#eachOf('sharingReason', 'SharingReason', (object, reader) => {
      const name = reader.required('fullName');
      object.sharingReasons.push({ name, label: reader.text('label') ?? name });
    });
    const severalCurrencies = hasSeveralCurrencies(this.files, this.#problems);
    for (const message of applyCurrencies(this.#objects, severalCurrencies)) {
      this.#problems.push({ file: 'settings/Currency.settings-meta.xml', line: 1, message, kind: 'notBuilt' });
    }
    const fieldSets: { objectName: string; set: FieldSetDescriptor; reader: ElementReader }[] = [];
    this.#eachOf('fieldSet', 'FieldSet', (object, reader) => {
      const set = readFieldSet(reader);
      object.fieldSets.set(set.name.toLowerCase(), set);
      fieldSets.push({ objectName: object.name, set, reader });
    });
    this.#finishRecordTypes();
    const labels = readLabels(this.files, []);
    const schema: Schema = { ...buildSchema(this.#objects.values(), this.#children), labels };
    checkFormulas(schema, this.#formulas);
    for (const { objectName, set, reader } of fieldSets) {
      const object = schema.object(objectName);
      for (const { field } of set.members) {
        if (object && fieldAtPath(object, field, (name) => schema.object(name))) continue;
        reader.invalid(reader.element, `In field: displayedFields - no CustomField named ${objectName}.${field} found`);
      }
    }
    return schema;
  }

  #reader(file: MetadataFile, root: string): ElementReader | null {
    const element = readRoot(file, root, this.#problems);
    return element ? new ElementReader(element, file.path, this.#problems) : null;
  }

  #readValueSets(): ValueSets {
    const sets = new Map<string, readonly PicklistValueDescriptor[]>();
    for (const file of this.files.get('globalValueSet') ?? []) {
      const reader = this.#reader(file, 'GlobalValueSet');
      if (reader) sets.set(file.fullName.toLowerCase(), readGlobalValueSet(reader));
    }
    return sets;
  }

  #readStandardValueSets(): void {
    for (const file of this.files.get('standardValueSet') ?? []) {
      const reader = this.#reader(file, 'StandardValueSet');
      if (!reader) continue;
      reader.ignore('sorted', 'groupingStringEnum', 'fullName');
      const values = reader.readers('standardValue').map(readPicklistValue);
      reader.finish();
      const fields = STANDARD_VALUE_SETS[file.fullName];
      if (!fields) {
        reader.notBuilt(reader.element, `standard value set ${file.fullName} is not built`);
        continue;
      }
      for (const path of fields) {
        const [object = '', field = ''] = path.toLowerCase().split('.');
        const draft = this.#objects.get(object)?.fields.get(field);
        if (draft) draft.picklist = values;
      }
    }
  }

  #readObject(file: MetadataFile): void {
    const reader = this.#reader(file, 'CustomObject');
    if (!reader) return;
    const name = file.fullName;
    const standard = this.#objects.get(name.toLowerCase());
    if (standard) {
      readStandardObject(reader, standard);
      return;
    }
    if (name === 'Activity') return;
    if (!/__(c|e|mdt|b)$/.test(name)) {
      reader.notBuilt(reader.element, `standard object ${name} is not described in local-org`);
      return;
    }
    if (reader.element.children.some((child) => child.name === 'enableActivities' && child.text === 'true')) {
      this.#withActivities.push(name);
    }
    this.#objects.set(name.toLowerCase(), readCustomObject(reader, name));
  }

  #readField(file: MetadataFile): void {
    const reader = this.#reader(file, 'CustomField');
    if (!reader) return;
    const objectName = file.object ?? '';
    const targets = objectName === 'Activity' ? ['task', 'event'] : [objectName.toLowerCase()];
    for (const [index, target] of targets.entries()) {
      const object = this.#objects.get(target);
      if (!object) {
        reader.invalid(reader.element, `field ${file.fullName} is on ${objectName}, which the org does not have`);
        continue;
      }
      if (!file.fullName.endsWith('__c')) {
        this.#changeStandardField(reader, object, file.fullName);
        continue;
      }
      // Read again for a second target, so that the two drafts are separate; problems are reported once.
      const again = index === 0 ? reader : new ElementReader(reader.element, file.path, []);
      const field = readCustomField(again, object.name, this.#valueSets);
      if (!field) continue;
      this.#addCustomField(object, field, index === 0);
      const formula = field.fields[0]?.formula;
      if (formula && index === 0) this.#noteFormula(object, formula, reader, 'formula');
    }
  }

  #noteFormula(object: ObjectDraft, text: string, reader: ElementReader, element: string): void {
    const place = reader.one(element) ?? reader.element;
    this.#formulas.push({ object: object.name, text, report: (message) => reader.invalid(place, message) });
  }

  /**
   * A lookup of activities has one name for the children of its parent, and two objects: it leads to the tasks, as
   * SalesforceLabs/ActionPlansV4 reads it (on that suite alone).
   */
  #addCustomField(object: ObjectDraft, field: CustomField, withChildren = true): void {
    for (const draft of field.fields) {
      if (object.event) Object.assign(draft, { updateable: false, permissionable: false });
      addField(object, draft);
      if (draft.rollup) this.#summaries.push(draft);
    }
    const [draft] = field.fields;
    if (!draft || draft.referenceTo.length === 0 || field.childRelationship === null || !withChildren) return;
    for (const parent of draft.referenceTo) {
      const name = `${field.childRelationship}__r`;
      this.#children.push({ parent, name, object: object.name, field: draft.name });
    }
  }

  /** Files of standard fields mostly track history; what they may change of the data is their picklist or label. */
  #changeStandardField(reader: ElementReader, object: ObjectDraft, name: string): void {
    const field = object.fields.get(name.toLowerCase());
    // Metadata names some standard lookups without `Id`.
    const tracked = field ?? object.fields.get(`${name.toLowerCase()}id`);
    if (tracked) tracked.tracked = reader.boolean('trackHistory');
    else reader.notBuilt(reader.element, `standard field ${object.name}.${name} is not described in local-org`);
    if (!field) return;
    const label = reader.text('label');
    if (label !== null) field.label = label;
  }

  /** Details have no owner and are shared as their master is. */
  #finishCustomObjects(): void {
    for (const object of this.#objects.values()) {
      if (!object.custom) continue;
      const masters = [...object.fields.values()].filter((field) => field.masterDetail);
      if (masters.length === 0) continue;
      object.fields.delete('ownerid');
      object.sharingModel = 'ControlledByParent';
    }
    this.#attachToCustomObjects();
    for (const name of this.#withActivities) {
      for (const activity of ['Task', 'Event']) {
        const what = this.#objects.get(activity.toLowerCase())?.fields.get('whatid');
        if (!what) continue;
        what.referenceTo = [...what.referenceTo, name];
        this.#children.push({ parent: name, name: `${activity}s`, object: activity, field: 'WhatId' });
      }
    }
  }

  /** A roll-up summary has the type of what it summarises; only a count is a number in any case. */
  #typeSummaries(): void {
    for (const draft of this.#summaries) {
      const { rollup } = draft;
      if (!rollup || rollup.field === null || rollup.operation === 'count') continue;
      const of = this.#objects.get(rollup.childObject.toLowerCase())?.fields.get(rollup.field.toLowerCase());
      if (of) Object.assign(draft, { type: of.type, apexType: of.apexType, scale: of.scale });
    }
  }

  /** Files, notes and posts hang on custom objects too. */
  #attachToCustomObjects(): void {
    const custom = [...this.#objects.values()]
      .filter(
        (object) =>
          object.custom && !object.event && !object.metadataType && !object.bigObject && object.customSetting === null,
      )
      .map((object) => object.name);
    for (const path of [
      'contentdocumentlink.linkedentityid',
      'attachment.parentid',
      'note.parentid',
      'feeditem.parentid',
    ]) {
      const [object = '', name = ''] = path.split('.');
      const field = this.#objects.get(object)?.fields.get(name);
      if (!field) continue;
      field.referenceTo = [...field.referenceTo, ...custom];
      const children = LISTS[object];
      if (!children) continue;
      for (const parent of custom) {
        this.#children.push({ parent, name: children.name, object: children.object, field: field.name });
      }
    }
  }

  #finishRecordTypes(): void {
    for (const object of this.#objects.values()) {
      if (object.recordTypes.length > 0 && object.custom) addField(object, recordTypeField());
    }
  }

  #checkReferences(): void {
    const seen = new Map<string, string>();
    for (const child of this.#children) {
      const key = `${child.parent}.${child.name}`.toLowerCase();
      const other = seen.get(key);
      if (other !== undefined && child.name.endsWith('__r')) {
        this.#reportField(child, `There is already a Child Relationship named ${child.name} on ${child.parent}`);
      }
      seen.set(key, `${child.object}.${child.field}`);
      if (child.name.endsWith('__r') && !this.#objects.has(child.parent.toLowerCase())) {
        this.#reportField(child, `referenceTo value of '${child.parent}' does not resolve to a valid sObject type`);
      }
    }
  }

  #reportField(child: DeclaredChild, message: string): void {
    const file = (this.files.get('field') ?? []).find(
      (candidate) => candidate.fullName === child.field && candidate.object === child.object,
    );
    this.#problems.push({ file: file?.path ?? child.object, line: 1, message, kind: 'invalid' });
  }

  #eachOf(kind: string, root: string, read: (object: ObjectDraft, reader: ElementReader) => void): void {
    for (const file of this.files.get(kind) ?? []) {
      const reader = this.#reader(file, root);
      if (!reader) continue;
      const object = this.#objects.get((file.object ?? '').toLowerCase());
      if (object) read(object, reader);
      else reader.invalid(reader.element, `${kind} ${file.fullName} is on ${file.object}, which the org does not have`);
    }
  }
}

/** Which fields a standard value set gives its values to. */
const STANDARD_VALUE_SETS: Readonly<Record<string, readonly string[]>> = {
  LeadSource: ['Lead.LeadSource', 'Contact.LeadSource', 'Opportunity.LeadSource', 'Account.AccountSource'],
  LeadStatus: ['Lead.Status'],
  Industry: ['Account.Industry', 'Lead.Industry'],
  AccountRating: ['Account.Rating', 'Lead.Rating'],
  AccountType: ['Account.Type'],
  AccountOwnership: ['Account.Ownership'],
  Salutation: ['Lead.Salutation', 'Contact.Salutation'],
  OpportunityStage: ['Opportunity.StageName'],
  OpportunityType: ['Opportunity.Type'],
  QuoteStatus: ['Quote.Status'],
  CaseOrigin: ['Case.Origin'],
  CasePriority: ['Case.Priority'],
  CaseReason: ['Case.Reason'],
  CaseStatus: ['Case.Status'],
  CaseType: ['Case.Type'],
  TaskPriority: ['Task.Priority'],
  TaskStatus: ['Task.Status'],
  TaskSubject: ['Task.Subject'],
  EventSubject: ['Event.Subject'],
  EventType: ['Event.Type'],
  TaskType: ['Task.Type'],
};
