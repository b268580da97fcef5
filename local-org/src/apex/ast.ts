/**
 * The compact syntax tree of Apex. It is what is cached on disk, so every node is plain JSON: no methods, no links
 * upwards, no undefined. Names keep the spelling of the source; whoever compares them lower-cases them.
 */

/** A position in a source file, packed as `line * 4096 + column` (line from 1, column from 0, capped at 4095). */
export type Position = number;

/** Packs a position; columns beyond 4095 are capped. */
export function position(line: number, column: number): Position {
  return line * 4096 + Math.min(column, 4095);
}

/** The line (from 1) of a packed position. */
export function lineOf(at: Position): number {
  return Math.floor(at / 4096);
}

/** The column (from 1, as editors count) of a packed position. */
export function columnOf(at: Position): number {
  return (at % 4096) + 1;
}

/** A name with its place. */
export interface Identifier {
  name: string;
  at: Position;
}

/** A type as written: `System.List<Account>[]` is names [System, List<Account>], dims 1. */
export interface TypeRef {
  names: { name: string; args: TypeRef[] }[];
  dims: number;
  at: Position;
}

/** `@IsTest(SeeAllData=true)`; values are source text without quotes; `@SuppressWarnings('PMD')` has the key `value`. */
export interface Annotation {
  name: string;
  values: { name: string; value: string }[];
  at: Position;
}

/** Keywords are lower-case and single-spaced: `public`, `static`, `with sharing`, `override`, `testmethod`. */
export interface Modifiers {
  keywords: string[];
  annotations: Annotation[];
}

// ---------------------------------------------------------------- declarations

export interface CompilationUnit {
  kind: 'class-file' | 'trigger-file' | 'anonymous';
  type: TypeDecl | null;
  trigger: TriggerDecl | null;
  anonymous: AnonymousBlock | null;
}

export type TypeDecl = ClassDecl | InterfaceDecl | EnumDecl;

export interface ClassDecl {
  kind: 'class';
  name: Identifier;
  modifiers: Modifiers;
  extends: TypeRef | null;
  implements: TypeRef[];
  members: Member[];
  at: Position;
  end: Position;
}

export interface InterfaceDecl {
  kind: 'interface';
  name: Identifier;
  modifiers: Modifiers;
  extends: TypeRef[];
  methods: MethodDecl[];
  at: Position;
  end: Position;
}

export interface EnumDecl {
  kind: 'enum';
  name: Identifier;
  modifiers: Modifiers;
  values: Identifier[];
  at: Position;
  end: Position;
}

export type Member = MethodDecl | ConstructorDecl | FieldDecl | PropertyDecl | InitializerDecl | TypeDecl;

export interface Parameter {
  name: Identifier;
  type: TypeRef;
  final: boolean;
}

export interface MethodDecl {
  kind: 'method';
  name: Identifier;
  modifiers: Modifiers;
  /** null is void */
  returns: TypeRef | null;
  params: Parameter[];
  /** null where abstract or of an interface */
  body: Block | null;
  at: Position;
}

export interface ConstructorDecl {
  kind: 'constructor';
  name: Identifier;
  modifiers: Modifiers;
  params: Parameter[];
  body: Block;
  at: Position;
}

export interface FieldDecl {
  kind: 'field';
  modifiers: Modifiers;
  type: TypeRef;
  variables: Variable[];
  at: Position;
}

/** One of the names in `Integer a = 1, b;` */
export interface Variable {
  name: Identifier;
  init: Expr | null;
}

export interface PropertyDecl {
  kind: 'property';
  name: Identifier;
  modifiers: Modifiers;
  type: TypeRef;
  getter: Accessor | null;
  setter: Accessor | null;
  at: Position;
}

/** `private set;` has a null body: an automatic accessor. */
export interface Accessor {
  modifiers: Modifiers;
  body: Block | null;
  at: Position;
}

/** `static { … }` or `{ … }` in a class body. */
export interface InitializerDecl {
  kind: 'initializer';
  static: boolean;
  body: Block;
  at: Position;
}

export type TriggerEvent =
  | 'before insert'
  | 'before update'
  | 'before delete'
  | 'after insert'
  | 'after update'
  | 'after delete'
  | 'after undelete';

export interface TriggerDecl {
  kind: 'trigger';
  name: Identifier;
  object: Identifier;
  events: TriggerEvent[];
  /** Methods, fields and inner types declared in the trigger body, which Apex allows. */
  members: Member[];
  body: Block;
  at: Position;
  end: Position;
}

export interface AnonymousBlock {
  kind: 'anonymous';
  members: Member[];
  body: Block;
}

// ---------------------------------------------------------------- statements

export type Statement =
  | Block
  | LocalVariables
  | ExpressionStatement
  | If
  | Switch
  | For
  | ForEach
  | While
  | DoWhile
  | Try
  | Return
  | Throw
  | Break
  | Continue
  | Dml
  | RunAs;

export interface Block {
  kind: 'block';
  statements: Statement[];
  at: Position;
  end: Position;
}

export interface LocalVariables {
  kind: 'local';
  type: TypeRef;
  final: boolean;
  variables: Variable[];
  at: Position;
}

export interface ExpressionStatement {
  kind: 'expression';
  expr: Expr;
  at: Position;
}

export interface If {
  kind: 'if';
  condition: Expr;
  then: Statement;
  else: Statement | null;
  at: Position;
}

export interface Switch {
  kind: 'switch';
  value: Expr;
  cases: SwitchCase[];
  at: Position;
}

export type SwitchCase =
  /** `when 1, -2, 'a', null, RED`; an enum value or constant is a `name` expression. */
  | { kind: 'values'; values: Expr[]; body: Block; at: Position }
  /** `when Account a` */
  | { kind: 'type'; type: TypeRef; name: Identifier; body: Block; at: Position }
  | { kind: 'else'; body: Block; at: Position };

export interface For {
  kind: 'for';
  init: LocalVariables | ExpressionStatement[] | null;
  condition: Expr | null;
  update: Expr[];
  body: Statement | null;
  at: Position;
}

export interface ForEach {
  kind: 'foreach';
  type: TypeRef;
  name: Identifier;
  iterable: Expr;
  body: Statement | null;
  at: Position;
}

export interface While {
  kind: 'while';
  condition: Expr;
  body: Statement | null;
  at: Position;
}

export interface DoWhile {
  kind: 'dowhile';
  body: Statement;
  condition: Expr;
  at: Position;
}

export interface Try {
  kind: 'try';
  body: Block;
  catches: { type: TypeRef; name: Identifier; body: Block; at: Position }[];
  finally: Block | null;
  at: Position;
}

export interface Return {
  kind: 'return';
  value: Expr | null;
  at: Position;
}

export interface Throw {
  kind: 'throw';
  value: Expr;
  at: Position;
}

export interface Break {
  kind: 'break';
  at: Position;
}

export interface Continue {
  kind: 'continue';
  at: Position;
}

export type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge';

export interface Dml {
  kind: 'dml';
  operation: DmlOperation;
  value: Expr;
  /** The second operand of merge. */
  with: Expr | null;
  /** The external id field of upsert, as written (`Account.Key__c` or `Key__c`). */
  externalId: Identifier | null;
  access: 'user' | 'system' | null;
  at: Position;
}

/** `System.runAs(user) { … }` */
export interface RunAs {
  kind: 'runas';
  args: Expr[];
  body: Block;
  at: Position;
}

// ---------------------------------------------------------------- expressions

export type Expr =
  | Literal
  | Name
  | This
  | Super
  | FieldAccess
  | Call
  | MethodCall
  | Index
  | New
  | NewCollection
  | Cast
  | InstanceOf
  | Unary
  | Postfix
  | Binary
  | Assign
  | Ternary
  | ClassLiteral
  | SoqlExpr
  | SoslExpr;

export type Literal =
  /** Digits only; its range is checked later. */
  | { kind: 'literal'; type: 'Integer' | 'Long'; text: string; at: Position }
  /** `1.5` is a Decimal, `1.5d` a Double (the suffix removed from text). */
  | { kind: 'literal'; type: 'Decimal' | 'Double'; text: string; at: Position }
  /** The value with escapes resolved. */
  | { kind: 'literal'; type: 'String'; text: string; at: Position }
  | { kind: 'literal'; type: 'Boolean'; text: 'true' | 'false'; at: Position }
  | { kind: 'literal'; type: 'null'; text: 'null'; at: Position };

/** An identifier standing alone: a variable, field, property, or (as the left of a field access) a type or namespace. */
export interface Name {
  kind: 'name';
  name: string;
  at: Position;
}

export interface This {
  kind: 'this';
  at: Position;
}

export interface Super {
  kind: 'super';
  at: Position;
}

/** `target.name`, `target?.name`; the target may turn out to be a namespace or a type. */
export interface FieldAccess {
  kind: 'field-access';
  target: Expr;
  name: Identifier;
  safe: boolean;
  at: Position;
}

/** `name(…)`, `this(…)`, `super(…)`: the name is `this` or `super` for the constructor calls. */
export interface Call {
  kind: 'call';
  name: Identifier;
  args: Expr[];
  at: Position;
}

/** `target.name(…)`, `target?.name(…)` */
export interface MethodCall {
  kind: 'method-call';
  target: Expr;
  name: Identifier;
  args: Expr[];
  safe: boolean;
  at: Position;
}

export interface Index {
  kind: 'index';
  target: Expr;
  index: Expr;
  at: Position;
}

/** `new Foo(a, b)` or `new Account(Name = 'x')` (then `named` holds the pairs and args is empty). */
export interface New {
  kind: 'new';
  type: TypeRef;
  args: Expr[];
  named: { name: Identifier; value: Expr }[] | null;
  at: Position;
}

/** `new List<T>{a}`, `new Set<T>{a}`, `new Map<K,V>{k => v}`, `new T[]{a}`, `new T[n]`. */
export interface NewCollection {
  kind: 'new-collection';
  /** The collection's own type; `T[]` becomes dims + 1. */
  type: TypeRef;
  /** Elements; for a map, pairs. Exactly one of the three is not null. */
  elements: Expr[] | null;
  pairs: { key: Expr; value: Expr }[] | null;
  size: Expr | null;
  at: Position;
}

export interface Cast {
  kind: 'cast';
  type: TypeRef;
  value: Expr;
  at: Position;
}

export interface InstanceOf {
  kind: 'instanceof';
  value: Expr;
  type: TypeRef;
  at: Position;
}

export interface Unary {
  kind: 'unary';
  op: '-' | '+' | '!' | '~' | '++' | '--';
  value: Expr;
  at: Position;
}

export interface Postfix {
  kind: 'postfix';
  op: '++' | '--';
  value: Expr;
  at: Position;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '<<'
  | '>>'
  | '>>>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '==='
  | '!=='
  | '&'
  | '^'
  | '|'
  | '&&'
  | '||'
  | '??';

/** `<>` is given as `!=`. */
export interface Binary {
  kind: 'binary';
  op: BinaryOperator;
  left: Expr;
  right: Expr;
  at: Position;
}

export type AssignOperator = '=' | '+=' | '-=' | '*=' | '/=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '>>>=';

export interface Assign {
  kind: 'assign';
  op: AssignOperator;
  target: Expr;
  value: Expr;
  at: Position;
}

export interface Ternary {
  kind: 'ternary';
  condition: Expr;
  then: Expr;
  else: Expr;
  at: Position;
}

/** `Foo.class` */
export interface ClassLiteral {
  kind: 'class-literal';
  type: TypeRef;
  at: Position;
}

/**
 * `[SELECT …]`. The text is that of the source without the brackets and comments, in which the n-th bound expression
 * (in order of appearance) is replaced by `:$n`. White space is kept on one line each where the source has it, so that
 * a position within the text can be mapped back.
 */
export interface SoqlExpr {
  kind: 'soql';
  text: string;
  binds: Expr[];
  at: Position;
}

/** `[FIND …]`, with the same treatment of bound expressions. */
export interface SoslExpr {
  kind: 'sosl';
  text: string;
  binds: Expr[];
  at: Position;
}
