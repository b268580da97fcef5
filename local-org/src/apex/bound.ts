import type { ChildRelationship, FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { FieldSymbol, MethodSymbol, Type, TypeDef } from '../types/type.ts';
import type { DmlOperation, Position } from './ast.ts';

/**
 * The checked program: every name resolved, every overload chosen, every implicit conversion written out. The checker
 * makes it from the syntax tree, the emitter turns it into JavaScript; neither asks the other anything.
 */

/** A local variable or parameter. */
export interface Local {
  readonly name: string;
  readonly type: Type;
  /** Its JavaScript name. The emitter gives `old` of a compound assignment the name of where that value is kept. */
  js: string;
  readonly final: boolean;
  /** False only where every value ever assigned is known not to be null: the emitter then leaves out null checks. */
  maybeNull: boolean;
}

/** How one kind of value becomes another without the program saying so. */
export type Conversion =
  | 'int-long'
  | 'int-double'
  | 'long-double'
  | 'int-decimal'
  | 'long-decimal'
  | 'double-decimal'
  | 'decimal-double'
  | 'string-id'
  /** Text that may be an Id, for comparing it with one. */
  | 'text-id'
  | 'date-datetime'
  /** A raw Double becomes an Object. */
  | 'box-double'
  | 'hold-id'
  /** An element or field value whose static type is Double becomes raw. */
  | 'unbox-double'
  /** One whose static type is Long, in what may be a collection of Integers. */
  | 'unbox-long'
  | 'read-decimal'
  | 'read-datetime'
  /** The rows of a query become the one row, or its count. */
  | 'rows-one'
  /** The same, but no row is null: left of `??`. */
  | 'rows-one-or-null'
  /** An SObject is used as one object's record: checked. */
  | 'narrow-sobject';

/** The representation that an operator works on. */
export type Operand =
  'int' | 'long' | 'double' | 'decimal' | 'string' | 'boolean' | 'date' | 'datetime' | 'time' | 'id' | 'object';

export type Arithmetic = '+' | '-' | '*' | '/' | '<<' | '>>' | '>>>' | '&' | '|' | '^';

interface Node {
  readonly type: Type;
  readonly at: Position;
}

export type BExpr =
  | BConst
  | BLocal
  | BThis
  | BField
  | BProperty
  | BPlatformProperty
  | BRecordField
  | BRecordParent
  | BRecordChildren
  | BEnumValue
  | BCall
  | BPlatformCall
  | BImplicitCall
  | BSettingCall
  | BNew
  | BPlatformNew
  | BExceptionNew
  | BRecordNew
  | BCollectionNew
  | BIndex
  | BConvert
  | BCast
  | BInstanceOf
  | BArithmetic
  | BConcat
  | BCompare
  | BEquality
  | BLogical
  | BNot
  | BNegate
  | BAssign
  | BCompound
  | BTernary
  | BCoalesce
  | BClassLiteral
  | BSoql
  | BSosl
  | BObjectToken
  | BFieldToken
  | BDescribe
  | BLabel
  | BPage
  | BTriggerVariable
  | BFieldError
  | BFault;

/** A literal. Integers and Doubles are numbers, Longs bigint; a Decimal is its text. */
export interface BConst extends Node {
  readonly k: 'const';
  readonly value: string | number | bigint | boolean | null;
}

export interface BLocal extends Node {
  readonly k: 'local';
  readonly local: Local;
}

export interface BThis extends Node {
  readonly k: 'this';
  /** A member is named without `this.` before it. */
  readonly implied?: true;
}

/** A field of a user class, or a property's own storage. Static where target is null. */
export interface BField extends Node {
  readonly k: 'field';
  readonly target: BExpr | null;
  readonly symbol: FieldSymbol;
  readonly safe: boolean;
}

/** A property of a user class with accessor code. */
export interface BProperty extends Node {
  readonly k: 'property';
  readonly target: BExpr | null;
  readonly symbol: FieldSymbol;
  readonly safe: boolean;
}

export interface BPlatformProperty extends Node {
  readonly k: 'platform-property';
  readonly target: BExpr | null;
  readonly symbol: FieldSymbol;
  readonly safe: boolean;
}

export interface BRecordField extends Node {
  readonly k: 'record-field';
  readonly target: BExpr;
  readonly field: Pick<FieldDescriptor, 'name' | 'apexType'> & Partial<FieldDescriptor>;
  readonly safe: boolean;
}

export interface BRecordParent extends Node {
  readonly k: 'record-parent';
  readonly target: BExpr;
  readonly field: FieldDescriptor;
  readonly safe: boolean;
}

export interface BRecordChildren extends Node {
  readonly k: 'record-children';
  readonly target: BExpr;
  readonly child: ChildRelationship;
  readonly safe: boolean;
}

export interface BEnumValue extends Node {
  readonly k: 'enum-value';
  readonly name: string;
}

/** A method of a user type. Direct: `super.m()`, or one that nothing can override. Static where target is null. */
export interface BCall extends Node {
  readonly k: 'call';
  readonly target: BExpr | null;
  readonly method: MethodSymbol;
  readonly args: readonly BExpr[];
  readonly superCall: boolean;
  readonly safe: boolean;
}

export interface BPlatformCall extends Node {
  readonly k: 'platform-call';
  readonly target: BExpr | null;
  readonly method: MethodSymbol;
  readonly args: readonly BExpr[];
  readonly superCall: boolean;
  readonly safe: boolean;
  /** Of methods of `Database`: the mode where the call gives none, and the variables that a dynamic query may bind. */
  readonly database: {
    readonly access: 'user' | 'system';
    readonly variables: readonly { readonly name: string; readonly value: BExpr }[];
  } | null;
}

/** A method of every Object or enum; the key is the symbol's js. */
export interface BImplicitCall extends Node {
  readonly k: 'implicit-call';
  readonly target: BExpr | null;
  readonly key: string;
  readonly owner: Type;
  readonly args: readonly BExpr[];
  /** `super.toString()`: what every Object has, whatever the class overrides. */
  readonly superCall: boolean;
  readonly safe: boolean;
}

/** `My_Setting__c.getInstance(…)`, `My_Type__mdt.getAll()`. */
export interface BSettingCall extends Node {
  readonly k: 'setting-call';
  readonly object: ObjectDescriptor;
  readonly method: string;
  readonly args: readonly BExpr[];
}

export interface BNew extends Node {
  readonly k: 'new';
  readonly constructorSymbol: MethodSymbol;
  readonly args: readonly BExpr[];
}

export interface BPlatformNew extends Node {
  readonly k: 'platform-new';
  readonly constructorSymbol: MethodSymbol;
  readonly args: readonly BExpr[];
}

/** A user exception by one of its implicit constructors. */
export interface BExceptionNew extends Node {
  readonly k: 'exception-new';
  readonly args: readonly BExpr[];
}

export interface BRecordNew extends Node {
  readonly k: 'record-new';
  readonly object: ObjectDescriptor | null;
  readonly values: readonly { readonly name: string; readonly parent: boolean; readonly value: BExpr }[];
}

export interface BCollectionNew extends Node {
  readonly k: 'collection-new';
  readonly elements: readonly BExpr[] | null;
  readonly pairs: readonly { readonly key: BExpr; readonly value: BExpr }[] | null;
  /** `new Integer[n]` */
  readonly size: BExpr | null;
}

export interface BIndex extends Node {
  readonly k: 'index';
  readonly target: BExpr;
  readonly index: BExpr;
}

export interface BConvert extends Node {
  readonly k: 'convert';
  readonly how: Conversion;
  readonly value: BExpr;
}

export interface BCast extends Node {
  readonly k: 'cast';
  /** Raw where the cast is from one number type to another, else in boxed form. */
  readonly value: BExpr;
  readonly numeric: boolean;
}

export interface BInstanceOf extends Node {
  readonly k: 'instanceof';
  readonly value: BExpr;
  readonly of: Type;
}

export interface BArithmetic extends Node {
  readonly k: 'arithmetic';
  readonly op: Arithmetic;
  readonly on: Operand;
  readonly left: BExpr;
  readonly right: BExpr;
}

/** `+` with a String; operands keep their own types. */
export interface BConcat extends Node {
  readonly k: 'concat';
  readonly left: BExpr;
  readonly right: BExpr;
}

export interface BCompare extends Node {
  readonly k: 'compare';
  readonly op: '<' | '<=' | '>' | '>=';
  readonly on: Operand;
  readonly left: BExpr;
  readonly right: BExpr;
}

export interface BEquality extends Node {
  readonly k: 'equality';
  readonly negated: boolean;
  readonly exact: boolean;
  readonly on: Operand;
  readonly left: BExpr;
  readonly right: BExpr;
}

export interface BLogical extends Node {
  readonly k: 'logical';
  readonly op: '&&' | '||';
  readonly left: BExpr;
  readonly right: BExpr;
}

export interface BNot extends Node {
  readonly k: 'not';
  readonly value: BExpr;
}

/** `-x`, `~x` */
export interface BNegate extends Node {
  readonly k: 'negate';
  readonly op: '-' | '~';
  readonly on: Operand;
  readonly value: BExpr;
}

/** What may stand left of `=`. */
export type LValue = BLocal | BField | BProperty | BPlatformProperty | BRecordField | BRecordParent | BIndex;

export interface BAssign extends Node {
  readonly k: 'assign';
  readonly target: LValue;
  readonly value: BExpr;
}

/**
 * `x op= v`, `++x`, `x++`: target and value evaluated once. `old` stands for the value before; `result` is the new
 * value in terms of it, converted to the target's type.
 */
export interface BCompound extends Node {
  readonly k: 'compound';
  readonly target: LValue;
  readonly old: Local;
  readonly result: BExpr;
  readonly gives: 'old' | 'new';
}

export interface BTernary extends Node {
  readonly k: 'ternary';
  readonly condition: BExpr;
  readonly then: BExpr;
  readonly else: BExpr;
}

export interface BCoalesce extends Node {
  readonly k: 'coalesce';
  readonly left: BExpr;
  readonly right: BExpr;
}

export interface BClassLiteral extends Node {
  readonly k: 'class-literal';
  readonly of: Type;
}

export interface BSoql extends Node {
  readonly k: 'soql';
  readonly text: string;
  readonly binds: readonly BExpr[];
  readonly result: 'rows' | 'count' | 'aggregate';
  /** The mode where the query itself names none. */
  readonly access: 'user' | 'system';
}

export interface BSosl extends Node {
  readonly k: 'sosl';
  readonly text: string;
  readonly binds: readonly BExpr[];
  readonly access: 'user' | 'system';
}

/** `Account.SObjectType` */
export interface BObjectToken extends Node {
  readonly k: 'object-token';
  readonly object: ObjectDescriptor;
}

/** `Account.Name` as a Schema.SObjectField */
export interface BFieldToken extends Node {
  readonly k: 'field-token';
  readonly object: ObjectDescriptor;
  readonly field: FieldDescriptor;
}

/** `Schema.SObjectType.Account`, `Schema.SObjectType.Account.fields.Name`, `….fieldSets.Name` */
export interface BDescribe extends Node {
  readonly k: 'describe';
  readonly object: ObjectDescriptor;
  readonly field: FieldDescriptor | null;
  readonly fieldSet: string | null;
}

/** `System.Label.Name` */
export interface BLabel extends Node {
  readonly k: 'label';
  readonly name: string;
}

/** `Page.Name`: a new reference to a Visualforce page. */
export interface BPage extends Node {
  readonly k: 'page';
  readonly name: string;
}

/** `Trigger.new` and its like. */
export interface BTriggerVariable extends Node {
  readonly k: 'trigger';
  readonly name: string;
}

/** `record.Field.addError(message)`: on paper a method of the value, in truth of the record. */
export interface BFieldError extends Node {
  readonly k: 'field-error';
  readonly target: BExpr;
  readonly field: string;
  /** A String or an Exception. */
  readonly message: BExpr;
}

/**
 * Stands where something could not be checked. A class with one is not run, unless all that is wrong with it is that
 * local-org lacks something: then the program stops when it gets here.
 */
export interface BFault extends Node {
  readonly k: 'fault';
  readonly message: string;
}

// ---------------------------------------------------------------- statements

export type BStatement =
  | { readonly k: 'block'; readonly statements: readonly BStatement[]; readonly at: Position }
  | { readonly k: 'local'; readonly local: Local; readonly init: BExpr | null; readonly at: Position }
  | { readonly k: 'expression'; readonly expr: BExpr; readonly at: Position }
  | {
      readonly k: 'if';
      readonly condition: BExpr;
      readonly then: BStatement;
      readonly else: BStatement | null;
      readonly at: Position;
    }
  | BSwitch
  | {
      readonly k: 'for';
      readonly init: readonly BStatement[];
      readonly condition: BExpr | null;
      readonly update: readonly BExpr[];
      readonly body: BStatement | null;
      readonly at: Position;
    }
  | BForEach
  | { readonly k: 'while'; readonly condition: BExpr; readonly body: BStatement | null; readonly at: Position }
  | { readonly k: 'dowhile'; readonly condition: BExpr; readonly body: BStatement; readonly at: Position }
  | BTry
  | { readonly k: 'return'; readonly value: BExpr | null; readonly at: Position }
  | { readonly k: 'throw'; readonly value: BExpr; readonly at: Position }
  | { readonly k: 'break'; readonly at: Position }
  | { readonly k: 'continue'; readonly at: Position }
  | BDml
  | { readonly k: 'runas'; readonly user: BExpr; readonly body: BStatement; readonly at: Position }
  /** `this(…)` or `super(…)` as a constructor's first statement. */
  | {
      readonly k: 'constructor-call';
      readonly of: 'this' | 'super';
      readonly constructorSymbol: MethodSymbol;
      readonly args: readonly BExpr[];
      readonly at: Position;
    };

export interface BSwitch {
  readonly k: 'switch';
  readonly value: BExpr;
  readonly temp: Local;
  readonly cases: readonly {
    /** Conditions on the temporary; empty for `when else`. */
    readonly tests: readonly BExpr[];
    /** `when Account a`: the variable bound in the case. */
    readonly local: Local | null;
    readonly otherwise: boolean;
    readonly body: BStatement;
    readonly at: Position;
  }[];
  readonly at: Position;
}

export interface BForEach {
  readonly k: 'foreach';
  readonly local: Local;
  readonly iterable: BExpr;
  /** `rows`: a query, each row; `chunks`: a query, 200 rows at a time as a List. */
  readonly over: 'list' | 'set' | 'iterable' | 'rows' | 'chunks';
  /** From an element (in boxed form) to the variable. */
  readonly element: Local;
  readonly convert: BExpr;
  readonly body: BStatement | null;
  readonly at: Position;
}

export interface BTry {
  readonly k: 'try';
  readonly body: BStatement;
  readonly catches: readonly {
    readonly type: Type;
    readonly local: Local;
    readonly body: BStatement;
    readonly at: Position;
  }[];
  readonly finally: BStatement | null;
  readonly at: Position;
}

export interface BDml {
  readonly k: 'dml';
  readonly operation: DmlOperation;
  readonly value: BExpr;
  readonly with: BExpr | null;
  readonly externalId: string | null;
  readonly access: 'user' | 'system';
  readonly at: Position;
}

// ---------------------------------------------------------------- classes

/** A body with its parameters, ready to be emitted. */
export interface BBody {
  readonly params: readonly Local[];
  readonly body: BStatement | null;
}

export interface BMethod extends BBody {
  readonly method: MethodSymbol;
  readonly at: Position;
}

export interface BAccessor extends BBody {
  readonly kind: 'get' | 'set';
  readonly symbol: FieldSymbol;
  readonly at: Position;
}

/** A field's initial value or an initialiser block; they run in source order. */
export type BInitializer =
  | { readonly k: 'field'; readonly symbol: FieldSymbol; readonly value: BExpr; readonly at: Position }
  | { readonly k: 'block'; readonly body: BStatement; readonly static: boolean; readonly at: Position };

export interface BClass {
  readonly def: TypeDef;
  readonly type: Type;
  readonly methods: readonly BMethod[];
  readonly constructors: readonly BMethod[];
  readonly accessors: readonly BAccessor[];
  readonly initializers: readonly BInitializer[];
  /** Inner classes, in source order. */
  readonly inner: readonly BClass[];
}

export interface BTrigger {
  readonly name: string;
  readonly object: ObjectDescriptor;
  readonly events: readonly string[];
  /** Holds methods and fields that the trigger's body declares, as statics. */
  readonly holder: BClass;
  readonly body: BStatement;
}
