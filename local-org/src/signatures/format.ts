/** The files of this folder: what a platform type offers to Apex, in the text that a user would write. */
export type PlatformTypeJson = {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly abstract?: boolean;
  readonly virtual?: boolean;
  /** Names of its type parameters. */
  readonly generic?: readonly string[];
  readonly extends?: string;
  /** What a class implements, or an interface extends. */
  readonly implements?: readonly string[];
  /**
   * `static String format(String, List<Object>)`. An interface that lists the same name and parameters twice, as
   * Database.Batchable does with start, asks for either of the two.
   */
  readonly methods?: readonly string[];
  /** `(String, Integer)`. A class without constructors can't be constructed. */
  readonly constructors?: readonly string[];
  /** `static readonly Double PI`. */
  readonly properties?: readonly string[];
  /** Of an enum. */
  readonly values?: readonly string[];
  readonly inner?: Readonly<Record<string, PlatformTypeJson>>;
  /** Of what an overlay corrects or adds: why, or the page of the reference. */
  readonly source?: string;
};

export type NamespaceJson = {
  readonly namespace: string;
  readonly version: string;
  readonly types: Readonly<Record<string, PlatformTypeJson>>;
};

/** A correction of one type: members replace those of the same static-ness, name and parameters, the others are added. */
export type OverlayTypeJson = Omit<PlatformTypeJson, 'kind' | 'inner' | 'source'> & {
  readonly source: string;
  /** Needed only for a type that the extract does not have. */
  readonly kind?: PlatformTypeJson['kind'];
  /** The exact text of members to drop; one that matches nothing is an error. */
  readonly remove?: readonly string[];
  readonly inner?: Readonly<Record<string, OverlayTypeJson>>;
};

export type OverlayJson = {
  readonly namespace: string;
  readonly types: Readonly<Record<string, OverlayTypeJson>>;
};

/** `index.json`: what is extracted, and what is known to exist but is not. */
export type SignatureIndexJson = {
  readonly version: string;
  readonly namespaces: readonly string[];
  readonly leftOut: readonly string[];
};

/** A type as written: `Map<Id, List<Lead>>` is Map with the arguments Id and List with the argument Lead. */
export type TypeRef = { readonly name: string; readonly args: readonly TypeRef[] };

export type MethodSignature = {
  readonly static: boolean;
  readonly returns: TypeRef;
  readonly name: string;
  readonly params: readonly TypeRef[];
};

export type PropertySignature = {
  readonly static: boolean;
  readonly readonly: boolean;
  readonly type: TypeRef;
  readonly name: string;
};

const METHOD = /^(static )?(.+) (\w+)\((.*)\)$/;
const PROPERTY = /^(static )?(readonly )?(.+) (\w+)$/;

/** Parses `static String format(String, List<Object>)`. @throws SyntaxError naming the text. */
export function parseSignature(text: string): MethodSignature {
  const match = METHOD.exec(text);
  if (!match) throw new SyntaxError(`not a method signature: ${text}`);
  const [, isStatic, returns = '', name = '', params = ''] = match;
  return { static: isStatic !== undefined, returns: parseType(returns), name, params: parseTypes(params, text) };
}

/** Parses the parameters of a constructor, `(String, Integer)`. @throws SyntaxError naming the text. */
export function parseConstructor(text: string): readonly TypeRef[] {
  if (!text.startsWith('(') || !text.endsWith(')')) throw new SyntaxError(`not a constructor signature: ${text}`);
  return parseTypes(text.slice(1, -1), text);
}

/** Parses `static readonly Double PI`. @throws SyntaxError naming the text. */
export function parseProperty(text: string): PropertySignature {
  const match = PROPERTY.exec(text);
  if (!match) throw new SyntaxError(`not a property: ${text}`);
  const [, isStatic, isReadonly, type = '', name = ''] = match;
  return { static: isStatic !== undefined, readonly: isReadonly !== undefined, type: parseType(type), name };
}

/** Parses one type. @throws SyntaxError naming the text. */
export function parseType(text: string): TypeRef {
  const types = parseTypes(text, text);
  const [type] = types;
  if (!type || types.length > 1) throw new SyntaxError(`not a type: ${text}`);
  return type;
}

/** The text that {@link parseType} reads. */
export function typeText(type: TypeRef): string {
  return type.args.length === 0 ? type.name : `${type.name}<${type.args.map(typeText).join(', ')}>`;
}

function parseTypes(text: string, whole: string): TypeRef[] {
  const tokens = text.match(/[\w.]+|[<>,]|\S/g) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(`not a type list at ${tokens[at] ?? 'the end'}: ${whole}`);
  };
  const list = (): TypeRef[] => {
    const types = [one()];
    while (tokens[at] === ',') {
      at++;
      types.push(one());
    }
    return types;
  };
  const one = (): TypeRef => {
    const name = tokens[at];
    if (name === undefined || !/^[A-Za-z][\w.]*$/.test(name)) return fail();
    at++;
    if (tokens[at] !== '<') return { name, args: [] };
    at++;
    const args = list();
    if (tokens[at] !== '>') return fail();
    at++;
    return { name, args };
  };
  if (tokens.length === 0) return [];
  const types = list();
  if (at < tokens.length) fail();
  return types;
}
