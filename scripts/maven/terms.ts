/** Industries that are taken as they stand: the standard picklist's, and the five more that the data set uses. */
export const INDUSTRIES: readonly string[] = [
  ...['Agriculture', 'Apparel', 'Banking', 'Biotechnology', 'Chemicals', 'Communications', 'Construction'],
  ...['Consulting', 'Education', 'Electronics', 'Energy', 'Engineering', 'Entertainment', 'Environmental', 'Finance'],
  ...['Food & Beverage', 'Government', 'Healthcare', 'Hospitality', 'Insurance', 'Machinery', 'Manufacturing', 'Media'],
  ...['Not For Profit', 'Recreation', 'Retail', 'Shipping', 'Technology', 'Telecommunications', 'Transportation'],
  ...['Utilities', 'Other'],
  ...['Employment', 'Marketing', 'Medical', 'Services', 'Software'],
];

/** Names that do not say which of two countries is meant, with the one that is taken. */
export const AMBIGUOUS_COUNTRIES: Readonly<Record<string, string>> = {
  Korea: 'South Korea',
  Congo: 'Congo - Kinshasa',
};

/** English names of all countries (CLDR, through Intl). */
export const COUNTRIES: readonly string[] = countryNames();

function countryNames(): string[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const found = letters.flatMap((first) => letters.map((second) => names.of(first + second)));
  return [...new Set(found.filter((name) => name !== undefined))];
}
