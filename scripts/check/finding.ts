/** One thing that a checker objects to. */
export interface Finding {
  /** Path from the project's root; empty where no file is to blame. */
  file: string;
  /** From 1; 0 where no line is to blame. */
  line: number;
  /** Which rule, in the words of the checker. */
  rule: string;
  message: string;
}

/** One checker: looks at the project in `root` and answers what it objects to. */
export interface Checker {
  name: string;
  what: string;
  check(root: string): Promise<Finding[]>;
}

/** `file:line rule message`, as editors and CI logs link it. */
export function describeFinding({ file, line, rule, message }: Finding): string {
  const place = file === '' ? '' : `${file}${line > 0 ? `:${line}` : ''}  `;
  return `${place}[${rule}] ${message}`;
}
