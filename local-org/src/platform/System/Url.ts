import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };

/** A System.Url, split as java.net.URL does: nothing is decoded or put in order. */
export class ApexUrl {
  static readonly apexName = 'System.Url';
  readonly protocol: string;
  readonly authority: string;
  readonly userInfo: string | null;
  readonly host: string;
  /** -1 where none is written. */
  readonly port: number;
  readonly path: string;
  readonly query: string | null;
  readonly ref: string | null;

  /** @throws System.StringException for text that is no URL (unverified: the type) */
  constructor(spec: string) {
    const match = /^\s*([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*?))?\s*$/.exec(spec);
    const [, protocol = '', authority = '', path = '', query, ref] =
      match ?? raise('System.StringException', `no protocol: ${spec}`);
    const at = authority.lastIndexOf('@');
    const hostPort = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.slice(at + 1));
    this.protocol = protocol.toLowerCase();
    this.authority = authority;
    this.userInfo = at < 0 ? null : authority.slice(0, at);
    this.host = hostPort?.[1] ?? '';
    this.port = hostPort?.[2] ? Number(hostPort[2]) : -1;
    this.path = path;
    this.query = query ?? null;
    this.ref = ref ?? null;
  }

  get file(): string {
    return this.query === null ? this.path : `${this.path}?${this.query}`;
  }

  get defaultPort(): number {
    return PORTS[this.protocol] ?? -1;
  }

  get valueKey(): string {
    return `\0url${this.toString()}`;
  }

  sameFile(other: ApexUrl): boolean {
    const port = (url: ApexUrl): number => (url.port < 0 ? url.defaultPort : url.port);
    return (
      this.protocol === other.protocol &&
      this.host.toLowerCase() === other.host.toLowerCase() &&
      port(this) === port(other) &&
      this.file === other.file
    );
  }

  toString(): string {
    const authority = this.authority ? `//${this.authority}` : '';
    return `${this.protocol}:${authority}${this.file}${this.ref === null ? '' : `#${this.ref}`}`;
  }
}

/** Where the org is reached; the server that runs it says so. */
export const orgAddress = { url: 'https://local-org.my.salesforce.com' };

type Text = string | null;

/** Resolves text against a URL. */
function relative(base: ApexUrl, spec: string): ApexUrl {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(spec)) return new ApexUrl(spec);
  return new ApexUrl(new URL(spec, base.toString()).toString());
}

export const UrlClass = platformClass(
  'System.Url',
  {
    'new (String)': (spec: Text) => new ApexUrl(required(spec)),
    'new (Url, String)': (base: ApexUrl | null, spec: Text) => relative(required(base), required(spec)),
    'new (String, String, String)': (protocol: Text, host: Text, file: Text) =>
      new ApexUrl(`${required(protocol)}://${required(host)}${required(file)}`),
    'new (String, String, Integer, String)': (protocol: Text, host: Text, port: number | null, file: Text) =>
      new ApexUrl(`${required(protocol)}://${required(host)}${required(port) < 0 ? '' : `:${port}`}${required(file)}`),
    'String getAuthority()': (url: ApexUrl) => url.authority || null,
    'Integer getDefaultPort()': (url: ApexUrl) => url.defaultPort,
    'String getFile()': (url: ApexUrl) => url.file,
    'String getHost()': (url: ApexUrl) => url.host,
    'String getPath()': (url: ApexUrl) => url.path,
    'Integer getPort()': (url: ApexUrl) => url.port,
    'String getProtocol()': (url: ApexUrl) => url.protocol,
    'String getQuery()': (url: ApexUrl) => url.query,
    'String getRef()': (url: ApexUrl) => url.ref,
    'String getUserInfo()': (url: ApexUrl) => url.userInfo,
    'Boolean sameFile(Url)': (url: ApexUrl, other: ApexUrl | null) => url.sameFile(required(other)),
    'String toExternalForm()': (url: ApexUrl) => url.toString(),
    'String toString()': (url: ApexUrl) => url.toString(),
    'static Url getOrgDomainUrl()': () => new ApexUrl(orgAddress.url),
    'static Url getSalesforceBaseUrl()': () => new ApexUrl(orgAddress.url),
  },
  { notBuilt: ['static Url getCurrentRequestUrl()', 'static String getFileFieldURL(String, String)'] },
);
