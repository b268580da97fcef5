/**
 * How a class of the platform's standard library is built: one file a class, its members keyed by the text of their
 * signature as `signatures/<Namespace>.json` has it. Calling convention:
 *
 * - instance methods get the receiver first; the emitter has checked that it is not null;
 * - arguments arrive converted to the parameter's type: Integer and Double are numbers, Long bigint, Decimal
 *   {@link ApexDecimal}; where the parameter is `Object`, `SObject` field values or a type parameter, in boxed form (a
 *   Double is an {@link ApexDouble}); any may be null;
 * - results likewise; `void` methods return undefined.
 */
export type Implementation = (...args: never[]) => unknown;

export interface PlatformClass {
  /** Qualified: `System.String`, `Database.SaveResult`. */
  readonly name: string;
  /** By normalised signature text. */
  readonly members: ReadonlyMap<string, Implementation>;
  /** Signatures that are known and deliberately not built. */
  readonly notBuilt: ReadonlySet<string>;
  /** What members did for classes below an API version, by that version: it is the version of the class that calls which counts. */
  readonly before: ReadonlyMap<number, ReadonlyMap<string, Implementation>>;
}

const registry = new Map<string, PlatformClass>();

/** One space after commas, none around brackets, so that a signature has one spelling. */
export function normaliseSignature(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\s*([(),<>])\s*/g, '$1')
    .replace(/,/g, ', ')
    .replace(/>(?=[A-Za-z])/g, '> ');
}

type Members = Readonly<Record<string, (...args: never[]) => unknown>>;

function byText(members: Members): Map<string, Implementation> {
  return new Map(Object.entries(members).map(([text, impl]) => [normaliseSignature(text), impl]));
}

/** What a member does when a class of this API version calls it; undefined where it is not built. */
export function memberFor(
  { members, before }: PlatformClass,
  key: string,
  apiVersion: number,
): Implementation | undefined {
  for (const [version, older] of before) {
    const found = apiVersion < version ? older.get(key) : undefined;
    if (found) return found;
  }
  return members.get(key);
}

/**
 * Declares what is built of a platform class. Keys are:
 * - methods: `Integer indexOf(String)`, `static String format(String, List<Object>)`;
 * - constructors: `new (String, Integer)`;
 * - properties: `get Integer status`, `set Integer status`, `static get Integer MAX`.
 */
export function platformClass(
  name: string,
  members: Members,
  options: { notBuilt?: readonly string[]; before?: Readonly<Record<number, Members>> } = {},
): PlatformClass {
  const key = name.toLowerCase();
  if (registry.has(key)) throw new Error(`platform class ${name} is declared twice`);
  const built: PlatformClass = {
    name,
    members: byText(members),
    before: new Map(Object.entries(options.before ?? {}).map(([version, older]) => [Number(version), byText(older)])),
    notBuilt: new Set((options.notBuilt ?? []).map(normaliseSignature)),
  };
  registry.set(key, built);
  return built;
}

type MakeClass = (qualifiedName: string) => PlatformClass | null;

const onDemand = new Map<string, MakeClass>();
const made = new Map<string, PlatformClass | null>();

/** Declares a namespace whose classes are made from their signatures when they are first used; names in lower case. */
export function classesOnDemand(namespace: string, make: MakeClass): void {
  onDemand.set(namespace.toLowerCase(), make);
}

/** The class declared under this qualified name (any case), or null. */
export function platformClassOf(qualifiedName: string): PlatformClass | null {
  const key = qualifiedName.toLowerCase();
  const declared = registry.get(key);
  if (declared) return declared;
  const make = onDemand.get(key.slice(0, Math.max(0, key.indexOf('.'))));
  if (!make) return null;
  if (!made.has(key)) made.set(key, make(key));
  return made.get(key) ?? null;
}

/** All declared classes. */
export function platformClasses(): Iterable<PlatformClass> {
  return registry.values();
}
