import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { Domain } from './Domain.ts';
import { ApexUrl, orgAddress } from './Url.ts';

/** What follows the org's name in its hosts, by the kind of domain. Source: Salesforce Help, My Domain URL Formats. */
const SUFFIXES: Readonly<Record<string, string>> = {
  'my.salesforce.com': 'ORG_MY_DOMAIN',
  'lightning.force.com': 'LIGHTNING_DOMAIN',
  'vf.force.com': 'VISUALFORCE_DOMAIN',
  'container.force.com': 'LIGHTNING_CONTAINER_COMPONENT_DOMAIN',
  'file.force.com': 'CONTENT_DOMAIN',
  'my.site.com': 'EXPERIENCE_CLOUD_SITES_DOMAIN',
  'builder.salesforce-experience.com': 'EXPERIENCE_CLOUD_SITES_BUILDER_DOMAIN',
  'preview.salesforce-experience.com': 'EXPERIENCE_CLOUD_SITES_PREVIEW_DOMAIN',
  'live-preview.salesforce-experience.com': 'EXPERIENCE_CLOUD_SITES_LIVE_PREVIEW_DOMAIN',
  'my.salesforce-sites.com': 'SALESFORCE_SITES_DOMAIN',
  'my.salesforce-setup.com': 'SETUP_DOMAIN',
};

/** Kinds whose hosts name a package behind the org. */
const WITH_PACKAGE = ['VISUALFORCE_DOMAIN', 'LIGHTNING_CONTAINER_COMPONENT_DOMAIN'];

/**
 * Takes a host of this org apart.
 *
 * @throws System.InvalidParameterValueException for any other host (Apex Reference, DomainParser.parse); unverified text
 */
function parse(text: string): Domain {
  const host = text.toLowerCase();
  const own = new ApexUrl(orgAddress.url).host.toLowerCase();
  const [name = ''] = own.split('.');
  // An org that is served here has the address of this machine.
  if (host === own) return new Domain('ORG_MY_DOMAIN', name, null);
  const dot = host.indexOf('.');
  const type = SUFFIXES[host.slice(dot + 1)];
  const [org, packageName = null] = host.slice(0, dot).split('--');
  if (type === undefined || org !== name || (packageName !== null) !== WITH_PACKAGE.includes(type)) {
    raise('System.InvalidParameterValueException', `Invalid hostname: ${text}`);
  }
  return new Domain(type, name, packageName);
}

export const DomainParserClass = platformClass('System.DomainParser', {
  // The reference asks for a host without protocol, and gives a whole address as its example.
  'static Domain parse(String)': (host: string | null) => {
    const text = required(host);
    return parse(/^[a-z]+:/i.test(text) ? new ApexUrl(text).host : text);
  },
  'static Domain parse(Url)': (url: ApexUrl | null) => parse(required(url).host),
});
