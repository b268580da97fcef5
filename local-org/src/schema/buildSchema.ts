import type { ChildRelationship, FieldDescriptor, ObjectDescriptor, Schema } from './descriptor.ts';
import { changedObjectName, changeEventOf } from './changeEvents.ts';
import type { ObjectDraft } from './customObject.ts';
import { addField, makeObject } from './customObject.ts';
import { auditFields, deletedField, idField, makeField } from './field.ts';
import { historyObjectOf } from './historyObjects.ts';

/** A child relationship that a lookup gives to the objects that it names. */
export interface DeclaredChild {
  readonly parent: string;
  readonly name: string;
  readonly object: string;
  readonly field: string;
}

/**
 * Turns finished drafts into a schema: gives key prefixes to what has none, adds the share objects, and derives
 * relationships in both directions.
 */
export function buildSchema(drafts: Iterable<ObjectDraft>, children: readonly DeclaredChild[]): Schema {
  const objects = new Map<string, ObjectDraft>();
  for (const draft of drafts) objects.set(draft.name.toLowerCase(), draft);
  assignKeyPrefixes([...objects.values()]);
  for (const share of [...objects.values()].flatMap(shareObjectOf)) {
    const described = objects.get(share.name.toLowerCase());
    if (described) described.shareOf = share.shareOf;
    else objects.set(share.name.toLowerCase(), share);
  }
  const histories: DeclaredChild[] = [];
  for (const draft of [...objects.values()]) {
    for (const history of historyObjectOf(draft)) {
      objects.set(history.name.toLowerCase(), history);
      histories.push({ parent: draft.name, name: 'Histories', object: history.name, field: 'ParentId' });
    }
  }
  const byParent = Map.groupBy([...children, ...histories], ({ parent }) => parent.toLowerCase());
  const finished = new Map<string, ObjectDescriptor>();
  const finishedOf = (key: string): ObjectDescriptor | null => {
    const known = finished.get(key);
    const draft = objects.get(key);
    if (known || !draft) return known ?? null;
    const object = finish(draft, childrenOf(byParent.get(key) ?? [], objects));
    finished.set(key, object);
    return object;
  };
  const byPrefix = new Map<string, string>();
  for (const [key, { keyPrefix }] of objects) {
    if (keyPrefix !== '' && !byPrefix.has(keyPrefix)) byPrefix.set(keyPrefix, key);
  }
  let all: readonly ObjectDescriptor[] | null = null;
  const events = new Map<string, ObjectDescriptor | null>();
  const changeEvent = (name: string): ObjectDescriptor | null => {
    const key = name.toLowerCase();
    let event = events.get(key);
    if (event === undefined) {
      const changed = finishedOf(changedObjectName(key)?.toLowerCase() ?? '');
      event = changed ? changeEventOf(changed) : null;
      events.set(key, event);
    }
    return event;
  };
  return {
    object: (name) => finishedOf(name.toLowerCase()) ?? changeEvent(name),
    objects: () => (all ??= [...objects.keys()].flatMap((key) => finishedOf(key) ?? [])),
    byKeyPrefix: (prefix) => finishedOf(byPrefix.get(prefix) ?? ''),
  };
}

function childrenOf(
  declared: readonly DeclaredChild[],
  objects: ReadonlyMap<string, ObjectDraft>,
): Map<string, ChildRelationship> {
  return new Map(
    declared.map(({ name, object, field }) => {
      const lookup = (): FieldDescriptor | undefined =>
        objects.get(object.toLowerCase())?.fields.get(field.toLowerCase());
      return [
        name.toLowerCase(),
        {
          name,
          object,
          field,
          get cascadeDelete() {
            return lookup()?.deleteConstraint === 'Cascade';
          },
        },
      ];
    }),
  );
}

function finish(draft: ObjectDraft, children: ReadonlyMap<string, ChildRelationship>): ObjectDescriptor {
  // RecordTypeId exists only where there are record types.
  if (draft.recordTypes.length === 0) draft.fields.delete('recordtypeid');
  const parents = new Map<string, FieldDescriptor>();
  for (const field of draft.fields.values()) {
    if (field.relationshipName !== null) parents.set(field.relationshipName.toLowerCase(), field);
  }
  return { ...draft, parents, children };
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `a00`, `a01` … in alphabetical order of the objects, so that the same project always has the same ids. */
function assignKeyPrefixes(drafts: readonly ObjectDraft[]): void {
  const next = new Map<string, number>();
  const unnamed = drafts.filter((draft) => draft.keyPrefix === '' && draft.custom);
  for (const draft of unnamed.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const letter = draft.event ? 'e' : draft.metadataType ? 'm' : 'a';
    const number = next.get(letter) ?? 0;
    next.set(letter, number + 1);
    draft.keyPrefix = `${letter}${DIGITS[Math.floor(number / 62)] ?? '0'}${DIGITS[number % 62] ?? '0'}`;
  }
}

const STANDARD_SHARES: Readonly<Record<string, { prefix: string; parent: string; access: readonly string[] }>> = {
  Account: {
    prefix: '00r',
    parent: 'Account',
    access: ['AccountAccessLevel', 'OpportunityAccessLevel', 'CaseAccessLevel', 'ContactAccessLevel'],
  },
  Case: { prefix: '01n', parent: 'Case', access: ['CaseAccessLevel'] },
  Contact: { prefix: '03s', parent: 'Contact', access: ['ContactAccessLevel'] },
  Lead: { prefix: '01o', parent: 'Lead', access: ['LeadAccessLevel'] },
  Opportunity: { prefix: '00t', parent: 'Opportunity', access: ['OpportunityAccessLevel'] },
  Campaign: { prefix: '08s', parent: 'Campaign', access: ['CampaignAccessLevel'] },
};

/** Objects that others may not all edit have a share object; those with the widest access and details have none. */
function shareObjectOf(object: ObjectDraft): ObjectDraft[] {
  const standard = STANDARD_SHARES[object.name];
  if (standard) return [makeShare(object, `${object.name}Share`, standard)];
  const isOwned = object.custom && object.customSetting === null && !object.event && object.fields.has('ownerid');
  if (!isOwned || !['Private', 'Read'].includes(object.sharingModel)) return [];
  const name = object.name.replace(/__c$/, '__Share');
  return [makeShare(object, name, { prefix: '02c', parent: '', access: ['AccessLevel'] })];
}

function makeShare(
  object: ObjectDraft,
  name: string,
  form: { prefix: string; parent: string; access: readonly string[] },
): ObjectDraft {
  const parentField = form.parent === '' ? 'ParentId' : `${form.parent}Id`;
  const [accessField = 'AccessLevel'] = form.access;
  const share = makeObject({
    name,
    label: `${object.label} Share`,
    plural: `${object.label} Share`,
    custom: object.custom,
    keyPrefix: form.prefix,
    undeletable: false,
    triggerable: false,
    searchable: false,
    shareOf: { object: object.name, parentField, accessField },
  });
  const value = (text: string, label = text) => ({ value: text, label, default: false, active: true });
  const fixed = { permissionable: false, custom: false } as const;
  addField(share, idField());
  const parent = { referenceTo: [object.name], relationshipName: form.parent === '' ? 'Parent' : form.parent };
  addField(
    share,
    makeField({
      name: parentField,
      label: parentField,
      type: 'reference',
      ...parent,
      required: true,
      updateable: false,
      deleteConstraint: 'Cascade',
      ...fixed,
    }),
  );
  addField(
    share,
    makeField({
      name: 'UserOrGroupId',
      label: 'User/Group ID',
      type: 'reference',
      referenceTo: ['Group', 'User'],
      relationshipName: 'UserOrGroup',
      required: true,
      updateable: false,
      ...fixed,
    }),
  );
  for (const access of form.access) {
    const picklist = [value('Read', 'Read Only'), value('Edit', 'Read/Write'), value('All', 'Owner')];
    addField(
      share,
      makeField({
        name: access,
        label: access,
        type: 'picklist',
        length: 40,
        picklist: access === accessField ? picklist : [value('None', 'Private'), ...picklist],
        restrictedPicklist: true,
        required: access === accessField,
        ...fixed,
      }),
    );
  }
  const causes = ['Owner', 'Manual', 'Rule', 'ImplicitChild', 'ImplicitParent', 'Team', 'Territory'];
  addField(
    share,
    makeField({
      name: 'RowCause',
      label: 'Row Cause',
      type: 'picklist',
      length: 40,
      picklist: [
        ...causes.map((cause) => value(cause)),
        ...object.sharingReasons.map(({ name: reason, label }) => value(reason, label)),
      ],
      updateable: false,
      defaultedOnCreate: true,
      ...fixed,
    }),
  );
  for (const field of auditFields().slice(2, 4)) addField(share, field);
  addField(share, deletedField());
  return share;
}
