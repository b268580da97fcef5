/** So many letters may be wrong, missing, too many or swapped with their neighbour … */
const MOST_ERRORS = 2;
/** … but no more than one in so many. */
const LETTERS_AN_ERROR = 4;

/**
 * The known term that was meant: the same, the same but for case, blanks and punctuation, or the only one that is
 * nearest within two typing errors. Null where none is, or where several are equally near.
 */
export function nearest(text: string, known: readonly string[]): string | null {
  if (known.includes(text)) return text;
  const wanted = plain(text);
  if (wanted === '') return null;
  const most = Math.min(MOST_ERRORS, Math.floor(wanted.length / LETTERS_AN_ERROR));
  let best: string | null = null;
  let fewest = most + 1;
  let isTie = false;
  for (const term of known) {
    const errors = typingErrors(wanted, plain(term));
    if (errors < fewest) [best, fewest, isTie] = [term, errors, false];
    else if (errors === fewest) isTie = true;
  }
  return isTie ? null : best;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Optimal string alignment distance (Damerau 1964; Wagner & Fischer 1974). */
export function typingErrors(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      let fewest = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        fewest = Math.min(fewest, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(fewest);
    }
    [beforeLast, last] = [last, row];
  }
  return last[other.length] ?? 0;
}
