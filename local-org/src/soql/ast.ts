/** What a query says, not yet checked against a schema. Offsets are from 0 in the query's text. */
export interface QueryNode {
  readonly items: readonly SelectItem[];
  readonly from: { readonly path: PathNode; readonly alias: string | null };
  readonly scope: string | null;
  readonly where: ConditionNode | null;
  readonly with: WithNode | null;
  readonly groupBy: readonly (PathNode | CallNode)[];
  readonly grouping: 'plain' | 'rollup' | 'cube';
  readonly having: ConditionNode | null;
  readonly orderBy: readonly OrderNode[];
  readonly limit: OperandNode | null;
  readonly offsetBy: OperandNode | null;
  readonly forClauses: readonly ('update' | 'view' | 'reference')[];
  readonly allRows: boolean;
  readonly offset: number;
}

export interface WithNode {
  readonly kind: 'user_mode' | 'system_mode' | 'security_enforced';
  readonly offset: number;
}

/** `Owner.Name` */
export interface PathNode {
  readonly kind: 'path';
  readonly names: readonly string[];
  readonly offset: number;
}

/** `COUNT(Id)`, `CALENDAR_YEAR(CreatedDate)`, `FIELDS(ALL)` */
export interface CallNode {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly (PathNode | CallNode | OperandNode)[];
  readonly offset: number;
}

export type SelectItem =
  | { readonly kind: 'field'; readonly value: PathNode | CallNode; readonly alias: string | null }
  | { readonly kind: 'query'; readonly query: QueryNode }
  | TypeofNode;

export interface TypeofNode {
  readonly kind: 'typeof';
  readonly relationship: PathNode;
  readonly cases: readonly { readonly object: PathNode; readonly fields: readonly PathNode[] }[];
  readonly otherwise: readonly PathNode[];
}

export interface OrderNode {
  readonly value: PathNode | CallNode;
  readonly descending: boolean;
  readonly nullsLast: boolean | null;
}

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';

export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly term: ConditionNode }
  | {
      readonly kind: 'compare';
      readonly left: PathNode | CallNode;
      readonly operator: CompareOperator;
      readonly right: OperandNode;
      readonly offset: number;
    }
  | {
      readonly kind: 'in' | 'includes';
      readonly left: PathNode | CallNode;
      readonly negated: boolean;
      readonly right: readonly OperandNode[] | BindNode | QueryNode;
      readonly offset: number;
    };

/** `:$0` of a static query, `:name` of a dynamic one. */
export interface BindNode {
  readonly kind: 'bind';
  readonly name: string;
  readonly offset: number;
}

export type OperandNode =
  | BindNode
  | { readonly kind: 'string'; readonly value: string; readonly offset: number }
  | { readonly kind: 'number'; readonly text: string; readonly offset: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly offset: number }
  | { readonly kind: 'null'; readonly offset: number }
  | { readonly kind: 'date'; readonly text: string; readonly offset: number }
  | { readonly kind: 'datetime'; readonly text: string; readonly offset: number }
  | { readonly kind: 'dateLiteral'; readonly name: string; readonly n: number | null; readonly offset: number };

export function isQuery(value: readonly OperandNode[] | BindNode | QueryNode): value is QueryNode {
  return 'items' in value;
}
