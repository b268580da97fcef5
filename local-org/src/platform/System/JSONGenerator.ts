import { ApexBlob, base64Of } from '../../values/blob.ts';
import type { ApexDate } from '../../values/date.ts';
import { isoText } from '../../values/datetime.ts';
import type { ApexDatetime } from '../../values/datetime.ts';
import { decText } from '../../values/decimal.ts';
import type { ApexDecimal } from '../../values/decimal.ts';
import { doubleText } from '../../values/double.ts';
import { required } from '../../values/exception.ts';
import type { ApexTime } from '../../values/time.ts';
import { platformClass } from '../define.ts';
import { writeJson } from './json/serialize.ts';
import { JsonWriter, quote } from './json/writer.ts';

/** A System.JSONGenerator. */
export class ApexJSONGenerator {
  static readonly apexName = 'System.JSONGenerator';
  readonly writer: JsonWriter;

  constructor(pretty: boolean) {
    this.writer = new JsonWriter(pretty);
  }

  /** Ends what is open, and takes nothing more. */
  close(): string {
    this.writer.closed = true;
    return this.writer.text;
  }
}

type Text = string | null;

/** The two members for one type of value: on its own, and as a field. @param json text of a value that is not null */
function pair<T>(name: string, type: string, json: (value: T) => string) {
  const write = (generator: ApexJSONGenerator, value: T | null): void =>
    generator.writer.raw(value === null ? 'null' : json(value));
  return {
    [`void write${name}(${type})`]: write,
    [`void write${name}Field(String, ${type})`]: (generator: ApexJSONGenerator, field: Text, value: T | null) => {
      generator.writer.name(required(field));
      write(generator, value);
    },
  };
}

export const JSONGeneratorClass = platformClass('System.JSONGenerator', {
  ...pair<ApexBlob>('Blob', 'Blob', (value) => quote(base64Of(value))),
  ...pair<boolean>('Boolean', 'Boolean', String),
  ...pair<ApexDate>('Date', 'Date', (value) => quote(value.iso)),
  ...pair<ApexDatetime>('DateTime', 'Datetime', (value) => quote(isoText(value))),
  ...pair<string>('Id', 'Id', quote),
  ...pair<ApexDecimal>('Number', 'Decimal', decText),
  ...pair<number>('Number', 'Double', doubleText),
  ...pair<number>('Number', 'Integer', String),
  ...pair<bigint>('Number', 'Long', String),
  ...pair<string>('String', 'String', quote),
  ...pair<ApexTime>('Time', 'Time', (value) => quote(value.toString())),
  'void close()': (generator: ApexJSONGenerator) => {
    generator.close();
  },
  'String getAsString()': (generator: ApexJSONGenerator) => generator.close(),
  'Boolean isClosed()': (generator: ApexJSONGenerator) => generator.writer.closed,
  'void writeEndArray()': (generator: ApexJSONGenerator) => generator.writer.endArray(),
  'void writeEndObject()': (generator: ApexJSONGenerator) => generator.writer.endObject(),
  'void writeFieldName(String)': (generator: ApexJSONGenerator, name: Text) => generator.writer.name(required(name)),
  'void writeNull()': (generator: ApexJSONGenerator) => generator.writer.raw('null'),
  'void writeNullField(String)': (generator: ApexJSONGenerator, name: Text) => {
    generator.writer.name(required(name));
    generator.writer.raw('null');
  },
  'void writeObject(Object)': (generator: ApexJSONGenerator, value: unknown) =>
    writeJson(generator.writer, value, false),
  'void writeObjectField(String, Object)': (generator: ApexJSONGenerator, name: Text, value: unknown) => {
    generator.writer.name(required(name));
    writeJson(generator.writer, value, false);
  },
  'void writeStartArray()': (generator: ApexJSONGenerator) => generator.writer.startArray(),
  'void writeStartObject()': (generator: ApexJSONGenerator) => generator.writer.startObject(),
});
