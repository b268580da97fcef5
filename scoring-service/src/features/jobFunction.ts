/** What a person does in the company, read from the job title by keywords in English and German. */
export const JOB_FUNCTIONS = ['it', 'sales', 'marketing', 'finance', 'operations', 'engineering', 'people'] as const;
export type JobFunction = (typeof JOB_FUNCTIONS)[number];

const WORDS: readonly (readonly [JobFunction, RegExp])[] = [
  ['it', /\b(it|cio|information|system|systems|infrastructure|network|security|ciso|administrator|edv)\b/],
  [
    'engineering',
    /\b(cto|engineer(ing)?|developer|software|technology|technical|r&d|entwickl\w*|ingenieur\w*|architect)\b/,
  ],
  ['marketing', /\b(cmo|marketing|brand|growth|demand|content|communications?)\b/],
  ['sales', /\b(cro|sales|revenue|account|business development|vertrieb\w*|verkauf\w*)\b/],
  ['finance', /\b(cfo|financ(e|ial)|controll(er|ing)|accounting|treasur(y|er)|buchhalt\w*|finanz\w*)\b/],
  ['people', /\b(chro|hr|people|human resources|talent|recruit\w*|personal(leiter\w*|abteilung)?)\b/],
  [
    'operations',
    /\b(coo|operations?|logistics?|supply|procurement|purchas\w*|buyer|production|einkauf\w*|produktion\w*)\b/,
  ],
];

/** The function of a job title; null where it is absent or says nothing that is known. */
export function jobFunctionOf(jobTitle: string | null | undefined): JobFunction | null {
  const title = (jobTitle ?? '').toLowerCase();
  return WORDS.find(([, words]) => words.test(title))?.[0] ?? null;
}
