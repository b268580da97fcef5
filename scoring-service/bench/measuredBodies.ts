import { aBatch } from '../test/support/requests.ts';

/** How many requests differ in more than their id: a model sees other rows each time, as it does when it serves. */
export const VARIANTS = 16;

/** Requests of so many leads and candidates, one after the other, with a place where each gets an id of its own. */
export function measuredBody(leads: number, candidates: number): (id: string) => string {
  const marker = 'the id of this request';
  const parts = Array.from({ length: VARIANTS }, (_each, variant) => {
    const text = JSON.stringify({ ...aBatch(leads, candidates, `bench ${leads} ${variant}`), request_id: marker });
    return text.split(JSON.stringify(marker));
  });
  let next = 0;
  return (id) => {
    const [before = '', after = ''] = parts[next++ % VARIANTS] ?? [];
    return `${before}${JSON.stringify(id)}${after}`;
  };
}
