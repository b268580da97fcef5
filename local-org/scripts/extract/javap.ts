import { execFileSync } from 'node:child_process';

/** One member line of `javap`'s output, its type text still Java's. */
export type JavaMember = {
  readonly static: boolean;
  readonly type: string;
  readonly name: string;
  /** undefined for a field. */
  readonly params: readonly string[] | undefined;
};

/** One class of a types jar as `javap` prints it. */
export type JavaClass = {
  /** With its package and `$` before each inner class, without type parameters. */
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly abstract: boolean;
  readonly generic: readonly string[];
  readonly extends: string | undefined;
  readonly implements: readonly string[];
  readonly members: readonly JavaMember[];
};

const CLASSES_A_CALL = 800;
const HEADER = /^(?:public |protected |final |abstract |static )*(class|interface) (.+) \{$/;

/**
 * Reads every class of a jar with the JDK's `jar` and `javap`.
 *
 * @throws if the JDK is missing or a line has a form that is not known, so that a new jar can't lose members silently.
 */
export function readJar(jar: string): JavaClass[] {
  const names = run('jar', ['--list', '--file', jar])
    .split('\n')
    .filter((line) => line.endsWith('.class'))
    .map((line) => line.slice(0, -'.class'.length).replaceAll('/', '.'))
    .sort();
  const classes: JavaClass[] = [];
  for (let at = 0; at < names.length; at += CLASSES_A_CALL) {
    classes.push(...parse(run('javap', ['-protected', '-cp', jar, ...names.slice(at, at + CLASSES_A_CALL)])));
  }
  return classes;
}

/** Splits `a, b<c, d>, e` at its outermost commas. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '<') depth++;
    else if (char === '>') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = text.slice(start).trim();
  if (last) parts.push(last);
  return parts;
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function parse(output: string): JavaClass[] {
  const classes: JavaClass[] = [];
  let header: string | undefined;
  let members: string[] = [];
  for (const line of output.split('\n')) {
    if (line === '' || line.startsWith('Compiled from')) continue;
    if (line === '}') {
      if (!header) throw new Error('javap printed a closing brace outside a class');
      classes.push(classOf(header, members));
      header = undefined;
      members = [];
    } else if (header) members.push(line.trim());
    else header = line;
  }
  return classes;
}

function classOf(header: string, lines: readonly string[]): JavaClass {
  const match = HEADER.exec(header);
  if (!match) throw new Error(`javap printed a class header of an unknown form: ${header}`);
  const [, keyword, rest = ''] = match;
  const parts = clauses(rest);
  const opened = parts.subject.indexOf('<');
  const name = opened < 0 ? parts.subject : parts.subject.slice(0, opened);
  const isEnum = parts.extends[0]?.startsWith('java.lang.Enum<') ?? false;
  const isInterface = keyword === 'interface';
  return {
    name,
    kind: isInterface ? 'interface' : isEnum ? 'enum' : 'class',
    abstract: !isInterface && / abstract /.test(` ${header}`),
    generic: opened < 0 ? [] : splitList(parts.subject.slice(opened + 1, -1)),
    extends: isInterface || isEnum ? undefined : parts.extends[0],
    implements: isInterface ? parts.extends : parts.implements,
    members: lines.filter((line) => line !== 'static {};').map((line) => memberOf(name, line)),
  };
}

function clauses(text: string): { subject: string; extends: string[]; implements: string[] } {
  const [beforeImplements = '', afterImplements = ''] = text.split(' implements ');
  const [subject = '', afterExtends = ''] = beforeImplements.split(' extends ');
  return { subject, extends: splitList(afterExtends), implements: splitList(afterImplements) };
}

function memberOf(className: string, line: string): JavaMember {
  const match = /^((?:(?:public|protected|static|final|abstract) )*)(.+?)(?:\((.*)\))?;$/.exec(line);
  if (!match) throw new Error(`javap printed a member of an unknown form in ${className}: ${line}`);
  const [, modifiers = '', subject = '', params] = match;
  const isStatic = modifiers.includes('static ');
  const parameters = params === undefined ? undefined : splitList(params);
  if (subject === className) {
    // A protected constructor is a type that Apex code can't construct, Exception included.
    const name = modifiers.includes('protected ') ? '<hidden>' : '<init>';
    return { static: false, type: className, name, params: parameters };
  }
  const space = subject.lastIndexOf(' ');
  if (space < 0) throw new Error(`javap printed a member without a name in ${className}: ${line}`);
  return { static: isStatic, type: subject.slice(0, space), name: subject.slice(space + 1), params: parameters };
}
