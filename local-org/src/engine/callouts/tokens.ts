import { z } from 'zod';
import type { OAuthClient, OutboundResponse } from '../services.ts';
import { exchange } from './exchange.ts';

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().optional() });

/** A token is fetched anew this long before it would expire. */
const MARGIN_MS = 30_000;
/** Where the answer does not say how long it lives. */
const DEFAULT_LIFE_MS = 300_000;

export type TokenResult = { ok: true; token: string } | { ok: false; response: OutboundResponse };

/**
 * Access tokens of the OAuth 2.0 client-credentials flow (RFC 6749, 4.4), kept until shortly before they expire. Requests
 * for one client that come while its token is under way share it.
 */
export class TokenCache {
  private readonly kept = new Map<string, { token: string; until: number }>();
  private readonly underWay = new Map<string, Promise<TokenResult>>();

  async tokenFor(client: OAuthClient, timeoutMs: number): Promise<TokenResult> {
    const key = `${client.name}\n${client.tokenUrl}\n${client.clientId}`;
    const known = this.kept.get(key);
    if (known && known.until > Date.now()) return { ok: true, token: known.token };
    let request = this.underWay.get(key);
    if (!request) {
      request = this.fetch(key, client, timeoutMs).finally(() => this.underWay.delete(key));
      this.underWay.set(key, request);
    }
    return request;
  }

  /** After a 401: the token is not used again. */
  forget(token: string): void {
    for (const [key, entry] of this.kept) if (entry.token === token) this.kept.delete(key);
  }

  private async fetch(key: string, client: OAuthClient, timeoutMs: number): Promise<TokenResult> {
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (client.scope) form.set('scope', client.scope);
    const headers: [string, string][] = [['content-type', 'application/x-www-form-urlencoded']];
    if (client.authentication === 'basic') {
      const pair = `${encodeURIComponent(client.clientId)}:${encodeURIComponent(client.clientSecret)}`;
      headers.push(['authorization', `Basic ${Buffer.from(pair).toString('base64')}`]);
    } else {
      form.set('client_id', client.clientId);
      form.set('client_secret', client.clientSecret);
    }
    const response = await exchange({
      method: 'POST',
      url: client.tokenUrl,
      headers,
      body: Buffer.from(form.toString()),
      timeoutMs,
      oauth: null,
    });
    if (!response.ok) return { ok: false, response };
    const refused = (why: string): TokenResult => ({
      ok: false,
      response: { ok: false, kind: 'failed', message: `Unable to fetch the OAuth token. ${why}` },
    });
    if (response.status !== 200) return refused(`The token endpoint answered ${response.status}.`);
    const parsed = tokenAnswer.safeParse(jsonOrNull(response.body));
    if (!parsed.success) return refused('The answer of the token endpoint holds no access token.');
    const life = parsed.data.expires_in === undefined ? DEFAULT_LIFE_MS : parsed.data.expires_in * 1000;
    this.kept.set(key, { token: parsed.data.access_token, until: Date.now() + Math.max(0, life - MARGIN_MS) });
    return { ok: true, token: parsed.data.access_token };
  }
}

function jsonOrNull(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}
