import { notTooLong } from '../../values/longText.ts';
import { toText } from '../../values/text.ts';
import { compareCodeUnits } from '../../values/compare.ts';
import type { ApexDate } from '../../values/date.ts';
import { plainText, userZone } from '../../values/datetime.ts';
import type { ApexDatetime } from '../../values/datetime.ts';
import { decText } from '../../values/decimal.ts';
import type { ApexDecimal } from '../../values/decimal.ts';
import { doubleText } from '../../values/double.ts';
import { hashOfText } from '../../values/equality.ts';
import { required } from '../../values/exception.ts';
import { listOf, stringList } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import { current } from '../../engine/current.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';
import { elementsOf } from './iteration.ts';
import { caseMembers, escapeMembers, padMembers } from './string/members.ts';
import { messageFormat } from './string/escape.ts';
import {
  commonPrefix,
  countMatches,
  indexOfAny,
  indexOfDifference,
  lastIndexOf,
  levenshtein,
  overlay,
  substring,
} from './string/search.ts';
import { splitByCategory, WHITESPACE_ONLY } from './string/characters.ts';
import { codePointMembers } from './string/codePoints.ts';
import { kindMembers } from './string/kinds.ts';
import { checkSize, compile, LONGER, replace, SHORTER, split } from './regex/regex.ts';

type Text = string | null;
type Int = number | null;

const lower = (text: string): string => text.toLowerCase();

function substringBetween(s: string, open: string, close: string): Text {
  const start = s.indexOf(open);
  const end = start < 0 ? -1 : s.indexOf(close, start + open.length);
  return end < 0 ? null : s.slice(start + open.length, end);
}

/** The receiver is never null here; the emitter has checked it. */
export const StringClass = platformClass(
  'System.String',
  {
    ...caseMembers,
    ...padMembers,
    ...escapeMembers,
    ...codePointMembers,
    ...kindMembers,
    'Integer compareTo(String)': (s: string, other: Text) => compareCodeUnits(s, required(other)),
    'Boolean contains(String)': (s: string, part: Text) => s.includes(required(part)),
    'Boolean containsAny(String)': (s: string, units: Text) => indexOfAny(s, required(units), true) >= 0,
    'Boolean containsIgnoreCase(String)': (s: string, part: Text) => lower(s).includes(lower(required(part))),
    'Boolean containsNone(String)': (s: string, units: Text) => indexOfAny(s, required(units), true) < 0,
    'Boolean containsOnly(String)': (s: string, units: Text) => indexOfAny(s, required(units), false) < 0,
    'Integer countMatches(String)': (s: string, part: Text) => countMatches(s, required(part)),
    'String difference(String)': (s: string, other: Text) => {
      const at = indexOfDifference(s, required(other));
      return at < 0 ? '' : required(other).slice(at);
    },
    'Boolean endsWith(String)': (s: string, end: Text) => s.endsWith(required(end)),
    'Boolean endsWithIgnoreCase(String)': (s: string, end: Text) => lower(s).endsWith(lower(required(end))),
    'Boolean equals(Object)': (s: string, other: unknown) => s === other,
    'Boolean equalsIgnoreCase(String)': (s: string, other: Text) => other !== null && lower(s) === lower(other),
    'Integer getLevenshteinDistance(String)': (s: string, other: Text) => levenshtein(s, required(other)),
    'Integer getLevenshteinDistance(String, Integer)': (s: string, other: Text, most: Int) => {
      const distance = levenshtein(s, required(other));
      return distance > required(most) ? -1 : distance;
    },
    'Integer hashCode()': hashOfText,
    'Integer indexOf(String)': (s: string, part: Text) => s.indexOf(required(part)),
    'Integer indexOf(String, Integer)': (s: string, part: Text, from: Int) => s.indexOf(required(part), required(from)),
    'Integer indexOfAny(String)': (s: string, units: Text) => indexOfAny(s, required(units), true),
    'Integer indexOfAnyBut(String)': (s: string, units: Text) => indexOfAny(s, required(units), false),
    'Integer indexOfDifference(String)': (s: string, other: Text) => indexOfDifference(s, required(other)),
    'Integer indexOfIgnoreCase(String)': (s: string, part: Text) => lower(s).indexOf(lower(required(part))),
    'Integer indexOfIgnoreCase(String, Integer)': (s: string, part: Text, from: Int) =>
      lower(s).indexOf(lower(required(part)), required(from)),
    'Integer lastIndexOf(String)': (s: string, part: Text) => s.lastIndexOf(required(part)),
    'Integer lastIndexOf(String, Integer)': (s: string, part: Text, from: Int) =>
      lastIndexOf(s, required(part), required(from)),
    'Integer lastIndexOfIgnoreCase(String)': (s: string, part: Text) => lower(s).lastIndexOf(lower(required(part))),
    'Integer lastIndexOfIgnoreCase(String, Integer)': (s: string, part: Text, from: Int) =>
      lastIndexOf(lower(s), lower(required(part)), required(from)),
    'String left(Integer)': (s: string, length: Int) => s.slice(0, Math.max(0, required(length))),
    'Integer length()': (s: string) => s.length,
    'String mid(Integer, Integer)': (s: string, start: Int, length: Int) => {
      const from = Math.max(0, required(start));
      return s.slice(from, from + Math.max(0, required(length)));
    },
    'String overlay(String, Integer, Integer)': (s: string, piece: Text, start: Int, end: Int) =>
      overlay(s, piece ?? '', required(start), required(end)),
    'String remove(String)': (s: string, part: Text) => s.replaceAll(required(part), () => ''),
    'String removeEnd(String)': (s: string, end: Text) =>
      s.endsWith(required(end)) ? s.slice(0, s.length - required(end).length) : s,
    'String removeEndIgnoreCase(String)': (s: string, end: Text) =>
      lower(s).endsWith(lower(required(end))) ? s.slice(0, s.length - required(end).length) : s,
    'String removeStart(String)': (s: string, start: Text) =>
      s.startsWith(required(start)) ? s.slice(required(start).length) : s,
    'String removeStartIgnoreCase(String)': (s: string, start: Text) =>
      lower(s).startsWith(lower(required(start))) ? s.slice(required(start).length) : s,
    'String replace(String, String)': (s: string, target: Text, replacement: Text) => {
      const put = required(replacement);
      return s.replaceAll(required(target), () => put);
    },
    'String replaceAll(String, String)': (s: string, pattern: Text, replacement: Text) => {
      checkSize(s, LONGER);
      return replace(compile(required(pattern)), s, required(replacement), true);
    },
    'String replaceFirst(String, String)': (s: string, pattern: Text, replacement: Text) => {
      checkSize(s, SHORTER);
      return replace(compile(required(pattern)), s, required(replacement), false);
    },
    'String right(Integer)': (s: string, length: Int) => (required(length) <= 0 ? '' : s.slice(-required(length))),
    'List<String> split(String)': (s: string, pattern: Text) => {
      checkSize(s, SHORTER);
      return stringList(split(required(pattern), s, 0));
    },
    'List<String> split(String, Integer)': (s: string, pattern: Text, limit: Int) => {
      checkSize(s, SHORTER);
      return stringList(split(required(pattern), s, required(limit)));
    },
    'List<String> splitByCharacterType()': (s: string) => stringList(splitByCategory(s, false)),
    'List<String> splitByCharacterTypeCamelCase()': (s: string) => stringList(splitByCategory(s, true)),
    'Boolean startsWith(String)': (s: string, start: Text) => s.startsWith(required(start)),
    'Boolean startsWithIgnoreCase(String)': (s: string, start: Text) => lower(s).startsWith(lower(required(start))),
    'String substring(Integer)': (s: string, start: Int) => substring(s, required(start), s.length),
    'String substring(Integer, Integer)': (s: string, start: Int, end: Int) =>
      substring(s, required(start), required(end)),
    'String substringAfter(String)': (s: string, separator: Text) => {
      const at = s.indexOf(required(separator));
      return at < 0 ? '' : s.slice(at + required(separator).length);
    },
    'String substringAfterLast(String)': (s: string, separator: Text) => {
      const at = separator === '' ? -1 : s.lastIndexOf(required(separator));
      return at < 0 ? '' : s.slice(at + required(separator).length);
    },
    'String substringBefore(String)': (s: string, separator: Text) => {
      const at = s.indexOf(required(separator));
      return at < 0 ? s : s.slice(0, at);
    },
    'String substringBeforeLast(String)': (s: string, separator: Text) => {
      const at = separator === '' ? -1 : s.lastIndexOf(required(separator));
      return at < 0 ? s : s.slice(0, at);
    },
    'String substringBetween(String)': (s: string, tag: Text) => substringBetween(s, required(tag), required(tag)),
    'String substringBetween(String, String)': (s: string, open: Text, close: Text) =>
      substringBetween(s, required(open), required(close)),
    'static String escapeSingleQuotes(String)': (s: Text) => required(s).replace(/['\\]/g, '\\$&'),
    'static String format(String, List<Object>)': (template: Text, args: ApexList | null) =>
      messageFormat(required(template), args?.items.map(toText) ?? []),
    'static String fromCharArray(List<Integer>)': (units: ApexList | null) =>
      required(units)
        .items.map((unit) => String.fromCharCode(required(unit as Int)))
        .join(''),
    'static String getCommonPrefix(List<String>)': (texts: ApexList | null) =>
      commonPrefix(required(texts).items as Text[]),
    'static Boolean isBlank(String)': (s: Text) => s === null || WHITESPACE_ONLY.test(s),
    'static Boolean isEmpty(String)': (s: Text) => s === null || s === '',
    'static Boolean isNotBlank(String)': (s: Text) => s !== null && !WHITESPACE_ONLY.test(s),
    'static Boolean isNotEmpty(String)': (s: Text) => s !== null && s !== '',
    // unverified: null elements as empty text, as the library that Java programs join with does.
    'static String join(Object, String)': (values: unknown, separator: Text) =>
      notTooLong(
        elementsOf(required(values))
          .map((value) => (value === null ? '' : toText(value)))
          .join(required(separator)),
      ),
    'static String valueOf(Date)': (value: ApexDate | null) => value && value.iso,
    'static String valueOf(Datetime)': (value: ApexDatetime | null) =>
      value && plainText(value.ms + userZone().offset(value.ms)),
    'static String valueOf(Decimal)': (value: ApexDecimal | null) => value && decText(value),
    'static String valueOf(Double)': (value: Int) => (value === null ? null : doubleText(value)),
    'static String valueOf(Integer)': (value: Int) => (value === null ? null : String(value)),
    'static String valueOf(Long)': (value: bigint | null) => (value === null ? null : String(value)),
    'static String valueOf(Object)': (value: unknown) => (value === null ? null : toText(value)),
    'static String valueOfGmt(Datetime)': (value: ApexDatetime | null) => plainText(required(value).ms),
    'List<Integer> getChars()': (s: string) =>
      listOf(
        current.universe.Integer,
        Array.from({ length: s.length }, (_, at) => s.charCodeAt(at)),
      ),
  },
  { notBuilt: FIELD_ERRORS },
);
