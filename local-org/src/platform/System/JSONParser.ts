import { current } from '../../engine/current.ts';
import type { ApexType } from '../../values/apexType.ts';
import { ApexDouble } from '../../values/double.ts';
import { findEnum } from '../../values/enum.ts';
import { raise, required } from '../../values/exception.ts';
import type { Type } from '../../types/type.ts';
import { platformClass } from '../define.ts';
import { JsonReader } from './json/reader.ts';
import type { JsonToken } from './json/reader.ts';
import { scalarReader } from './json/scalars.ts';
import { readTyped } from './json/typed.ts';

/** A System.JSONParser. */
export class ApexJSONParser {
  static readonly apexName = 'System.JSONParser';
  readonly reader: JsonReader;
  #cleared = false;
  #last: JsonToken | null = null;

  constructor(text: string) {
    this.reader = new JsonReader(text);
  }

  get token(): JsonToken | null {
    return this.#cleared ? null : this.reader.token;
  }

  get lastCleared(): JsonToken | null {
    return this.#last;
  }

  next(): JsonToken | null {
    this.#cleared = false;
    return this.reader.next();
  }

  /** As {@link ApexJSONParser.next}, but passes over a field's name to its value. */
  nextValue(): JsonToken | null {
    const token = this.next();
    return token === 'FIELD_NAME' ? this.next() : token;
  }

  clear(): void {
    if (this.token) this.#last = this.token;
    this.#cleared = true;
  }

  /** The current token as a value of a primitive type. @throws System.JSONException where it can't be one */
  scalar(type: Type, tokens: readonly JsonToken[]): unknown {
    const { token } = this;
    if (token === 'VALUE_NULL') return null;
    if (token === null || !tokens.includes(token)) {
      // unverified: the text.
      raise(
        'System.JSONException',
        `Current token (${token ?? 'null'}) is not of type ${type.name} at ${this.reader.location}`,
      );
    }
    return scalarReader(type)?.(this.reader);
  }

  /** The value that begins here. */
  readAs(type: Type, strict: boolean): unknown {
    if (this.token === null) this.next();
    // As Java's parser: a field's name stands for its value.
    if (this.token === 'FIELD_NAME') this.next();
    if (this.token === null) raise('System.JSONException', 'No content to map to Object due to end of input');
    return readTyped(this.reader, type, { strict });
  }
}

const TEXT: readonly JsonToken[] = ['VALUE_STRING', 'FIELD_NAME'];
const WHOLE: readonly JsonToken[] = ['VALUE_NUMBER_INT'];
const NUMBER: readonly JsonToken[] = ['VALUE_NUMBER_INT', 'VALUE_NUMBER_FLOAT'];
const FLAG: readonly JsonToken[] = ['VALUE_TRUE', 'VALUE_FALSE'];

function tokenOf(token: JsonToken | null): unknown {
  return token && findEnum(current.universe.platform('System.JSONToken'), token);
}

function value(
  type: 'Blob' | 'Boolean' | 'Datetime' | 'Date' | 'Decimal' | 'Id' | 'Integer' | 'Long' | 'Time',
  tokens: readonly JsonToken[],
) {
  return (parser: ApexJSONParser): unknown => parser.scalar(current.universe[type], tokens);
}

export const JSONParserClass = platformClass('System.JSONParser', {
  'void clearCurrentToken()': (parser: ApexJSONParser) => parser.clear(),
  'Blob getBlobValue()': value('Blob', TEXT),
  'Boolean getBooleanValue()': value('Boolean', FLAG),
  'String getCurrentName()': (parser: ApexJSONParser) => parser.reader.name,
  'JSONToken getCurrentToken()': (parser: ApexJSONParser) => tokenOf(parser.token),
  'Datetime getDateTimeValue()': value('Datetime', TEXT),
  'Date getDateValue()': value('Date', TEXT),
  'Decimal getDecimalValue()': value('Decimal', NUMBER),
  'Double getDoubleValue()': (parser: ApexJSONParser) => {
    const found = parser.scalar(current.universe.Double, NUMBER);
    return found instanceof ApexDouble ? found.value : null;
  },
  'Id getIdValue()': value('Id', TEXT),
  'Integer getIntegerValue()': value('Integer', WHOLE),
  'JSONToken getLastClearedToken()': (parser: ApexJSONParser) => tokenOf(parser.lastCleared),
  'Long getLongValue()': value('Long', WHOLE),
  // Whatever the token is; null where there is none.
  'String getText()': (parser: ApexJSONParser) => (parser.token === null ? null : parser.reader.text),
  'Time getTimeValue()': value('Time', TEXT),
  'Boolean hasCurrentToken()': (parser: ApexJSONParser) => parser.token !== null,
  'JSONToken nextToken()': (parser: ApexJSONParser) => tokenOf(parser.next()),
  'JSONToken nextValue()': (parser: ApexJSONParser) => tokenOf(parser.nextValue()),
  'Object readValueAs(Type)': (parser: ApexJSONParser, type: ApexType | null) =>
    parser.readAs(required(type).type, false),
  'Object readValueAsStrict(Type)': (parser: ApexJSONParser, type: ApexType | null) =>
    parser.readAs(required(type).type, true),
  'void skipChildren()': (parser: ApexJSONParser) => parser.reader.skip(),
});
