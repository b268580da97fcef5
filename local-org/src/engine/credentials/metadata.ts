import { ElementReader } from '../../schema/elementReader.ts';
import type { OrgMetadata } from '../../schema/orgMetadata.ts';
import { readRoot } from '../../schema/projectFiles.ts';
import type { MetadataFile, MetadataFiles } from '../../schema/projectFiles.ts';
import type { Problem } from '../../schema/xml.ts';

/** One NamedCredential of the project. */
export interface NamedCredential {
  readonly name: string;
  readonly url: string;
  /** Null: no authentication. */
  readonly externalCredential: string | null;
  readonly authorizationHeader: boolean;
  readonly headers: readonly (readonly [string, string])[];
  readonly enabled: boolean;
}

/** One ExternalCredential of the project. */
export interface ExternalCredential {
  readonly name: string;
  readonly protocol: 'clientCredentials' | 'custom' | 'none';
  /** How the client identifies itself to the token endpoint. */
  readonly clientAuthentication: 'basic' | 'body';
  readonly tokenUrl: string | null;
  readonly scope: string | null;
  readonly principals: readonly string[];
  /** Of protocol Custom: headers whose values may hold `{!$Credential.Name.Parameter}`. */
  readonly headers: readonly (readonly [string, string])[];
}

/** What permission sets and profiles of the project grant on credentials; by name of the permission set or profile. */
export interface CredentialGrants {
  /** `Credential-Principal`. */
  readonly principals: ReadonlyMap<string, ReadonlySet<string>>;
  readonly readsUserExternalCredentials: ReadonlySet<string>;
}

export interface CalloutMetadata {
  readonly named: ReadonlyMap<string, NamedCredential>;
  readonly external: ReadonlyMap<string, ExternalCredential>;
  readonly grants: CredentialGrants;
  /** Addresses that Apex may call without a named credential, in lower case. */
  readonly remoteSites: readonly string[];
}

/** Reads what the project says about callouts. What is not simulated is a problem. */
export function readCalloutMetadata(files: MetadataFiles, org: OrgMetadata, problems: Problem[]): CalloutMetadata {
  const named = new Map<string, NamedCredential>();
  each(files, 'namedCredential', 'NamedCredential', problems, (reader, file) => {
    named.set(file.fullName.toLowerCase(), namedCredential(reader, file));
  });
  const external = new Map<string, ExternalCredential>();
  each(files, 'externalCredential', 'ExternalCredential', problems, (reader, file) => {
    external.set(file.fullName.toLowerCase(), externalCredential(reader, file));
  });
  const remoteSites: string[] = [];
  each(files, 'remoteSite', 'RemoteSiteSetting', problems, (reader) => {
    const url = reader.required('url');
    if (reader.boolean('isActive')) remoteSites.push(url.toLowerCase().replace(/\/+$/, ''));
    reader.ignore('description', 'disableProtocolSecurity', 'fullName');
    reader.finish();
  });
  return { named, external, grants: credentialGrants(org), remoteSites };
}

function credentialGrants(org: OrgMetadata): CredentialGrants {
  const principals = new Map<string, Set<string>>();
  const readers = new Set<string>();
  for (const { name, objects, externalCredentialPrincipals } of [...org.permissionSets, ...org.profiles]) {
    const key = name.toLowerCase();
    principals.set(key, new Set(externalCredentialPrincipals.map((principal) => principal.toLowerCase())));
    if (objects.some(({ object, read }) => object === 'UserExternalCredential' && read)) readers.add(key);
  }
  return { principals, readsUserExternalCredentials: readers };
}

function each(
  files: MetadataFiles,
  kind: string,
  root: string,
  problems: Problem[],
  read: (reader: ElementReader, file: MetadataFile) => void,
): void {
  for (const file of files.get(kind) ?? []) {
    const element = readRoot(file, root, problems);
    if (element) read(new ElementReader(element, file.path, problems), file);
  }
}

function namedCredential(reader: ElementReader, file: MetadataFile): NamedCredential {
  reader.ignore('label', 'fullName', 'allowMergeFieldsInBody', 'allowMergeFieldsInHeader', 'outboundNetworkConnection');
  const type = reader.text('namedCredentialType') ?? 'Legacy';
  const enabled = reader.choice('calloutStatus', ['Enabled', 'Disabled'], 'Enabled') === 'Enabled';
  const authorizationHeader = reader.boolean('generateAuthorizationHeader', true);
  let url = '';
  let external: string | null = null;
  const headers: [string, string][] = [];
  if (type === 'Legacy') {
    url = reader.required('endpoint');
    const protocol = reader.text('protocol') ?? 'NoAuthentication';
    reader.ignore('principalType');
    if (protocol !== 'NoAuthentication') {
      reader.notBuilt(
        reader.element,
        `legacy named credentials with protocol ${protocol}: use a SecuredEndpoint with an external credential`,
      );
    }
  } else if (type !== 'SecuredEndpoint') {
    reader.notBuilt(reader.element, `named credentials of type ${type}: local-org has SecuredEndpoint and Legacy`);
  }
  for (const parameter of reader.readers('namedCredentialParameters')) {
    const kind = parameter.required('parameterType');
    const value = parameter.text('parameterValue') ?? '';
    const name = parameter.text('parameterName') ?? '';
    const credential = parameter.text('externalCredential');
    parameter.ignore('sequenceNumber', 'description');
    parameter.finish();
    if (kind === 'Url') url = value;
    else if (kind === 'Authentication') external = credential;
    else if (kind === 'HttpHeader') {
      if (value.includes('{!')) parameter.notBuilt(parameter.element, `formulas in the header ${name}`);
      headers.push([name, value]);
    } else parameter.notBuilt(parameter.element, `named credential parameters of type ${kind}`);
  }
  reader.finish();
  return { name: file.fullName, url, externalCredential: external, authorizationHeader, headers, enabled };
}

function externalCredential(reader: ElementReader, file: MetadataFile): ExternalCredential {
  reader.ignore('label', 'fullName', 'description');
  const protocol = reader.required('authenticationProtocol');
  const principals: string[] = [];
  const headers: [string, string][] = [];
  let variant = '';
  let tokenUrl: string | null = null;
  let scope: string | null = null;
  for (const parameter of reader.readers('externalCredentialParameters')) {
    const kind = parameter.required('parameterType');
    const name = parameter.text('parameterName') ?? '';
    const value = parameter.text('parameterValue') ?? '';
    parameter.ignore('parameterGroup', 'sequenceNumber', 'description');
    parameter.finish();
    if (kind === 'NamedPrincipal') principals.push(name);
    else if (kind === 'AuthProtocolVariant') variant = value;
    else if (kind === 'AuthProviderUrl') tokenUrl = value;
    else if (kind === 'AuthParameter' && name === 'Scope') scope = value;
    else if (kind === 'AuthHeader') headers.push([name, value]);
    else parameter.notBuilt(parameter.element, `external credential parameters of type ${kind}`);
  }
  reader.finish();
  const known: Record<string, ExternalCredential['protocol'] | undefined> = {
    Oauth: variant.startsWith('ClientCredentials') ? 'clientCredentials' : undefined,
    Custom: 'custom',
    NoAuthentication: 'none',
  };
  const built = known[protocol];
  if (!built) {
    const which = variant === '' ? protocol : `${protocol}, ${variant}`;
    reader.notBuilt(
      reader.element,
      `external credentials of protocol ${which}: local-org has OAuth client credentials, Custom and NoAuthentication`,
    );
  }
  const clientAuthentication = /Body$/.test(variant) ? 'body' : 'basic';
  return { name: file.fullName, protocol: built ?? 'none', clientAuthentication, tokenUrl, scope, principals, headers };
}
