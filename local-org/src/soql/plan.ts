import type { ChildRelationship, FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { BindNode, CompareOperator } from './ast.ts';

/** One step to a parent: the lookup field and what it may point to. */
export interface LookupStep {
  readonly field: FieldDescriptor;
  /** More than one: polymorphic, and fields are those of the Name object. */
  readonly targets: readonly ObjectDescriptor[];
}

/** A field of the queried object or of a parent. */
export interface FieldValue {
  readonly kind: 'field';
  readonly lookups: readonly LookupStep[];
  /** The object that the field is of; Name where the last step is polymorphic. */
  readonly object: ObjectDescriptor;
  readonly field: FieldDescriptor;
  readonly offset: number;
}

/** `CALENDAR_YEAR(CreatedDate)`, `toLabel(Status)`, `DISTANCE(…)`; `convert` where the argument is in `convertTimezone`. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly argument: FieldValue;
  readonly convert: boolean;
  /** Of DISTANCE. */
  readonly measure?: Measure;
  readonly offset: number;
}

/** From where DISTANCE measures, in degrees, and in what. */
export interface Measure {
  readonly latitude: Operand;
  readonly longitude: Operand;
  readonly unit: string;
}

export interface AggregateValue {
  readonly kind: 'aggregate';
  readonly name: 'count' | 'count_distinct' | 'sum' | 'avg' | 'min' | 'max' | 'grouping';
  /** null for `COUNT()`. */
  readonly argument: FieldValue | FunctionValue | null;
  readonly offset: number;
}

export type RowValue = FieldValue | FunctionValue;
export type Value = RowValue | AggregateValue;

/** What the right side of a comparison is, ready to be compared. */
export type Operand =
  /** The value as it is compared; of a text also as it is written. */
  | { readonly kind: 'constant'; readonly value: unknown; readonly text?: string }
  | { readonly kind: 'range'; readonly name: string; readonly n: number | null }
  | { readonly kind: 'bind'; readonly node: BindNode };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Condition[] }
  | { readonly kind: 'not'; readonly term: Condition }
  | {
      readonly kind: 'compare';
      readonly left: Value;
      readonly operator: CompareOperator;
      readonly right: Operand;
    }
  | ListCondition<'in'>
  | ListCondition<'includes'>
  | {
      readonly kind: 'semi';
      readonly left: RowValue;
      readonly negated: boolean;
      readonly plan: Plan;
      readonly column: RowValue;
    };

/** `IN (…)`, `IN :bind`, `INCLUDES (…)` and their negations. */
export interface ListCondition<K extends 'in' | 'includes'> {
  readonly kind: K;
  readonly left: Value;
  readonly negated: boolean;
  readonly right: readonly Operand[];
  readonly bind: BindNode | null;
}

/** What is done to a value before it is shown: `toLabel`, `convertCurrency`, `FORMAT`. */
export type ShownStep = 'label' | 'currency' | 'format';

/** A column in another form than the field's. */
export interface ShownColumn {
  /** The alias, or the field's name where there is none. */
  readonly name: string;
  readonly value: RowValue;
  readonly steps: readonly ShownStep[];
}

/** What is read of each row. */
export interface Columns {
  readonly object: ObjectDescriptor;
  readonly fields: FieldDescriptor[];
  /** Fields whose label is asked for, by canonical name. */
  readonly labels: Set<string>;
  /** Columns whose values are not of the field's type, or not under its name. */
  readonly shown: ShownColumn[];
  /** Amounts that are converted, and stay in the field. */
  readonly converted: ShownColumn[];
  readonly parents: ParentColumns[];
  readonly children: ChildColumns[];
}

export interface ParentColumns {
  /** Canonical relationship name. */
  readonly name: string;
  readonly step: LookupStep;
  /** Of a plain lookup, or of the Name object. */
  readonly columns: Columns;
  /** TYPEOF: other columns for these objects, and whether others get any. */
  readonly cases: readonly Columns[] | null;
}

export interface ChildColumns {
  readonly relationship: ChildRelationship;
  readonly plan: Plan;
}

/** How many child queries stand in the columns, at any depth. */
export function childQueries({ children }: Columns): number {
  return children.reduce((sum, { plan }) => sum + 1 + childQueries(plan.columns), 0);
}

export interface Output {
  readonly alias: string;
  readonly value: Value;
  /** Whether FORMAT is around it. */
  readonly formatted: boolean;
}

export interface OrderBy {
  readonly value: Value;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

/** A field that the query touches, for checks of access. */
export interface Usage {
  readonly object: ObjectDescriptor;
  readonly field: FieldDescriptor;
  readonly clause: 'select' | 'filter';
}

/** A query checked against a schema. */
export interface Plan {
  readonly object: ObjectDescriptor;
  readonly result: 'rows' | 'count' | 'aggregate';
  readonly columns: Columns;
  /** Of aggregate queries. */
  readonly outputs: readonly Output[];
  readonly groupBy: readonly RowValue[];
  readonly grouping: 'plain' | 'rollup' | 'cube';
  readonly where: Condition | null;
  readonly having: Condition | null;
  readonly orderBy: readonly OrderBy[];
  readonly limit: Operand | null;
  readonly offsetBy: Operand | null;
  readonly lock: boolean;
  readonly allRows: boolean;
  readonly scope: 'everything' | 'mine';
  readonly mode: 'user' | 'system' | 'enforced' | null;
  readonly usages: readonly Usage[];
  readonly binds: readonly BindUse[];
}

/** Where a bind stands and what it is compared with. */
export interface BindUse {
  readonly name: string;
  readonly apexType: string;
  readonly collection: boolean;
  readonly offset: number;
}

/**
 * Queries of custom metadata do not count, unless they read a long text area. Source: Salesforce Help, Custom Metadata
 * Allocations and Usage Calculations.
 */
export function isUncounted({ object, columns }: Plan): boolean {
  if (!object.metadataType) return false;
  return columns.fields.every(({ length }) => length <= 255);
}
