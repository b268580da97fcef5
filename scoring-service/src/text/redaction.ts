/**
 * What identifies a person and has a shape that can be recognised, taken out of free text. Names have no such shape, so
 * that only those after a greeting, a signature or "my name is" are found: nothing may rely on this alone, which is why
 * no text is ever stored or logged (`readLead` keeps only what it read).
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu, '[email]'],
  [/\b(?:https?:\/\/|www\.)\S{1,2000}/giu, '[link]'],
  // IBAN (ISO 13616): country, two check digits, up to 30 letters and digits, in groups of four or not.
  [/\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b/giu, '[account]'],
  // National ids that mix letters and digits: codice fiscale, CURP, NINO, DNI and NIE, Swedish and Finnish numbers.
  [/\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b/giu, '[id]'],
  [/\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b/giu, '[id]'],
  [/\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/giu, '[id]'],
  [/\b(?:[XYZ]-?)?\d{7,8}[ -]?[A-Z]\b/giu, '[id]'],
  [/\b\d{6}[-+A]\d{3}[0-9A-Z]\b/giu, '[id]'],
  // Passports and the like: one or two letters and at least six digits.
  [/\b[A-Z]{1,2}\d{6,9}\b/gu, '[id]'],
  // Phone numbers, cards of up to 19 digits, national ids of digits alone: whatever separates them.
  [/(?<![\p{L}\p{N}])(?:\+|00)?\(?\d[\d ()/.-]{5,30}\d(?![\p{L}\p{N}])/gu, '[number]'],
  [
    /\b\d{1,5}[a-z]? (?:\p{Lu}[\p{L}'-]{1,30} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Way|Blvd)\b/gu,
    '[street]',
  ],
  [/\b\p{Lu}[\p{L}-]{1,40}(?:straße|strasse|str\.|weg|platz|allee|gasse)\s\d{1,5}[a-z]?\b/gu, '[street]'],
  [/\b(?:rue|avenue|via|calle|rua)\s(?:\p{L}{1,30}\s){1,4}\d{1,5}\b/giu, '[street]'],
  [
    /(?<=\b(?:my name is|i am called|ich heiße|mein name ist|je m'appelle|me llamo|mi chiamo)\s)\p{L}[\p{L}'-]{0,40}(?:\s\p{Lu}[\p{L}'-]{0,40}){0,3}/giu,
    '[name]',
  ],
  [
    /(?<=\b(?:Mr|Mrs|Ms|Dr|Herr|Frau|Monsieur|Madame|Señor|Señora|Dear|Hello|Hi|Hallo)\.?\s)\p{Lu}[\p{L}'-]{1,40}(?:\s\p{Lu}[\p{L}'-]{1,40}){0,2}/gu,
    '[name]',
  ],
  [
    /(?<=\b(?:regards|sincerely|thanks|cheers|Grüße|Grüßen|Gruß|cordialement|saludos|saluti)[,!.]?\s{1,4})\p{Lu}[\p{L}'-]{1,40}(?:\s\p{Lu}[\p{L}'-]{1,40}){0,3}/giu,
    '[name]',
  ],
];

/** The text without e-mail addresses, links, phone, account and long numbers, streets, and names in usual places. */
export function redact(text: string): string {
  return PATTERNS.reduce((redacted, [pattern, mark]) => redacted.replace(pattern, mark), text);
}
