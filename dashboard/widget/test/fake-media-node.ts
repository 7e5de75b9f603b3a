import type { IncomingMessage, ServerResponse } from 'node:http';

/** Who is at the other end: takes an offer, also one that restarts ICE, and returns the answer to it. */
export type FarSide = (offer: string) => Promise<string>;

/** As the real node allows pages of other sites. */
const allowed = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Location, ETag',
  'Access-Control-Allow-Methods': 'POST, PATCH, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match',
};

/** The WHIP endpoint of a centre (RFC 9725), in front of a far side that a test brings along. */
export class FakeMediaNode {
  /** Every request: its method. */
  readonly requests: string[] = [];
  /** The session's offer, as it was last restarted; empty when there is none. */
  offer = '';
  /** Until a test brings one, there is no way to anybody. */
  farSide: FarSide | undefined;
  private tickets = 0;

  /** Returns a new ticket; the ones before it are of no use any more. */
  ticket(): string {
    return `media-${++this.tickets}`;
  }

  async handle(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(allowed)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const call = `${request.method} ${request.url}`;
    this.requests.push(call);
    const session = `/media/whip/ses_${this.tickets}`;
    const patched = request.headers['content-type'] === 'application/trickle-ice-sdpfrag';
    if (request.headers.authorization !== `Bearer media-${this.tickets}`) response.writeHead(401).end();
    else if (call === 'POST /media/whip') await this.open(body, session, response);
    else if (!this.offer || request.url !== session) response.writeHead(404).end();
    else if (request.method === 'DELETE') this.end(response);
    else if (!patched || request.headers['if-match'] !== '*') response.writeHead(428).end();
    else await this.restart(body, response);
  }

  private async open(offer: string, location: string, response: ServerResponse): Promise<void> {
    if (!this.farSide) return void response.writeHead(503).end();
    this.offer = offer;
    const answer = await this.farSide(offer);
    response.writeHead(201, { 'Content-Type': 'application/sdp', Location: location, ETag: '"1"' }).end(answer);
  }

  private async restart(fragment: string, response: ServerResponse): Promise<void> {
    for (const name of ['ice-ufrag', 'ice-pwd']) {
      const line = new RegExp(`a=${name}:.*`);
      this.offer = this.offer.replace(line, line.exec(fragment)?.[0] ?? '');
    }
    const answer = await this.farSide?.(this.offer).catch(() => undefined);
    if (answer === undefined) return void response.writeHead(503).end();
    const theirs = answer.match(/a=(ice-|candidate).*\r\n/g)?.join('') ?? '';
    response.writeHead(200, { 'Content-Type': 'application/trickle-ice-sdpfrag' }).end(theirs);
  }

  private end(response: ServerResponse): void {
    this.offer = '';
    response.writeHead(200).end();
  }
}
