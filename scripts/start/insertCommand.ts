import { API_VERSION } from '../org/connection.ts';
import type { NewRecord } from '../org/connection.ts';

/** A command for a POSIX shell that inserts the lead over the REST API. Works for as long as the token does. */
export function insertCommand(orgUrl: string, accessToken: string, lead: NewRecord): string {
  const url = new URL(`/services/data/v${API_VERSION}/sobjects/Lead`, orgUrl);
  // One line: a copied backslash at a line's end breaks as soon as a blank follows it. Quoted: tokens hold a "!".
  return [
    'curl -sS',
    quoted(url.href),
    '-H',
    quoted(`Authorization: Bearer ${accessToken}`),
    '-H',
    quoted('Content-Type: application/json'),
    '-d',
    quoted(JSON.stringify(lead)),
  ].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
