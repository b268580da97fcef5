import { current } from '../../engine/current.ts';
import { ApexMap, mapOf } from '../../values/map.ts';
import { platformClass } from '../define.ts';
import { serialize } from '../System/json/serialize.ts';

/** Seconds for which a token is good. Source: Apex Reference, JWT.setValidityLength. */
const USUAL_VALIDITY = 300;

/** The claims of a JSON web token. */
class JWT {
  static readonly apexName = 'Auth.JWT';
  additional: ApexMap | null = null;
  audience: string | null = null;
  issuer: string | null = null;
  subject: string | null = null;
  notBeforeSkew: number | null = null;
  validity = USUAL_VALIDITY;

  /** The claims set, from now on. unverified: the order of the claims. */
  toJson(): string {
    const now = Math.floor(current.tx.services.now() / 1000);
    const claims: [string, unknown][] = [
      ['iss', this.issuer],
      ['sub', this.subject],
      ['aud', this.audience],
      ['nbf', this.notBeforeSkew === null ? null : now - this.notBeforeSkew],
      ['iat', now],
      ['exp', now + this.validity],
      ...((this.additional?.entries() ?? []) as Iterable<[string, unknown]>),
    ];
    const { String: text, Object: anything } = current.universe;
    // JSON has what was put last first.
    return serialize(mapOf(text, anything, claims.filter(([, value]) => value !== null).reverse()), false, false);
  }
}

type Text = string | null;

export const JWTClass = platformClass('Auth.JWT', {
  'new ()': () => new JWT(),
  'Auth.JWT clone()': (token: JWT) => Object.assign(new JWT(), token),
  'Map<String, Object> getAdditionalClaims()': (token: JWT) => token.additional,
  'String getAud()': (token: JWT) => token.audience,
  'String getIss()': (token: JWT) => token.issuer,
  'Integer getNbfClockSkew()': (token: JWT) => token.notBeforeSkew,
  'String getSub()': (token: JWT) => token.subject,
  'Integer getValidityLength()': (token: JWT) => token.validity,
  'void setAdditionalClaims(Map<String, Object>)': (token: JWT, claims: ApexMap | null) =>
    void (token.additional = claims),
  'void setAud(String)': (token: JWT, audience: Text) => void (token.audience = audience),
  'void setIss(String)': (token: JWT, issuer: Text) => void (token.issuer = issuer),
  'void setNbfClockSkew(Integer)': (token: JWT, seconds: number | null) => void (token.notBeforeSkew = seconds),
  'void setSub(String)': (token: JWT, subject: Text) => void (token.subject = subject),
  'void setValidityLength(Integer)': (token: JWT, seconds: number | null) =>
    void (token.validity = seconds ?? USUAL_VALIDITY),
  'String toJSONString()': (token: JWT) => token.toJson(),
});
