import { current } from '../../engine/current.ts';
import type { HasSortKeys } from '../../values/compare.ts';
import { raise, required } from '../../values/exception.ts';
import { ApexList } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import type { ApexMap } from '../../values/map.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { platformClass } from '../define.ts';

/** A System.Cookie. Source: Apex Reference, Cookie class. */
class Cookie {
  static readonly apexName = 'System.Cookie';
  readonly name: string;
  readonly value: string | null;
  readonly path: string | null;
  readonly maxAge: number | null;
  readonly secure: boolean;
  readonly sameSite: string | null;
  readonly httpOnly: boolean;

  constructor(
    name: string | null,
    value: string | null,
    path: string | null,
    maxAge: number | null,
    secure: boolean | null,
    sameSite: string | null = null,
    httpOnly: boolean | null = false,
  ) {
    this.name = required(name);
    this.value = value;
    this.path = path;
    this.maxAge = maxAge;
    this.secure = secure === true;
    this.sameSite = sameSite;
    this.httpOnly = httpOnly === true;
  }

  toString(): string {
    return `${this.name}=${this.value ?? ''}`;
  }
}

/** A System.PageReference: an address, its parameters and anchor apart. */
export class PageReference {
  static readonly apexName = 'System.PageReference';
  readonly path: string;
  readonly parameters: ApexMap;
  readonly headers: ApexMap;
  readonly cookies = new Map<string, Cookie>();
  anchor: string | null;
  redirect = false;
  redirectCode = 0;

  constructor(address: string) {
    const [, path = '', query = '', anchor] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(address) ?? [];
    const { universe } = current;
    this.path = path;
    this.anchor = anchor ?? null;
    this.headers = mapOf(universe.String, universe.String);
    this.parameters = mapOf(universe.String, universe.String);
    for (const [name, value] of new URLSearchParams(query)) this.parameters.put(name, value);
  }

  get url(): string {
    const pairs = [...this.parameters.entries()].filter(([, value]) => value !== null);
    const query = new URLSearchParams(
      pairs.map(([name, value]): [string, string] => [String(name), String(value)]),
    ).toString();
    return `${this.path}${query === '' ? '' : `?${query}`}${this.anchor === null ? '' : `#${this.anchor}`}`;
  }

  toString(): string {
    return `System.PageReference[${this.url}]`;
  }
}

function ofRecord(record: SObjectValue | null): PageReference {
  const { id } = required(record);
  return id === null ? raise('System.NullPointerException', 'Argument cannot be null.') : new PageReference(`/${id}`);
}

export const PageReferenceClass = platformClass(
  'System.PageReference',
  {
    'new (String)': (address: string | null) => new PageReference(required(address)),
    'new (SObject)': ofRecord,
    'String getAnchor()': (page: PageReference) => page.anchor,
    'Map<String, Cookie> getCookies()': (page: PageReference) => {
      const { universe } = current;
      return mapOf(universe.String, universe.platform('System.Cookie'), page.cookies);
    },
    'Map<String, String> getHeaders()': (page: PageReference) => page.headers,
    'Map<String, String> getParameters()': (page: PageReference) => page.parameters,
    'Boolean getRedirect()': (page: PageReference) => page.redirect,
    'Integer getRedirectCode()': (page: PageReference) => page.redirectCode,
    'String getUrl()': (page: PageReference) => page.url,
    'PageReference setAnchor(String)': (page: PageReference, anchor: string | null) => {
      page.anchor = anchor;
      return page;
    },
    'void setCookies(List<Cookie>)': (page: PageReference, cookies: ApexList | null) => {
      for (const cookie of required(cookies).items as Cookie[]) page.cookies.set(cookie.name, cookie);
    },
    'PageReference setRedirect(Boolean)': (page: PageReference, redirect: boolean | null) => {
      page.redirect = redirect === true;
      return page;
    },
    'PageReference setRedirectCode(Integer)': (page: PageReference, code: number | null) => {
      page.redirectCode = required(code);
      return page;
    },
  },
  {
    notBuilt: [
      'Blob getContent()',
      'Blob getContentAsPDF()',
      'static PageReference forResource(String)',
      'static PageReference forResource(String, String)',
    ],
  },
);

type CookieArgs = ConstructorParameters<typeof Cookie>;

export const CookieClass = platformClass(
  'System.Cookie',
  {
    'new (String, String, String, Integer, Boolean)': (...args: CookieArgs) => new Cookie(...args),
    'new (String, String, String, Integer, Boolean, String)': (...args: CookieArgs) => new Cookie(...args),
    'new (String, String, String, Integer, Boolean, String, Boolean)': (...args: CookieArgs) => new Cookie(...args),
    'Integer getMaxAge()': (cookie: Cookie) => cookie.maxAge,
    'String getName()': (cookie: Cookie) => cookie.name,
    'String getPath()': (cookie: Cookie) => cookie.path,
    'String getSameSite()': (cookie: Cookie) => cookie.sameSite,
    'String getValue()': (cookie: Cookie) => cookie.value,
    'Boolean isSecure()': (cookie: Cookie) => cookie.secure,
    'Boolean isHttpOnly()': (cookie: Cookie) => cookie.httpOnly,
  },
  { notBuilt: ['String getDomain()'] },
);

/** A System.SelectOption. */
export class SelectOption implements HasSortKeys {
  static readonly apexName = 'System.SelectOption';
  value: string | null;
  label: string | null;
  disabled: boolean;
  escapeItem = true;

  constructor(value: string | null, label: string | null, disabled: boolean | null) {
    this.value = value;
    this.label = label;
    this.disabled = disabled === true;
  }

  /** Apex Developer Guide, List Sorting, Default Sort Order for SelectOption. */
  get sortKeys(): readonly (string | null)[] {
    return [this.value, this.label];
  }

  /** unverified. */
  toString(): string {
    return `System.SelectOption[value="${this.value}", label="${this.label}", disabled="${this.disabled}"]`;
  }
}

export const SelectOptionClass = platformClass('System.SelectOption', {
  'new (String, String)': (value: string | null, label: string | null) => new SelectOption(value, label, false),
  'new (String, String, Boolean)': (value: string | null, label: string | null, disabled: boolean | null) =>
    new SelectOption(value, label, disabled),
  'Boolean getDisabled()': (option: SelectOption) => option.disabled,
  'Boolean getEscapeItem()': (option: SelectOption) => option.escapeItem,
  'String getLabel()': (option: SelectOption) => option.label,
  'String getValue()': (option: SelectOption) => option.value,
  'void setDisabled(Boolean)': (option: SelectOption, on: boolean | null) => void (option.disabled = on === true),
  'void setEscapeItem(Boolean)': (option: SelectOption, on: boolean | null) => void (option.escapeItem = on === true),
  'void setLabel(String)': (option: SelectOption, label: string | null) => void (option.label = label),
  'void setValue(String)': (option: SelectOption, value: string | null) => void (option.value = value),
});
