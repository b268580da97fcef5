import { createPublicKey } from 'node:crypto';
import { decodeJwt, errors, jwtVerify } from 'jose';
import type { ConnectedApp } from './sessions.ts';

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** What an assertion may be for, besides the org itself. */
const AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/** Whom an assertion logs in and through which app, or why it does not. */
export type Assertion =
  { readonly app: ConnectedApp; readonly username: string } | { readonly error: string; readonly description: string };

/** Source: Salesforce Help, OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration. */
export async function readAssertion(
  assertion: string,
  apps: readonly ConnectedApp[],
  origin: string,
): Promise<Assertion> {
  const invalid = { error: 'invalid_grant', description: 'invalid assertion' };
  try {
    const { iss } = decodeJwt(assertion);
    const app = apps.find(({ clientId }) => clientId === iss);
    if (!app?.certificate) return { error: 'invalid_client_id', description: 'client identifier invalid' };
    const { payload } = await jwtVerify(assertion, createPublicKey(app.certificate), {
      algorithms: ['RS256'],
      audience: [...AUDIENCES, origin],
      requiredClaims: ['exp', 'sub', 'aud'],
    });
    return { app, username: payload.sub ?? '' };
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      return { error: 'invalid_grant', description: 'expired authorization code' };
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
      return { error: 'invalid_grant', description: 'audience is invalid' };
    }
    if (error instanceof errors.JOSEError) return invalid;
    throw error;
  }
}
