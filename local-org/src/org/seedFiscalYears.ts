import { ApexDate, addMonths, daysOf } from '../values/date.ts';
import type { RowWriter } from './rowWriter.ts';

/** Years before and after this one whose periods exist. How many an org has is unverified. */
const YEARS_AROUND = 2;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * Writes standard fiscal years, which begin in January, with their quarters and months. Weeks have no rows: that is unverified.
 * Source: Object Reference, FiscalYearSettings and Period.
 */
export function seedFiscalYears(writer: RowWriter, now: number): void {
  const thisYear = new Date(now).getUTCFullYear();
  for (let year = thisYear - YEARS_AROUND; year <= thisYear + YEARS_AROUND; year++) {
    const settings = writer.insert('FiscalYearSettings', {
      Name: String(year),
      ...span(year, 0, 12),
      IsStandardYear: true,
      YearType: 'Standard',
    });
    const period = (type: string, first: number, months: number, fields: Record<string, unknown>): string =>
      writer.insert('Period', { FiscalYearSettingsId: settings, Type: type, ...span(year, first, months), ...fields });
    const whole = period('Year', 0, 12, { FullyQualifiedLabel: `FY ${year}` });
    writer.update('FiscalYearSettings', settings, { PeriodId: whole });
    for (let quarter = 0; quarter < 4; quarter++) {
      period('Quarter', quarter * 3, 3, { Number: quarter + 1, FullyQualifiedLabel: `Q${quarter + 1} FY ${year}` });
    }
    MONTHS.forEach((name, month) => {
      period('Month', month, 1, {
        Number: month + 1,
        IsForecastPeriod: true,
        FullyQualifiedLabel: `${name} FY ${year}`,
      });
    });
  }
}

function span(year: number, first: number, months: number): { StartDate: ApexDate; EndDate: ApexDate } {
  const start = daysOf(year, first + 1, 1);
  return { StartDate: new ApexDate(start), EndDate: new ApexDate(addMonths(start, months) - 1) };
}
