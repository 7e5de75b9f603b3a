import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds that every answer takes, as over a network: a test that does not wait for a sign-in fails each time. */
const LATENCY = 30;

/** An OpenID provider with the code flow, PKCE and refresh tokens, which signs in whoever was named beforehand. */
export class FakeProvider {
  /** Who signs in next: an agent's id. */
  person = 'agent-1';
  personName = 'Camille Durand';
  /** Refuses to renew from now on. */
  expired = false;
  /** Seconds that an access token lasts. */
  lifetime = 3600;

  private readonly codes = new Map<string, { person: string; challenge: string; nonce: string | null }>();
  private readonly tokens = new Map<string, string>();
  private readonly refreshTokens = new Map<string, string>();

  constructor(
    private readonly issuer: () => string,
    private readonly clientId: string,
  ) {}

  /** The person whom an access token stands for. */
  personOf(authorization: string | undefined): string | undefined {
    return this.tokens.get(authorization?.replace('Bearer ', '') ?? '');
  }

  /** What the desk keeps of a sign-in in its session storage, as key and value, for a test that begins after it. */
  session(): [key: string, user: string] {
    const grant = this.grant(this.person, null);
    const profile = { sub: this.person, preferred_username: this.person, name: this.personName };
    const user = { ...grant, profile, expires_at: Math.floor(Date.now() / 1000) + grant.expires_in };
    return [`guichet.user:${this.issuer()}:${this.clientId}`, JSON.stringify(user)];
  }

  revokeAccess(): void {
    this.tokens.clear();
  }

  async handle(path: string, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    await setTimeout(LATENCY);
    if (path === '/.well-known/openid-configuration') return json(response, 200, this.metadata());
    if (path === '/authorize') return this.authorize(url, response);
    if (path === '/token') return json(response, ...this.token(new URLSearchParams(await bodyOf(request))));
    if (path === '/logout') return redirect(response, url.searchParams.get('post_logout_redirect_uri') ?? '/');
    json(response, 404, {});
  }

  private metadata() {
    const issuer = this.issuer();
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      end_session_endpoint: `${issuer}/logout`,
      jwks_uri: `${issuer}/keys`,
    };
  }

  private authorize(url: URL, response: ServerResponse): void {
    const { searchParams: query } = url;
    const code = randomUUID();
    this.codes.set(code, {
      person: this.person,
      challenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce'),
    });
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    redirect(response, back.href);
  }

  private token(form: URLSearchParams): [number, object] {
    const refresh = form.get('refresh_token');
    if (refresh) {
      const person = this.refreshTokens.get(refresh);
      if (!person || this.expired) return [400, { error: 'invalid_grant' }];
      return [200, this.grant(person, null)];
    }
    const code = this.codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || code.challenge !== challenge) return [400, { error: 'invalid_grant' }];
    return [200, this.grant(code.person, code.nonce)];
  }

  private grant(person: string, nonce: string | null) {
    const access = randomUUID();
    const refresh = randomUUID();
    this.tokens.set(access, person);
    this.refreshTokens.set(refresh, person);
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.issuer(),
      aud: this.clientId,
      sub: person,
      preferred_username: person,
      name: this.personName,
      iat: now,
      exp: now + this.lifetime,
      ...(nonce ? { nonce } : {}),
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return {
      access_token: access,
      refresh_token: refresh,
      id_token: `${part({ alg: 'none' })}.${part(claims)}.`,
      token_type: 'Bearer',
      expires_in: this.lifetime,
      scope: 'openid profile offline_access',
    };
  }
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export function json(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body));
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { Location: location }).end();
}
