import { raise } from './exception.ts';

/** The longest text that Apex builds, in characters. */
export const LONGEST_TEXT = 6_000_000;

/**
 * The text, if Apex can hold it. What a text is put together from may be longer by far than what V8 could hold: it ends here first.
 * Source of the message: devcodex.blog, "String length exceeds maximum: 6000000"; unverified: the type.
 *
 * @throws System.LimitException
 */
export function notTooLong(text: string): string {
  if (text.length > LONGEST_TEXT) raise('System.LimitException', `String length exceeds maximum: ${LONGEST_TEXT}`);
  return text;
}
