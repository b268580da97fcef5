/** The words of a text in lower case, without punctuation. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}+#.]*(?<!\.)/gu) ?? [];
}

/**
 * Phrases of one to three words; with `whole`, the text as one phrase only. Words are looked up, not searched for: `sap`
 * is not in "disappear", and long texts cost their length once.
 */
export function phrasesOf(text: string, whole = false): ReadonlySet<string> {
  const words = wordsOf(text);
  if (whole) return new Set(words.length === 0 ? [] : [words.join(' ')]);
  const found = new Set<string>();
  words.forEach((word, index) => {
    const next = words[index + 1];
    const third = words[index + 2];
    found.add(word);
    if (next !== undefined) found.add(`${word} ${next}`);
    if (next !== undefined && third !== undefined) found.add(`${word} ${next} ${third}`);
  });
  return found;
}
