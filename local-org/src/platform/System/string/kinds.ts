import { HAS_WHITESPACE, WHITESPACE_ONLY } from './characters.ts';

/** Members of String that tell what its characters are. Empty text answers as Apache's StringUtils. */
export const kindMembers = {
  'Boolean containsWhitespace()': (s: string) => HAS_WHITESPACE.test(s),
  'Boolean isAllLowerCase()': (s: string) => /^\p{Lowercase}+$/u.test(s),
  'Boolean isAllUpperCase()': (s: string) => /^\p{Uppercase}+$/u.test(s),
  'Boolean isAlpha()': (s: string) => /^\p{L}+$/u.test(s),
  'Boolean isAlphaSpace()': (s: string) => /^[\p{L} ]*$/u.test(s),
  'Boolean isAlphanumeric()': (s: string) => /^[\p{L}\p{Nd}]+$/u.test(s),
  'Boolean isAlphanumericSpace()': (s: string) => /^[\p{L}\p{Nd} ]*$/u.test(s),
  'Boolean isAsciiPrintable()': (s: string) => /^[\x20-\x7e]*$/.test(s),
  'Boolean isNumeric()': (s: string) => /^\p{Nd}+$/u.test(s),
  'Boolean isNumericSpace()': (s: string) => /^[\p{Nd} ]*$/u.test(s),
  'Boolean isWhitespace()': (s: string) => WHITESPACE_ONLY.test(s),
};
