import type { CompiledUnit } from '../../../apex/compile.ts';
import type { MethodSymbol } from '../../../types/type.ts';

export type HttpVerb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A class annotated `@RestResource`. */
export interface RestResource {
  readonly className: string;
  /** `/Notes/*`, as the class spells it. */
  readonly urlMapping: string;
  readonly methods: ReadonlyMap<HttpVerb, MethodSymbol>;
}

const VERBS: readonly HttpVerb[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The Apex REST resources of a project. */
export function restResources(units: readonly CompiledUnit[]): RestResource[] {
  return units.flatMap(({ declared }) => {
    if (declared.kind !== 'class') return [];
    const { def } = declared;
    const annotation = def.decl.modifiers.annotations.find(({ name }) => /^restresource$/i.test(name));
    const urlMapping = annotation?.values.find(({ name }) => /^urlmapping$/i.test(name))?.value;
    if (urlMapping === undefined) return [];
    const methods = new Map<HttpVerb, MethodSymbol>();
    for (const method of [...def.methods.values()].flat()) {
      for (const verb of VERBS) if (method.annotations.includes(`http${verb.toLowerCase()}`)) methods.set(verb, method);
    }
    return [{ className: def.name, urlMapping, methods }];
  });
}

/**
 * The resource of an address after `/services/apexrest`: one that is spelt the same comes before those with a wildcard, and
 * of these the longest. Case matters. Source: Apex Developer Guide, RestResource Annotation, URL Guidelines.
 */
export function resourceFor(resources: readonly RestResource[], path: string): RestResource | null {
  const exact = resources.find(({ urlMapping }) => urlMapping === path);
  if (exact) return exact;
  const fitting = resources.filter(({ urlMapping }) => urlMapping.includes('*') && pattern(urlMapping).test(path));
  return fitting.toSorted((a, b) => b.urlMapping.length - a.urlMapping.length)[0] ?? null;
}

function pattern(urlMapping: string): RegExp {
  const parts = urlMapping.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  // At the end a wildcard stands for all that follows, elsewhere for one part of the path.
  const last = parts.length - 1;
  return new RegExp(
    `^${parts.map((part, at) => (at === 0 ? part : `${at === last && part === '' ? '.*' : '[^/]*'}${part}`)).join('')}$`,
  );
}
