import { z } from 'zod';
import type { OAuthClient } from '../services.ts';
import type { CalloutMetadata, ExternalCredential } from './metadata.ts';

/**
 * What an administrator enters after deployment: secrets by external credential, addresses by named credential. Names in
 * any case. Never logged.
 */
export const credentialSettings = z.strictObject({
  credentials: z
    .record(
      z.string(),
      z.strictObject({
        clientId: z.string().optional(),
        clientSecret: z.string().optional(),
        tokenUrl: z.url().optional(),
        /** `{!$Credential.Name.Parameter}` of protocol Custom. */
        parameters: z.record(z.string(), z.string()).optional(),
      }),
    )
    .default({}),
  /** Instead of the URL in the metadata. */
  endpoints: z.record(z.string(), z.url()).default({}),
});

export type CredentialSettings = z.output<typeof credentialSettings>;

export interface ResolvedCredential {
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly oauth: OAuthClient | null;
}

/** Named credentials as one user may use them. */
export class Credentials {
  private readonly metadata: CalloutMetadata;
  private readonly settings: CredentialSettings;

  constructor(metadata: CalloutMetadata, settings: CredentialSettings) {
    this.metadata = metadata;
    this.settings = settings;
  }

  /** True where a remote site setting (or the address of a named credential) covers the URL. */
  allowsUrl(url: string): boolean {
    const wanted = url.toLowerCase();
    return this.metadata.remoteSites.some((site) => wanted === site || wanted.startsWith(`${site}/`));
  }

  /**
   * `granted` are the permission sets and the profile of the running user. The messages of problems are those of
   * System.CalloutException.
   */
  resolve(name: string, granted: readonly string[]): ResolvedCredential | { readonly problem: string } {
    const named = this.metadata.named.get(name.toLowerCase());
    if (!named || !named.enabled) {
      return {
        problem:
          "The callout couldn't access the endpoint. You might not have the required permissions, or the named " +
          `credential "${name}" might not exist.`,
      };
    }
    const url = entry(this.settings.endpoints, named.name) ?? named.url;
    if (named.externalCredential === null) return { url, headers: named.headers, oauth: null };
    const external = this.metadata.external.get(named.externalCredential.toLowerCase());
    const principal = external && this.principalOf(external, granted);
    if (!external || principal === null || principal === undefined) {
      return {
        problem:
          "We couldn't access the credential(s). You might not have the required permissions, or the external " +
          `credential "${named.externalCredential}" might not exist.`,
      };
    }
    const settings = entry(this.settings.credentials, external.name) ?? {};
    const headers = [...named.headers];
    if (external.protocol === 'custom') {
      for (const [header, value] of external.headers) {
        const filled = fill(value, external, settings.parameters ?? {});
        if (typeof filled !== 'string') return filled;
        headers.push([header, filled]);
      }
    }
    if (external.protocol !== 'clientCredentials' || !named.authorizationHeader) return { url, headers, oauth: null };
    const { clientId, clientSecret } = settings;
    const tokenUrl = settings.tokenUrl ?? external.tokenUrl;
    if (!clientId || !clientSecret || !tokenUrl) {
      const missing = !clientId ? 'clientId' : !clientSecret ? 'clientSecret' : 'tokenUrl';
      return {
        problem: `The external credential "${external.name}" is not set up: its ${missing} has not been entered.`,
      };
    }
    const { clientAuthentication: authentication, scope } = external;
    const client: OAuthClient = { name: principal, tokenUrl, clientId, clientSecret, authentication, scope };
    return { url, headers, oauth: client };
  }

  /** The first principal that the user may use, as `Credential-Principal`; null for none. */
  private principalOf(external: ExternalCredential, granted: readonly string[]): string | null {
    const { principals, readsUserExternalCredentials } = this.metadata.grants;
    const keys = granted.map((name) => name.toLowerCase());
    if (!keys.some((key) => readsUserExternalCredentials.has(key))) return null;
    for (const principal of external.principals) {
      const wanted = `${external.name}-${principal}`;
      if (keys.some((key) => principals.get(key)?.has(wanted.toLowerCase()))) return wanted;
    }
    return null;
  }
}

function entry<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : record[key];
}

function fill(
  value: string,
  external: ExternalCredential,
  parameters: Readonly<Record<string, string>>,
): string | { readonly problem: string } {
  let problem: string | null = null;
  const filled = value.replace(/\{!([^}]*)\}/g, (_whole, formula: string) => {
    const match = /^\s*\$Credential\.(\w+)\.(\w+)\s*$/.exec(formula);
    const parameter = match?.[1]?.toLowerCase() === external.name.toLowerCase() ? match[2] : undefined;
    const found = parameter === undefined ? undefined : entry(parameters, parameter);
    if (found === undefined) {
      problem = `The external credential "${external.name}" is not set up: local-org can't fill in {!${formula}}.`;
    }
    return found ?? '';
  });
  return problem === null ? filled : { problem };
}
