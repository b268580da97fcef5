import { current } from '../../engine/current.ts';
import { languageTag } from '../../values/date.ts';
import { platformClass } from '../define.ts';

/** A System.Collator: the order of text in the running user's language. */
class ApexCollator {
  static readonly apexName = 'System.Collator';
  readonly #collator: Intl.Collator;

  constructor(locale: string) {
    this.#collator = new Intl.Collator(languageTag(locale));
  }

  /** Null comes first. */
  compare(a: string | null, b: string | null): number {
    if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
    return this.#collator.compare(a, b);
  }
}

export const CollatorClass = platformClass('System.Collator', {
  'Integer compare(String, String)': (collator: ApexCollator, a: string | null, b: string | null) =>
    collator.compare(a, b),
  'static Collator getInstance()': () => new ApexCollator(current.tx.user.locale),
});
