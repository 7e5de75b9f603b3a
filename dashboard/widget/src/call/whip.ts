import { Problem } from '../api';

/** How long a request may take, in milliseconds. */
const PATIENCE = 5_000;

/** A session at the media node: WHIP (RFC 9725), with an answer that carries audio back as well. */
export class WhipSession {
  private constructor(
    private readonly url: URL,
    private readonly ticket: string,
    readonly answer: string,
  ) {}

  /** Sends a complete offer. The ticket that opens a session also restarts and ends it. */
  static async open(origin: string, offer: string, ticket: string, signal: AbortSignal): Promise<WhipSession> {
    const url = new URL('/media/whip', origin);
    const response = await send(url, ticket, 'POST', 'sdp', offer, signal);
    const location = response.headers.get('Location') ?? '';
    return new WhipSession(new URL(location, url), ticket, await response.text());
  }

  /** Restarts ICE: takes a fragment of the new offer and returns one of the new answer (RFC 9725, section 4.3.2). */
  async restart(fragment: string): Promise<string> {
    return (await send(this.url, this.ticket, 'PATCH', 'trickle-ice-sdpfrag', fragment)).text();
  }

  /** Ends the session, even while the page is being left. Settles, and never rejects, soon after. */
  async remove(): Promise<void> {
    await send(this.url, this.ticket, 'DELETE').catch(() => {});
  }
}

async function send(
  url: URL,
  ticket: string,
  method: 'POST' | 'PATCH' | 'DELETE',
  type?: string,
  body?: string,
  signal?: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { Authorization: `Bearer ${ticket}` };
  if (type) headers['Content-Type'] = `application/${type}`;
  if (method === 'PATCH') headers['If-Match'] = '*'; // a restart is of whatever state the session is in
  const limit = AbortSignal.timeout(PATIENCE);
  const response = await fetch(url, {
    method,
    headers,
    body: body ?? null,
    credentials: 'omit',
    keepalive: method === 'DELETE',
    signal: signal ? anyOf(limit, signal) : limit,
  }).catch(() => {
    throw new Problem(0, 'network');
  });
  if (!response.ok) throw new Problem(response.status, 'whip');
  return response;
}

/** AbortSignal.any, which browsers have since 2024 only. */
function anyOf(...signals: AbortSignal[]): AbortSignal {
  const all = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) all.abort();
    signal.addEventListener('abort', () => all.abort(), { once: true });
  }
  return all.signal;
}
