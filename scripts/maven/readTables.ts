import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { CommandError, messageOf } from '../org/commandError.ts';

/** One line of a file by the names of its columns; cells that are missing are blank. */
export interface Row<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
  /** How many cells the line has more (or, negative, less) than the header. */
  readonly surplus: number;
}

/** The files of the data set and the columns that the import needs. Further columns are ignored. */
export const FILES = {
  'accounts.csv': ['account', 'sector', 'revenue', 'employees', 'office_location', 'subsidiary_of'],
  'products.csv': ['product', 'series', 'sales_price'],
  'sales_teams.csv': ['sales_agent', 'manager', 'regional_office'],
  'sales_pipeline.csv': [
    'opportunity_id',
    'sales_agent',
    'product',
    'account',
    'deal_stage',
    'engage_date',
    'close_date',
    'close_value',
  ],
} as const;

export type FileName = keyof typeof FILES;
export type RowOf<File extends FileName> = Row<(typeof FILES)[File][number]>;
export type MavenTables = { readonly [File in FileName]: readonly RowOf<File>[] };

const SOURCE = 'Take them from Maven Analytics’ data set "CRM Sales Opportunities".';

/** Reads the four files of a folder. @throws CommandError (exit code 2) naming what is missing or unreadable */
export function readTables(dir: string): MavenTables {
  const folder = resolve(dir);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(`There is no folder ${folder}. Name the folder of the CSV files with --dir. ${SOURCE}`, 2);
  }
  return {
    'accounts.csv': readTable(folder, 'accounts.csv'),
    'products.csv': readTable(folder, 'products.csv'),
    'sales_teams.csv': readTable(folder, 'sales_teams.csv'),
    'sales_pipeline.csv': readTable(folder, 'sales_pipeline.csv'),
  };
}

function readTable<File extends FileName>(folder: string, file: File): RowOf<File>[] {
  const path = join(folder, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const needed = Object.keys(FILES).join(', ');
    throw new CommandError(`${path} can't be read: ${messageOf(error)}. The folder must hold ${needed}. ${SOURCE}`, 2, {
      cause: error,
    });
  }
  return parseTable(text, path, FILES[file]) as RowOf<File>[];
}

/** The lines of a CSV text with a header. @throws CommandError (exit code 2) with the line or the column */
export function parseTable<Column extends string>(
  text: string,
  path: string,
  columns: readonly Column[],
): Row<Column>[] {
  const [header, ...lines] = records(text, path);
  const names = header?.cells.map((name) => name.toLowerCase()) ?? [];
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new CommandError(
      `${path} has no column ${missing.join(', ')} in its first line (it has ${names.join(', ') || 'none'}). ` +
        'Put the header back or take the file from its source again.',
      2,
    );
  }
  return lines.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(columns.map((column) => [column, cells[names.indexOf(column)] ?? ''])) as Record<
      Column,
      string
    >,
    surplus: cells.length - names.length,
  }));
}

function records(text: string, path: string): { line: number; cells: string[] }[] {
  try {
    const parsed = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true });
    return (parsed as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CommandError(`${path} is no CSV: ${error.message}. Mend that line.`, 2, { cause: error });
  }
}
