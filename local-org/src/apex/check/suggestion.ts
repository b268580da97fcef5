/** ` Did you mean x?` where one of the names is close, else nothing. */
export function suggestion(name: string, names: Iterable<string>): string {
  const wanted = name.toLowerCase();
  let best: string | null = null;
  // Of a name of two letters, one may differ: everything is close to a name of one.
  let distance = Math.min(Math.max(2, Math.floor(name.length / 3)) + 1, name.length);
  for (const candidate of names) {
    if (candidate.toLowerCase() === wanted) continue; // it is in sight, but may not be used
    const d = editDistance(wanted, candidate.toLowerCase(), distance);
    if (d < distance) {
      distance = d;
      best = candidate;
    }
  }
  return best === null ? '' : ` Did you mean ${best}?`;
}

/** Levenshtein distance, or `limit` where it is at least that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    previous = row;
  }
  return Math.min(limit, previous[b.length] as number);
}
