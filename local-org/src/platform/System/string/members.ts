import { required } from '../../../values/exception.ts';
import { caseLocale, reverse, swapCase, trim, WHITESPACE_RUN } from './characters.ts';
import { escapeEntities, HTML3, HTML4, unescapeEntities, XML } from './entities.ts';
import {
  escapeCsv,
  escapeEcmaScript,
  escapeJava,
  escapeUnicode,
  unescapeCsv,
  unescapeJava,
  unescapeUnicode,
} from './escape.ts';
import { abbreviate, center, leftPad, repeat, rightPad } from './search.ts';

type Text = string | null;
type Int = number | null;

/** Members of String that change case or white space. */
export const caseMembers = {
  'String capitalize()': (s: string) => s.charAt(0).toUpperCase() + s.slice(1),
  'String uncapitalize()': (s: string) => s.charAt(0).toLowerCase() + s.slice(1),
  'String swapCase()': swapCase,
  'String toLowerCase()': (s: string) => s.toLowerCase(),
  'String toLowerCase(String)': (s: string, locale: Text) => s.toLocaleLowerCase(caseLocale(required(locale))),
  'String toUpperCase()': (s: string) => s.toUpperCase(),
  'String toUpperCase(String)': (s: string, locale: Text) => s.toLocaleUpperCase(caseLocale(required(locale))),
  'String trim()': trim,
  'String deleteWhitespace()': (s: string) => s.replace(WHITESPACE_RUN, ''),
  'String normalizeSpace()': (s: string) => trim(s.replace(WHITESPACE_RUN, ' ')),
  'String reverse()': reverse,
};

/** Members of String that fill up or cut. */
export const padMembers = {
  'String abbreviate(Integer)': (s: string, width: Int) => abbreviate(s, required(width), 0),
  'String abbreviate(Integer, Integer)': (s: string, width: Int, offset: Int) =>
    abbreviate(s, required(width), required(offset)),
  'String center(Integer)': (s: string, length: Int) => center(s, required(length), ' '),
  'String center(Integer, String)': (s: string, length: Int, pad: Text) => center(s, required(length), pad),
  'String leftPad(Integer)': (s: string, length: Int) => leftPad(s, required(length), ' '),
  'String leftPad(Integer, String)': (s: string, length: Int, pad: Text) => leftPad(s, required(length), pad),
  'String rightPad(Integer)': (s: string, length: Int) => rightPad(s, required(length), ' '),
  'String rightPad(Integer, String)': (s: string, length: Int, pad: Text) => rightPad(s, required(length), pad),
  'String repeat(Integer)': (s: string, times: Int) => repeat(s, '', required(times)),
  'String repeat(String, Integer)': (s: string, separator: Text, times: Int) =>
    repeat(s, separator ?? '', required(times)),
};

/** Members of String that escape and unescape. */
export const escapeMembers = {
  'String escapeCsv()': escapeCsv,
  'String escapeEcmaScript()': escapeEcmaScript,
  'String escapeHtml3()': (s: string) => escapeEntities(s, HTML3),
  'String escapeHtml4()': (s: string) => escapeEntities(s, HTML4),
  'String escapeJava()': escapeJava,
  'String escapeUnicode()': escapeUnicode,
  'String escapeXml()': (s: string) => escapeEntities(s, XML),
  'String unescapeCsv()': unescapeCsv,
  'String unescapeEcmaScript()': unescapeJava,
  'String unescapeHtml3()': (s: string) => unescapeEntities(s, HTML3),
  'String unescapeHtml4()': (s: string) => unescapeEntities(s, HTML4),
  'String unescapeJava()': unescapeJava,
  'String unescapeUnicode()': unescapeUnicode,
  'String unescapeXml()': (s: string) => unescapeEntities(s, XML),
  'String stripHtmlTags()': (s: string) => s.replace(/<[^>]*>/g, ''),
};
