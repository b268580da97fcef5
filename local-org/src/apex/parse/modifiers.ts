import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { AnnotationContext, ElementValueContext, ModifierContext } from '@apexdevtools/apex-parser';
import type { Annotation, Modifiers } from '../ast.ts';
import { stringValue } from './literals.ts';
import { ApexSyntaxError } from './syntax-error.ts';
import { identifier, optional, startOf } from './types.ts';

/** Keywords and annotations before a declaration, in their order. */
export function modifiers(list: ModifierContext[]): Modifiers {
  const found: Modifiers = { keywords: [], annotations: [] };
  for (const modifier of list) {
    const annotated = optional(modifier.annotation());
    if (annotated !== null) found.annotations.push(annotation(annotated));
    else found.keywords.push(keyword(modifier));
  }
  return found;
}

/** What a local variable may be besides `final`; neither changes anything (Salesforce's compiler of 2021 takes both). */
const OF_LOCALS = ['final', 'transient', '@testvisible'];

/** Whether a local variable is `final`. */
export function localModifiers(list: ModifierContext[], what: string): boolean {
  return isFinal(list, what, OF_LOCALS);
}

/** Whether `final` is there. Any other modifier is a fault. */
export function onlyFinal(list: ModifierContext[], what: string): boolean {
  return isFinal(list, what, ['final']);
}

/** The variable of a `for` has none, as in Salesforce's compiler of 2021, though the grammar would take them. */
export function noModifiers(list: ModifierContext[], what: string): void {
  isFinal(list, what, []);
}

/** @SuppressWarnings, which only checkers of style read, may be wherever others may. */
function isFinal(list: ModifierContext[], what: string, allowed: readonly string[]): boolean {
  for (const modifier of list) {
    const annotated = optional(modifier.annotation());
    const name = annotated === null ? keyword(modifier) : `@${annotated.id().start.text}`;
    const written = name.toLowerCase();
    if (allowed.includes(written) || (allowed.length > 0 && written === '@suppresswarnings')) continue;
    const { start } = modifier;
    throw new ApexSyntaxError(`'${name}' is not allowed on ${what}: remove it`, start.line, start.column);
  }
  return list.some((modifier) => modifier.start.type === ApexParser.FINAL);
}

function keyword(modifier: ModifierContext): string {
  return modifier.children!.map((part) => part.getText().toLowerCase()).join(' ');
}

function annotation(ctx: AnnotationContext): Annotation {
  const single = optional(ctx.elementValue());
  const pairs = optional(ctx.elementValuePairs())?.elementValuePair_list() ?? [];
  const values = pairs.map((pair) => ({ name: pair.id().start.text, value: valueText(pair.elementValue()) }));
  if (single !== null) values.push({ name: 'value', value: valueText(single) });
  return { name: identifier(ctx.id()).name, values, at: startOf(ctx) };
}

function valueText(ctx: ElementValueContext): string {
  const { start } = ctx;
  const quoted = start.type === ApexParser.StringLiteral || start.type === ApexParser.MultilineStringLiteral;
  return quoted ? stringValue(start) : start.text;
}
