import { aBatch } from '../test/support/requests.ts';

/** A request of so many leads and candidates, with a place where each gets an id of its own. */
export function measuredBody(leads: number, candidates: number): (id: string) => string {
  const marker = 'the id of this request';
  const text = JSON.stringify({ ...aBatch(leads, candidates, `bench ${leads}`), request_id: marker });
  const [before = '', after = ''] = text.split(JSON.stringify(marker));
  return (id) => `${before}${JSON.stringify(id)}${after}`;
}
