/** Bands of employees, as Rep_Performance__c.Value__c has them. */
export const SIZE_BANDS: readonly { readonly label: string; readonly least: number; readonly most: number }[] = [
  { label: '1-49', least: 5, most: 49 },
  { label: '50-249', least: 50, most: 249 },
  { label: '250-999', least: 250, most: 999 },
  { label: '1000+', least: 1000, most: 12_000 },
];

/** The band of a number of employees. */
export function sizeBand(employees: number): string {
  const band = SIZE_BANDS.findLast(({ least }) => employees >= least) ?? SIZE_BANDS[0];
  return band?.label ?? '';
}
