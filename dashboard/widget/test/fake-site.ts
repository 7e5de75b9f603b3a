import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CallNews, Message, ThreadState } from '../src/api';
import { FakeMediaNode } from './fake-media-node';

/** The files that a browser asks for, by path. */
export type Files = (
  path: string,
) => { type: string; body: string | Buffer; headers?: Record<string, string> } | undefined;

interface Sent {
  id: string;
  text: string;
  files: string[];
  name?: string;
  email?: string;
}

/** As the real channel allows pages of other sites. */
const allowed = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Retry-After',
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
};

/** A centre with one visitor, as its webchat channel speaks, and a site that embeds the widget. */
export class FakeSite {
  /** Every POST of a message, repeats included. */
  readonly posts: Sent[] = [];
  readonly read: { delivered?: string; seen?: string }[] = [];
  readonly profiles: unknown[] = [];
  typed = 0;
  sessions = 0;
  /** Answers requests of this resource with a status while it is set. */
  failing: { resource: string; status: number; slug: string; retryAfter?: number } | undefined;
  /** Answers of posted messages are lost: the message is kept, and the browser does not learn of it. */
  losing = false;
  /** Realtime connections are refused. */
  deaf = false;
  readonly messages: Message[] = [];
  state: ThreadState | null = null;
  /** The call that rings or is live. */
  call: CallNews | null = null;
  /** Ids of calls, once for each request. */
  readonly answered: string[] = [];
  readonly ended: string[] = [];
  readonly node = new FakeMediaNode();

  private token = '';
  private calls = 0;
  private readonly tickets = new Set<string>();
  private readonly uploads = new Map<string, { name: string; type: string; body?: Buffer }>();
  private readonly server = createServer((request, response) => void this.handle(request, response));
  private readonly realtime = new WebSocketServer({ noServer: true });

  constructor(private readonly files: Files) {}

  async listen(): Promise<void> {
    this.server.on('upgrade', (request, socket, head) => {
      const ticket = new URL(request.url ?? '', this.origin).searchParams.get('ticket') ?? '';
      if (this.deaf || !this.tickets.delete(ticket)) socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      else this.realtime.handleUpgrade(request, socket, head, (ws) => this.adopt(ws));
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.drop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  get connections(): number {
    return this.realtime.clients.size;
  }

  /** Breaks every realtime connection. */
  drop(): void {
    for (const ws of this.realtime.clients) ws.terminate();
  }

  /** The centre does not know its visitors any more. */
  forget(): void {
    this.token = '';
    this.messages.length = 0;
    this.state = null;
  }

  answer(text: string, more: Partial<Message> = {}): Message {
    const message = this.message('agent', { text, agent: 'Camille', ...more });
    this.push([message]);
    return message;
  }

  /** Writes a message that nobody is told of. */
  answerSilently(text: string, at: Date): void {
    this.message('agent', { text, agent: 'Camille', at: at.toISOString() });
  }

  change(state: Partial<ThreadState>): void {
    if (this.state) this.state = { ...this.state, ...state, version: this.state.version + 1 };
    this.push([]);
  }

  type(): void {
    for (const ws of this.realtime.clients) ws.send(JSON.stringify({ type: 'typing' }));
  }

  /** An agent calls the visitor; returns the call's id. */
  ring(more: Partial<CallNews> = { agent: 'Camille' }): string {
    const id = `ct_${String(++this.calls).padStart(4, '0')}`;
    this.tellCall({ id, state: 'ringing', version: 1, ...more });
    return id;
  }

  /** The call goes on, as the centre sees it. */
  turn(state: 'live' | 'over'): void {
    if (this.call) this.tellCall({ ...this.call, state, version: this.call.version + 1 });
  }

  private tellCall(call: CallNews): void {
    this.call = call.state === 'over' ? null : call;
    for (const ws of this.realtime.clients) ws.send(JSON.stringify({ type: 'call', call }));
  }

  private message(from: 'visitor' | 'agent', more: Partial<Message>): Message {
    const at = more.at ?? new Date().toISOString();
    const id = more.id ?? `ms_${this.messages.length}`;
    const message = { id, from, at, key: `${at}#${id}`, version: 1, ...more };
    this.messages.push(message);
    this.state = { ...(this.state ?? { open: true, held: false, version: 0 }) };
    this.state.version += 1;
    return message;
  }

  private push(messages: Message[]): void {
    const news = JSON.stringify({ type: 'messages', thread: this.state, messages });
    for (const ws of this.realtime.clients) ws.send(news);
  }

  private adopt(ws: WebSocket): void {
    ws.on('message', () => ws.send(JSON.stringify({ type: 'pong', version: this.state?.version ?? 0 })));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (url.pathname.startsWith('/objects/')) return this.object(url.pathname, request.method, body, response);
    if (url.pathname.startsWith('/media/')) return this.node.handle(request, body.toString(), response);
    const resource = /^\/channels\/webchat\/lavande\/(.+)$/.exec(url.pathname)?.[1];
    if (!resource) return this.file(url.pathname, response);
    for (const [name, value] of Object.entries(allowed)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (!this.refuse(resource, request, response))
      this.answerCall(`${request.method} ${resource}`, url, body, response);
  }

  private answerCall(call: string, url: URL, body: Buffer, response: ServerResponse): void {
    const answer = this.serve(call, url, JSON.parse(body.toString() || '{}'));
    if (this.losing && call === 'POST messages') response.destroy();
    else if (answer === undefined) response.writeHead(204).end();
    else if (answer === null) problem(response, 404, 'not-found');
    else if (answer === 'over') problem(response, 409, 'call-over');
    else json(response, 200, answer);
  }

  private refuse(resource: string, request: IncomingMessage, response: ServerResponse): boolean {
    const { failing } = this;
    if (failing && resource === failing.resource) {
      if (failing.retryAfter) response.setHeader('Retry-After', failing.retryAfter);
      problem(response, failing.status, failing.slug);
      return true;
    }
    const open = resource === 'widget' || resource === 'sessions';
    if (open || request.headers.authorization === `Bearer ${this.token}`) return false;
    problem(response, 401, 'session-unknown');
    return true;
  }

  private serve(request: string, url: URL, body: unknown): unknown {
    const now = new Date().toISOString();
    switch (request) {
      case 'GET widget':
        return {
          name: 'Maison Lavande',
          greeting: { fr: 'Bonjour à vous !', en: 'Good day!' },
          colour: '#5b4696',
          files: { bytes: 1000, types: ['image/png', 'text/plain'] },
        };
      case 'POST sessions':
        this.sessions += 1;
        this.token ||= `token-${this.sessions}`;
        return { token: this.token, now };
      case 'GET messages':
        return { ...this.page(url.searchParams), thread: this.state, call: this.call, now };
      case 'POST messages':
        return { message: this.take(body as Sent), now };
      case 'POST read':
        this.read.push(body as object);
        return undefined;
      case 'POST typing':
        this.typed += 1;
        return undefined;
      case 'POST profile':
        this.profiles.push(body);
        return undefined;
      case 'POST call/answer':
        return this.answerRing((body as CallNews).id);
      case 'POST call/end':
        this.ended.push((body as CallNews).id);
        if (this.call?.id === (body as CallNews).id) this.turn('over');
        return undefined;
      case 'POST files':
        return this.announce(body as { name: string; type: string });
      case 'POST tickets': {
        if (!this.state) return null;
        const ticket = `ticket-${Math.random()}`;
        this.tickets.add(ticket);
        return { ticket };
      }
    }
    const file = /^GET files\/(.+)$/.exec(request)?.[1];
    return file && this.uploads.has(file) ? { url: `${this.origin}/objects/${file}` } : null;
  }

  private page(range: URLSearchParams) {
    const after = range.get('after');
    const before = range.get('before');
    const sorted = this.messages.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const all = sorted.filter(({ key }) => (!after || key > after) && (!before || key < before));
    const messages = after ? all.slice(0, 50) : all.slice(-50);
    return { messages, more: all.length > messages.length };
  }

  private take(sent: Sent): Message {
    this.posts.push(sent);
    const known = this.messages.find(({ id }) => id === sent.id);
    if (known) return known;
    const files = sent.files.map((id) => ({ id, ...this.uploads.get(id), state: 'stored' as const }));
    const message = this.message('visitor', { id: sent.id, text: sent.text, files });
    this.push([message]);
    return message;
  }

  private answerRing(id: string): unknown {
    this.answered.push(id);
    if (this.call?.id !== id) return 'over';
    this.turn('live');
    return { ticket: this.node.ticket(), expiresAt: new Date(Date.now() + 60_000).toISOString() };
  }

  private announce({ name, type }: { name: string; type: string }) {
    const id = `fl_${this.uploads.size}`;
    this.uploads.set(id, { name, type });
    return { id, url: `${this.origin}/objects/${id}`, headers: { 'Content-Type': type } };
  }

  private object(path: string, method: string | undefined, body: Buffer, response: ServerResponse): void {
    const upload = this.uploads.get(path.split('/').at(-1) ?? '');
    if (upload && method === 'PUT') upload.body = body;
    response.writeHead(upload ? 200 : 404, { 'Content-Type': upload?.type ?? 'text/plain' }).end(upload?.body);
  }

  private file(path: string, response: ServerResponse): void {
    const file = this.files(path);
    const headers = { 'Content-Type': file?.type ?? 'text/plain', ...file?.headers };
    response.writeHead(file ? 200 : 404, headers).end(file?.body ?? '');
  }
}

function json(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, slug: string): void {
  json(response, status, { type: `/problems/${slug}`, title: slug, status }, 'application/problem+json');
}
