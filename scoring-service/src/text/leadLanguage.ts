import { detectAll } from 'tinyld';

/** Languages that can be told apart in a form's text; others are read as unknown. ISO 639-1. */
export const KNOWN_LANGUAGES: readonly string[] = [
  'ar',
  'cs',
  'da',
  'de',
  'en',
  'es',
  'fi',
  'fr',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pl',
  'pt',
  'sv',
  'tr',
  'zh',
];

/** Below this the detector guesses: a product name alone has no language. */
const SHORTEST_TEXT = 40;
const LOWEST_CONFIDENCE = 0.8;

/** A language as read from a text; `confidence` is the detector's own share, not a calibrated probability. */
export interface DetectedLanguage {
  code: string;
  confidence: number;
}

/** The language of a text; null where it is too short or not clearly in one of the languages that are looked for. */
export function detectLanguage(text: string, languages: readonly string[] = KNOWN_LANGUAGES): DetectedLanguage | null {
  if (text.trim().length < SHORTEST_TEXT) return null;
  const best = detectAll(text, { only: [...languages] })[0];
  if (best === undefined || best.accuracy < LOWEST_CONFIDENCE) return null;
  return { code: best.lang, confidence: Math.min(best.accuracy, 1) };
}

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const codesByName = new Map<string, string>();
for (const first of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
  for (const second of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    const name = regionNames.of(first + second);
    if (name !== undefined && !codesByName.has(name.toLowerCase())) codesByName.set(name.toLowerCase(), first + second);
  }
}
// Names that CRMs use and CLDR has under another one.
for (const [name, code] of [
  ['usa', 'US'],
  ['united states of america', 'US'],
  ['great britain', 'GB'],
  ['uk', 'GB'],
  ['korea', 'KR'],
  ['czech republic', 'CZ'],
] as const) {
  codesByName.set(name, code);
}

/** The ISO 3166 code for a country's code or English name; null if it is neither. */
export function countryCode(country: string): string | null {
  const plain = country.trim().toLowerCase();
  const byName = codesByName.get(plain);
  if (byName !== undefined) return byName;
  const code = plain.toUpperCase();
  return /^[A-Z]{2}$/.test(code) && regionNames.of(code) !== undefined ? code : null;
}

/** The English name of a country, for people to read: `DE` → `Germany`. */
export function countryName(code: string): string {
  return regionNames.of(code) ?? code;
}

const languagesByCountry = new Map<string, string | null>();

/** The language most used in a country (Unicode CLDR, likely subtags); null for an unknown country. */
export function languageOfCountry(country: string): string | null {
  const code = countryCode(country);
  if (code === null) return null;
  // Keyed by the codes that there are, so that what is kept stays small.
  let language = languagesByCountry.get(code);
  if (language === undefined) {
    const likely = new Intl.Locale(`und-${code}`).maximize().language;
    language = likely === 'und' ? null : likely;
    languagesByCountry.set(code, language);
  }
  return language;
}

/** The base language of a tag or English language name as people write it: `de-AT` → `de`, `German` → `de`. */
export function languageCode(language: string): string {
  const plain = language.trim().toLowerCase();
  return languagesByName.get(plain) ?? plain.split(/[-_]/)[0] ?? plain;
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });
const languagesByName = new Map(KNOWN_LANGUAGES.map((code) => [languageNames.of(code)?.toLowerCase() ?? code, code]));

const namesByLanguage = new Map<string, string>();

/** The English name of a language, for people to read: `de` → `German`. */
export function languageName(code: string): string {
  const kept = namesByLanguage.get(code);
  if (kept !== undefined) return kept;
  // Codes come from the detector or from CLDR, so that few are ever kept.
  const name = languageNames.of(code) ?? code;
  namesByLanguage.set(code, name);
  return name;
}
