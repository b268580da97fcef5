import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigurationError } from '../errors.ts';
import { phrasesOf, wordsOf } from './phrases.ts';

const LONGEST_PHRASE = 3;

/** A term that could never be found would be a silent mistake. */
const term = z
  .string()
  .min(2)
  .max(80)
  .refine((text) => wordsOf(text).length > 0, 'has no letter or digit')
  .refine((text) => wordsOf(text).length <= LONGEST_PHRASE, `has more than ${LONGEST_PHRASE} words`);
const terms = z
  .array(term)
  .min(1)
  .max(500)
  .superRefine((list, context) => {
    const keys = list.map((each) => wordsOf(each).join(' '));
    keys.forEach((key, index) => {
      if (keys.indexOf(key) < index)
        context.addIssue({ code: 'custom', path: [index], message: `"${key}" is there twice` });
    });
  });

/** An administrator's dictionary: the words by which a product line, and a technically complex need, are recognised. */
export const needDictionarySchema = z.strictObject({
  product_lines: z
    .record(z.string().trim().min(1).max(80), terms)
    .refine((lines) => Object.keys(lines).length > 0, 'there must be at least one')
    .refine(
      (lines) => new Set(Object.keys(lines).map((name) => name.toLowerCase())).size === Object.keys(lines).length,
      'two product lines differ in their case only',
    ),
  /** Terms of a technically complex need. */
  complexity: terms,
});

/** A product line, and the share of all product words found that speak for it (one is added: a single word is weak). */
export interface DetectedNeed {
  product_line: string;
  confidence: number;
}

/** Many terms of complexity say no more than this many. */
const COMPLEX_AT = 5;

/** Finds product line and complexity in what a lead says of its need, by whole words of one to three. */
export class NeedDictionary {
  readonly #lines: readonly { name: string; terms: readonly string[] }[];
  readonly #complexity: readonly string[];

  constructor(content: z.infer<typeof needDictionarySchema>) {
    const plain = (list: readonly string[]): string[] => list.flatMap((term) => [...phrasesOf(term, true)]);
    this.#lines = Object.entries(content.product_lines).map(([name, list]) => ({ name, terms: plain(list) }));
    this.#complexity = plain(content.complexity);
  }

  /** The product line most spoken of; null where no word speaks for any, or two are equal. */
  need(phrases: ReadonlySet<string>): DetectedNeed | null {
    const found = this.#lines
      .map(({ name, terms: each }) => ({ name, hits: each.filter((term) => phrases.has(term)).length }))
      .filter(({ hits }) => hits > 0)
      .sort((one, two) => two.hits - one.hits);
    const [best, second] = found;
    if (best === undefined || second?.hits === best.hits) return null;
    const total = found.reduce((sum, { hits }) => sum + hits, 0);
    return { product_line: best.name, confidence: Math.round((best.hits / (total + 1)) * 100) / 100 };
  }

  /** 0 (no technical term) to 1; null where nothing was said. */
  complexity(phrases: ReadonlySet<string>): number | null {
    if (phrases.size === 0) return null;
    return Math.min(1, this.#complexity.filter((term) => phrases.has(term)).length / COMPLEX_AT);
  }

  /** Whether a name is one of the product lines. */
  has(productLine: string): boolean {
    return this.#lines.some(({ name }) => name.toLowerCase() === productLine.trim().toLowerCase());
  }
}

/** Reads a dictionary file. @throws ConfigurationError that names the file and what is wrong with it. */
export async function loadNeedDictionary(file: string): Promise<NeedDictionary> {
  try {
    return new NeedDictionary(needDictionarySchema.parse(JSON.parse(await readFile(file, 'utf8'))));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ConfigurationError(`NEED_DICTIONARY: ${file} can't be used. ${why}`);
  }
}
