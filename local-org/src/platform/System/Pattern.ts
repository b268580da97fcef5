import { required } from '../../values/exception.ts';
import { stringList } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import { ApexMatcher } from './Matcher.ts';
import { ApexPattern } from './regex/pattern.ts';
import { checkSize, compile, LONGER, SHORTER, split } from './regex/regex.ts';

type Text = string | null;

export const PatternClass = platformClass('System.Pattern', {
  'Matcher matcher(String)': (p: ApexPattern, text: Text) => new ApexMatcher(p, required(text)),
  'String pattern()': (p: ApexPattern) => p.regex.pattern,
  'List<String> split(String)': (p: ApexPattern, text: Text) => {
    checkSize(required(text), SHORTER);
    return stringList(split(p.regex.pattern, required(text), 0));
  },
  'List<String> split(String, Integer)': (p: ApexPattern, text: Text, limit: number | null) => {
    checkSize(required(text), SHORTER);
    return stringList(split(p.regex.pattern, required(text), required(limit)));
  },
  'static Pattern compile(String)': (pattern: Text) => new ApexPattern(compile(required(pattern))),
  'static Boolean matches(String, String)': (pattern: Text, text: Text) => {
    checkSize(required(text), LONGER);
    return compile(required(pattern)).match(required(text)) !== null;
  },
  'static String quote(String)': (text: Text) => `\\Q${required(text).replaceAll('\\E', '\\E\\\\E\\Q')}\\E`,
});
