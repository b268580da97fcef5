import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type {
  AnonymousBlockMemberContext,
  AnonymousMemberDeclarationContext,
  AnonymousUnitContext,
  ApexParserRuleContext,
  ClassBodyDeclarationContext,
  ClassDeclarationContext,
  EnumDeclarationContext,
  FormalParametersContext,
  InterfaceDeclarationContext,
  MemberDeclarationContext,
  MethodDeclarationContext,
  ModifierContext,
  PropertyDeclarationContext,
  TriggerBlockMemberContext,
  TriggerMemberDeclarationContext,
  TriggerUnitContext,
  TypeDeclarationContext,
} from '@apexdevtools/apex-parser';
import type {
  Accessor,
  AnonymousBlock,
  ClassDecl,
  ConstructorDecl,
  EnumDecl,
  FieldDecl,
  InterfaceDecl,
  Member,
  MethodDecl,
  Parameter,
  PropertyDecl,
  Statement,
  TriggerDecl,
  TriggerEvent,
  TypeDecl,
} from '../ast.ts';
import { modifiers, onlyFinal } from './modifiers.ts';
import { block, statement, variables } from './statements.ts';
import { ApexSyntaxError } from './syntax-error.ts';
import { identifier, lastTokenOf, optional, qualifiedName, startOf, typeList, typeRef } from './types.ts';

/** The class, interface or enum of a class file. */
export function typeDeclaration(ctx: TypeDeclarationContext): TypeDecl {
  const list = ctx.modifier_list();
  const aClass = optional(ctx.classDeclaration());
  if (aClass !== null) return classDeclaration(aClass, list);
  const anEnum = optional(ctx.enumDeclaration());
  return anEnum === null ? interfaceDeclaration(ctx.interfaceDeclaration(), list) : enumDeclaration(anEnum, list);
}

/** The trigger of a trigger file. */
export function triggerDeclaration(ctx: TriggerUnitContext): TriggerDecl {
  const body = ctx.triggerBlock();
  const { members, statements } = looseMembers(body.triggerBlockMember_list());
  return {
    kind: 'trigger',
    name: identifier(ctx.id(0)),
    object: identifier(ctx.id(1)),
    events: ctx
      .triggerCase_list()
      .map((event) => event.children!.map((word) => word.getText().toLowerCase()).join(' ') as TriggerEvent),
    members,
    body: { kind: 'block', statements, at: startOf(body), end: lastTokenOf(body) },
    at: startOf(ctx),
    end: lastTokenOf(body),
  };
}

/** A script. */
export function anonymousBlock(ctx: AnonymousUnitContext): AnonymousBlock {
  const body = ctx.anonymousBlock();
  const { members, statements } = looseMembers(body.anonymousBlockMember_list());
  const end = ctx.stop === undefined ? startOf(ctx) : lastTokenOf(ctx);
  return { kind: 'anonymous', members, body: { kind: 'block', statements, at: startOf(ctx), end } };
}

/**
 * Statements and declarations side by side, as in triggers and scripts. `Integer x = 1;` there is run in its place like
 * any local variable; the grammar calls it a field.
 */
function looseMembers(list: (TriggerBlockMemberContext | AnonymousBlockMemberContext)[]): {
  members: Member[];
  statements: Statement[];
} {
  const members: Member[] = [];
  const statements: Statement[] = [];
  for (const part of list) {
    const inner = optional(part.statement());
    if (inner !== null) {
      statements.push(statement(inner));
      continue;
    }
    const list = part.modifier_list();
    const declared =
      'triggerMemberDeclaration' in part ? part.triggerMemberDeclaration() : part.anonymousMemberDeclaration();
    const field = optional(declared.fieldDeclaration());
    if (field !== null && list.every((modifier) => modifier.start.type === ApexParser.FINAL)) {
      statements.push({
        kind: 'local',
        type: typeRef(field.typeRef()),
        final: list.length > 0,
        variables: variables(field.variableDeclarators()),
        at: startOf(part),
      });
    } else {
      members.push(member(declared, list));
    }
  }
  return { members, statements };
}

function classDeclaration(ctx: ClassDeclarationContext, list: ModifierContext[]): ClassDecl {
  const parent = optional(ctx.typeRef());
  const name = identifier(ctx.id());
  return {
    kind: 'class',
    name,
    modifiers: modifiers(list),
    extends: parent === null ? null : typeRef(parent),
    implements: typeList(optional(ctx.typeList())),
    members: ctx
      .classBody()
      .classBodyDeclaration_list()
      .flatMap((part) => classMember(part, name.name)),
    at: startOfDeclaration(ctx, list),
    end: lastTokenOf(ctx),
  };
}

function interfaceDeclaration(ctx: InterfaceDeclarationContext, list: ModifierContext[]): InterfaceDecl {
  return {
    kind: 'interface',
    name: identifier(ctx.id()),
    modifiers: modifiers(list),
    extends: typeList(optional(ctx.typeList())),
    methods: ctx
      .interfaceBody()
      .interfaceMethodDeclaration_list()
      .map((part) => {
        const returned = optional(part.typeRef());
        return {
          kind: 'method',
          name: identifier(part.id()),
          modifiers: modifiers(part.modifier_list()),
          returns: returned === null ? null : typeRef(returned),
          params: parameters(part.formalParameters()),
          body: null,
          at: startOf(part),
        };
      }),
    at: startOfDeclaration(ctx, list),
    end: lastTokenOf(ctx),
  };
}

function enumDeclaration(ctx: EnumDeclarationContext, list: ModifierContext[]): EnumDecl {
  return {
    kind: 'enum',
    name: identifier(ctx.id()),
    modifiers: modifiers(list),
    values: optional(ctx.enumConstants())?.id_list().map(identifier) ?? [],
    at: startOfDeclaration(ctx, list),
    end: lastTokenOf(ctx),
  };
}

function classMember(ctx: ClassBodyDeclarationContext, className: string): Member[] {
  const declared = optional(ctx.memberDeclaration());
  if (declared !== null) {
    const built = member(declared, ctx.modifier_list());
    if (built.kind === 'constructor') checkConstructorName(declared, built, className);
    return [built];
  }
  const body = optional(ctx.block());
  if (body === null) return [];
  return [{ kind: 'initializer', static: optional(ctx.STATIC()) !== null, body: block(body), at: startOf(ctx) }];
}

function checkConstructorName(ctx: MemberDeclarationContext, built: ConstructorDecl, className: string): void {
  const names = qualifiedName(ctx.constructorDeclaration().qualifiedName());
  if (names.length === 1 && built.name.name.toLowerCase() === className.toLowerCase()) return;
  const { start } = ctx;
  const name = names.map((part) => part.name).join('.');
  throw new ApexSyntaxError(
    `Invalid constructor name '${name}': a method needs a return type before its name, and a constructor is named ` +
      `'${className}' like its class`,
    start.line,
    start.column,
  );
}

function member(
  ctx: MemberDeclarationContext | TriggerMemberDeclarationContext | AnonymousMemberDeclarationContext,
  list: ModifierContext[],
): Member {
  const inner = ctx.children![0] as ApexParserRuleContext & { ruleIndex: number };
  switch (inner.ruleIndex) {
    case ApexParser.RULE_methodDeclaration:
      return methodDeclaration(ctx.methodDeclaration(), list);
    case ApexParser.RULE_constructorDeclaration:
      return constructorDeclaration(ctx as MemberDeclarationContext, list);
    case ApexParser.RULE_interfaceDeclaration:
      return interfaceDeclaration(ctx.interfaceDeclaration(), list);
    case ApexParser.RULE_classDeclaration:
      return classDeclaration(ctx.classDeclaration(), list);
    case ApexParser.RULE_enumDeclaration:
      return enumDeclaration(ctx.enumDeclaration(), list);
    case ApexParser.RULE_propertyDeclaration:
      return propertyDeclaration(ctx.propertyDeclaration(), list);
    default:
      return fieldDeclaration(ctx, list);
  }
}

function fieldDeclaration(
  ctx: MemberDeclarationContext | TriggerMemberDeclarationContext | AnonymousMemberDeclarationContext,
  list: ModifierContext[],
): FieldDecl {
  const field = ctx.fieldDeclaration();
  return {
    kind: 'field',
    modifiers: modifiers(list),
    type: typeRef(field.typeRef()),
    variables: variables(field.variableDeclarators()),
    at: startOfDeclaration(ctx, list),
  };
}

function methodDeclaration(ctx: MethodDeclarationContext, list: ModifierContext[]): MethodDecl {
  const returned = optional(ctx.typeRef());
  const body = optional(ctx.block());
  return {
    kind: 'method',
    name: identifier(ctx.id()),
    modifiers: modifiers(list),
    returns: returned === null ? null : typeRef(returned),
    params: parameters(ctx.formalParameters()),
    body: body === null ? null : block(body),
    at: startOfDeclaration(ctx, list),
  };
}

function constructorDeclaration(ctx: MemberDeclarationContext, list: ModifierContext[]): ConstructorDecl {
  const declared = ctx.constructorDeclaration();
  return {
    kind: 'constructor',
    name: qualifiedName(declared.qualifiedName()).at(-1)!,
    modifiers: modifiers(list),
    params: parameters(declared.formalParameters()),
    body: block(declared.block()),
    at: startOfDeclaration(ctx, list),
  };
}

function propertyDeclaration(ctx: PropertyDeclarationContext, list: ModifierContext[]): PropertyDecl {
  const property: PropertyDecl = {
    kind: 'property',
    name: identifier(ctx.id()),
    modifiers: modifiers(list),
    type: typeRef(ctx.typeRef()),
    getter: null,
    setter: null,
    at: startOfDeclaration(ctx, list),
  };
  for (const part of ctx.propertyBlock_list()) {
    const side = optional(part.getter()) === null ? 'setter' : 'getter';
    const body = optional((part.getter() ?? part.setter()).block());
    const accessor: Accessor = {
      modifiers: modifiers(part.modifier_list()),
      body: body === null ? null : block(body),
      at: startOf(part),
    };
    if (property[side] !== null) {
      const message = `The property '${property.name.name}' has a second ${side}: remove one`;
      throw new ApexSyntaxError(message, part.start.line, part.start.column);
    }
    property[side] = accessor;
  }
  return property;
}

function parameters(ctx: FormalParametersContext): Parameter[] {
  const list = optional(ctx.formalParameterList())?.formalParameter_list() ?? [];
  return list.map((parameter) => ({
    name: identifier(parameter.id()),
    type: typeRef(parameter.typeRef()),
    final: onlyFinal(parameter.modifier_list(), 'a parameter'),
  }));
}

/** The first modifier, or what is declared when it has none. */
function startOfDeclaration(ctx: ApexParserRuleContext, list: ModifierContext[]): number {
  return startOf(list[0] ?? ctx);
}
