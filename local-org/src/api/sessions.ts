import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A connected app: what may ask for tokens, and as whom it then acts. */
export interface ConnectedApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  /** PEM of the certificate or public key that its assertions are signed for; without one it has no JWT bearer flow. */
  readonly certificate?: string | undefined;
}

interface Session {
  readonly userId: string;
  readonly until: number;
}

/** As a session setting of two hours. */
const LIFE_MS = 2 * 3_600_000;

/** Access tokens that have been given out. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private readonly organizationId: string;

  constructor(organizationId: string) {
    this.organizationId = organizationId;
  }

  /** In the form of Salesforce's: the org's id, an exclamation mark, a secret. */
  open(userId: string): string {
    const token = `${this.organizationId.slice(0, 15)}!${randomBytes(48).toString('base64url')}`;
    this.sessions.set(token, { userId, until: Date.now() + LIFE_MS });
    return token;
  }

  /** The user of an Authorization header, or null. */
  userOf(authorization: string | undefined): string | null {
    const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    const session = token === undefined ? undefined : this.sessions.get(token);
    if (!session || token === undefined) return null;
    if (session.until > Date.now()) return session.userId;
    this.sessions.delete(token);
    return null;
  }

  close(token: string): void {
    this.sessions.delete(token);
  }
}

/** Compares secrets in a time that tells nothing of them. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
