import { current } from '../../engine/current.ts';
import { enumValueOf } from '../../values/enum.ts';
import { platformClass } from '../define.ts';

/** A System.Domain: a host name of the org, taken apart. */
export class Domain {
  static readonly apexName = 'System.Domain';
  readonly type: string;
  readonly myDomainName: string;
  readonly packageName: string | null;

  constructor(type: string, myDomainName: string, packageName: string | null) {
    this.type = type;
    this.myDomainName = myDomainName;
    this.packageName = packageName;
  }
}

export const DomainClass = platformClass('System.Domain', {
  'DomainType getDomainType()': ({ type }: Domain) => enumValueOf(current.universe.platform('System.DomainType'), type),
  'String getMyDomainName()': ({ myDomainName }: Domain) => myDomainName,
  'String getPackageName()': ({ packageName }: Domain) => packageName,
  // The org is no sandbox.
  'String getSandboxName()': () => null,
  // Apex Reference, Domain Class: null where enhanced domains are on, as in every org.
  'String getSitesSubdomainName()': () => null,
});
