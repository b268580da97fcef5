import { current } from '../../engine/current.ts';
import { FormulaError } from '../../schema/formula/ast.ts';
import type { FormulaNode } from '../../schema/formula/ast.ts';
import { formulaProblem } from '../../schema/formula/check.ts';
import { evaluate, textOf } from '../../schema/formula/evaluate.ts';
import type { FormulaValue } from '../../schema/formula/evaluate.ts';
import { parsed } from '../../schema/formula/parsed.ts';
import type { Type } from '../../types/type.ts';
import { ApexType } from '../../values/apexType.ts';
import { ApexDate } from '../../values/date.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import { ApexDecimal, decToBigInt, decToDouble } from '../../values/decimal.ts';
import { ApexDouble } from '../../values/double.ts';
import type { ApexEnum } from '../../values/enum.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { toId } from '../../values/id.ts';
import type { ApexList } from '../../values/list.ts';
import type { ObjectToken } from '../../values/schemaTokens.ts';
import { setOf } from '../../values/set.ts';
import { ApexTime } from '../../values/time.ts';
import { isInstance } from '../../values/typeOf.ts';
import { platformClass } from '../define.ts';
import { memoryScope, nameProblem, namesIn } from './recordScope.ts';

/** A formula under construction. */
class FormulaBuilder {
  static readonly apexName = 'FormulaEval.FormulaBuilder';
  type: Type | null = null;
  returns = 'STRING';
  text: string | null = null;
  nullIsZero = true;
  template = false;
  globals: readonly string[] = [];
}

/** A formula that can be evaluated. */
class FormulaInstance {
  static readonly apexName = 'FormulaEval.FormulaInstance';
  readonly type: Type;
  readonly returns: string;
  readonly nullIsZero: boolean;
  /** Text that stands as it is, and formulas. */
  readonly parts: readonly (string | FormulaNode)[];

  constructor(builder: FormulaBuilder, type: Type, parts: readonly (string | FormulaNode)[]) {
    this.type = type;
    this.returns = builder.returns;
    this.nullIsZero = builder.nullIsZero;
    this.parts = parts;
  }
}

function invalid(message: string): never {
  return raise('System.FormulaValidationException', message);
}

/** @throws System.FormulaValidationException */
function build(builder: FormulaBuilder): FormulaInstance {
  const { type, text } = builder;
  if (text === null) return invalid('Formula is required');
  if (type === null) return invalid('Context type is required');
  const isObject = type.def.sobject !== null;
  // Apex Reference, FormulaBuilder.withType: a user-defined class and what the formula reads of it are global.
  if (!isObject && (type.def.origin !== 'user' || type.def.visibility !== 'global')) {
    return invalid(`The context type ${type.name} is not a global class`);
  }
  const parts = builder.template ? templateParts(text) : [node(text)];
  for (const part of parts) {
    if (typeof part === 'string') continue;
    checkGlobals(part, builder.globals);
    for (const name of namesIn(part)) {
      const problem = nameProblem(name.split('.'), type);
      if (problem !== null) invalid(problem);
    }
  }
  return new FormulaInstance(builder, type, parts);
}

function node(text: string): FormulaNode {
  const problem = formulaProblem(text);
  if (problem?.kind === 'notBuilt') unsupported(problem.message);
  return problem ? invalid(problem.message) : parsed(text);
}

/** `Hello {!Name}`: Apex Reference, FormulaBuilder.parseAsTemplate. */
function templateParts(text: string): (string | FormulaNode)[] {
  return text.split(/(\{![^}]*\})/).flatMap((part): (string | FormulaNode)[] => {
    if (part === '') return [];
    return part.startsWith('{!') && part.endsWith('}') ? [node(part.slice(2, -1))] : [part];
  });
}

function checkGlobals(of: FormulaNode, allowed: readonly string[]): void {
  if (of.kind === 'name') {
    const [root = ''] = of.path;
    if (root.startsWith('$') && !allowed.includes(root.slice(1).toUpperCase())) {
      invalid(`Field ${of.path.join('.')} does not exist. Check spelling.`);
    }
  } else if (of.kind === 'unary') checkGlobals(of.operand, allowed);
  else if (of.kind === 'binary') for (const side of [of.left, of.right]) checkGlobals(side, allowed);
  else if (of.kind === 'call') for (const arg of of.args) checkGlobals(arg, allowed);
}

function run(formula: FormulaInstance, context: object | null): unknown {
  if (!isInstance(required(context), formula.type)) {
    raise('System.FormulaEvaluationException', `The context is no ${formula.type.name}`);
  }
  const scope = memoryScope(context as object, formula.nullIsZero);
  try {
    const [only] = formula.parts;
    if (formula.parts.length === 1 && only !== undefined && typeof only !== 'string') {
      return resultOf(evaluate(only, scope), formula.returns);
    }
    const texts = formula.parts.map((part) => (typeof part === 'string' ? part : textOf(evaluate(part, scope))));
    return resultOf(texts.join(''), formula.returns);
  } catch (error) {
    if (error instanceof FormulaError) return unsupported('this formula', error.message);
    throw error;
  }
}

function resultOf(value: FormulaValue, returns: string): unknown {
  if (value === null) return returns === 'BOOLEAN' ? false : null;
  const wrong = (): never =>
    raise('System.FormulaEvaluationException', `The formula's result is incompatible with the return type ${returns}`);
  switch (returns) {
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : wrong();
    case 'STRING':
      return typeof value === 'string' ? value : wrong();
    case 'ID':
      return typeof value === 'string' ? toId(value) : wrong();
    case 'DECIMAL':
      return value instanceof ApexDecimal ? value : wrong();
    case 'DOUBLE':
      return value instanceof ApexDecimal ? new ApexDouble(decToDouble(value)) : wrong();
    case 'INTEGER':
      return value instanceof ApexDecimal ? Number(BigInt.asIntN(32, decToBigInt(value))) : wrong();
    case 'LONG':
      return value instanceof ApexDecimal ? BigInt.asIntN(64, decToBigInt(value)) : wrong();
    case 'DATE':
      return value instanceof ApexDate ? value : wrong();
    case 'DATETIME':
      return value instanceof ApexDatetime ? value : wrong();
    default:
      return value instanceof ApexTime ? value : wrong();
  }
}

const newBuilder = (): FormulaBuilder => new FormulaBuilder();

export const FormulaBuilderClass = platformClass('FormulaEval.FormulaBuilder', {
  'static FormulaEval.FormulaBuilder builder()': newBuilder,
  'FormulaEval.FormulaInstance build()': build,
  'FormulaEval.FormulaBuilder parseAsTemplate(Boolean)': (of: FormulaBuilder, is: boolean | null) =>
    Object.assign(of, { template: required(is) }),
  'FormulaEval.FormulaBuilder treatNumericNullAsZero(Boolean)': (of: FormulaBuilder, is: boolean | null) =>
    Object.assign(of, { nullIsZero: required(is) }),
  'FormulaEval.FormulaBuilder withFormula(String)': (of: FormulaBuilder, text: string | null) =>
    Object.assign(of, { text }),
  'FormulaEval.FormulaBuilder withGlobalVariables(List<FormulaEval.FormulaGlobal>)': (
    of: FormulaBuilder,
    globals: ApexList | null,
  ) => Object.assign(of, { globals: (required(globals).items as ApexEnum[]).map(({ name }) => name) }),
  'FormulaEval.FormulaBuilder withReturnType(FormulaEval.FormulaReturnType)': (
    of: FormulaBuilder,
    returns: ApexEnum | null,
  ) => Object.assign(of, { returns: required(returns).name }),
  'FormulaEval.FormulaBuilder withType(Type)': (of: FormulaBuilder, type: ApexType | null) =>
    Object.assign(of, { type: required(type).type }),
  'FormulaEval.FormulaBuilder withType(Schema.SObjectType)': (of: FormulaBuilder, token: ObjectToken | null) =>
    Object.assign(of, { type: current.universe.sobjectOf(required(token).object) }),
});

export const FormulaInstanceClass = platformClass('FormulaEval.FormulaInstance', {
  'Object evaluate(Object)': run,
  'Set<String> getReferencedFields()': ({ parts }: FormulaInstance) =>
    setOf(
      current.universe.String,
      parts.flatMap((part) => (typeof part === 'string' ? [] : namesIn(part))),
    ),
});

export { newBuilder };
