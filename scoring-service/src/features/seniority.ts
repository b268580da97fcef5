/**
 * Rank of a job title: 5 heads the company, 4 a division, 3 a department, 2 a team, 1 a specialist, 0 in training.
 * Read from keywords in English, German, French, Spanish and Italian; the highest rank found counts.
 */
const RANKS: readonly (readonly [number, RegExp])[] = [
  [
    5,
    /\b(c[efiotmrs]o|chief|founder|co-?founder|owner|president|managing director|gesch[aä]ftsf[uü]hrer(in)?|inhaber(in)?|pdg|pr[eé]sident|director general|amministratore delegato)\b/,
  ],
  [4, /\b(s?vp|evp|vice[- ]president|head|bereichsleiter(in)?|partner)\b/],
  [3, /\b(director|directeur|directrice|direttore|abteilungsleiter(in)?|principal)\b/],
  [2, /\b(manager|lead|leiter(in)?|supervisor|responsable|responsabile|jefe|teamleiter(in)?)\b/],
  [
    1,
    /\b(engineer|developer|analyst|specialist|consultant|administrator|architect|buyer|representative|associate|coordinator|officer|entwickler(in)?|ingenieur(in)?|berater(in)?)\b/,
  ],
  [0, /\b(intern|trainee|student|assistant|praktikant(in)?|werkstudent(in)?|azubi|stagiaire)\b/],
];

export const SENIORITY_NAMES = [
  'in training',
  'specialist',
  'team lead',
  'department head',
  'division head',
  'executive',
];

/** The rank of a job title, NaN where it is absent or says nothing that is known. */
export function seniorityOf(jobTitle: string | null | undefined): number {
  const title = (jobTitle ?? '').toLowerCase();
  // A vice president is no president, and an assistant to the director no director.
  if (/\bvice[- ]president\b/.test(title)) return 4;
  if (/\b(intern|trainee|student|assistant to|personal assistant|executive assistant)\b/.test(title)) return 0;
  return RANKS.find(([, words]) => words.test(title))?.[0] ?? Number.NaN;
}
