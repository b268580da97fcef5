import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** Source: Bulk API 2.0 Developer Guide, Create a Job. */
export const DELIMITERS = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
} as const;
export const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;

/** How a job's CSV is written, in what is uploaded and in what is answered. */
export interface CsvForm {
  readonly columnDelimiter: keyof typeof DELIMITERS;
  readonly lineEnding: keyof typeof LINE_ENDINGS;
}

/** A CSV that can't be read; the text is that of the job's errorMessage. */
export class CsvProblem extends Error {
  override readonly name = 'CsvProblem';
}

/** Header and rows; all rows are as long as the header. @throws CsvProblem */
export function readCsv(text: string, form: CsvForm): { header: string[]; rows: string[][] } {
  const ending = /\r?\n/.exec(text)?.[0];
  if (ending !== undefined && ending !== LINE_ENDINGS[form.lineEnding]) {
    const message = `LineEnding is invalid on user data. Current LineEnding setting is ${form.lineEnding}`;
    throw new CsvProblem(`ClientInputError : ${message}`);
  }
  const [header, ...rows] = records(text, form);
  if (!header) throw new CsvProblem('InvalidBatch : The CSV has no header row');
  const bad = rows.findIndex((row) => row.length !== header.length);
  if (bad >= 0) {
    const message = `Record ${bad + 1} has ${rows[bad]?.length} columns, the header has ${header.length}`;
    throw new CsvProblem(`ClientInputError : ${message}`);
  }
  return { header, rows };
}

function records(text: string, { columnDelimiter }: CsvForm): string[][] {
  try {
    return parse(text, {
      delimiter: DELIMITERS[columnDelimiter],
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw new CsvProblem(`ClientInputError : ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** CSV with every value in quotes, as Salesforce writes it. */
export function csvText(rows: readonly (readonly string[])[], form: CsvForm): string {
  return stringify(
    rows.map((row) => [...row]),
    {
      quoted: true,
      quoted_empty: true,
      delimiter: DELIMITERS[form.columnDelimiter],
      record_delimiter: LINE_ENDINGS[form.lineEnding],
    },
  );
}
