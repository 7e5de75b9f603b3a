import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Agent, Contact, Status, Voicemail } from '../../src/api/model';
import { ActivityWorld } from './activity-world';
import { answerCalls } from './call-routes';
import { CallWorld } from './call-world';
import { CardWorld } from './card-world';
import { type ApiCall, answerChat } from './chat-routes';
import { type ChatPush, ChatWorld } from './chat-world';
import { sendDeskFile } from './desk-files';
import { bodyOf, FakeProvider, json } from './oidc';
import { answerRecordings } from './recording-routes';
import { RecordingWorld } from './recording-world';
import { ReportWorld } from './report-world';
import { answerVoicemails } from './voicemail-routes';
import { VoicemailWorld } from './voicemail-world';
import { Refusal, World } from './world';

/** Nothing, a text, or a value. */
function send(response: ServerResponse, answer: unknown): void {
  if (answer === undefined || answer === null) response.writeHead(204).end();
  else if (typeof answer === 'string')
    response.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' }).end(answer);
  else json(response, 200, answer);
}

/** Everything behind the dashboard's one origin, in memory, on a free port. */
export class FakeCenter {
  readonly provider = new FakeProvider(() => `${this.origin}/oidc`, 'desk');
  readonly world = new World((agents, contacts) => this.pushAll(agents, contacts));
  readonly chats = new ChatWorld(this.world, (push) => this.pushChats(push));
  readonly recordings = new RecordingWorld(this.chats);
  readonly calls = new CallWorld(this.world);
  readonly cards = new CardWorld(this.world);
  readonly activity = new ActivityWorld(this.world);
  readonly reports = new ReportWorld(this.world);
  readonly voicemails = new VoicemailWorld(this.world, this.chats, (one) => this.pushVoicemail(one));
  /** What desks have said on their connections, pings aside. */
  readonly heard: Record<string, unknown>[] = [];
  /** Answers SDP offers; a test lends a real peer connection for it. Undefined: the media node is down. */
  answerOffer: ((offer: string) => Promise<string>) | undefined;
  /** Every request to the API is refused with this status while it is set. */
  failing: number | undefined;
  /** Patches are lost while this is set. */
  muted = false;
  readonly removedSessions: string[] = [];

  private readonly server = createServer((request, response) => void this.handle(request, response));
  private readonly sockets = new Map<WebSocket, string>();
  private readonly tickets = new Map<string, string>();
  private readonly realtime = new WebSocketServer({ noServer: true });

  async listen(): Promise<void> {
    this.server.on('upgrade', (request, socket, head) => {
      const ticket = new URL(request.url ?? '', this.origin).searchParams.get('ticket') ?? '';
      const person = this.tickets.get(ticket);
      this.tickets.delete(ticket);
      if (person) this.realtime.handleUpgrade(request, socket, head, (ws) => this.adopt(ws, person));
      else socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const ws of this.sockets.keys()) ws.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Breaks every realtime connection. */
  dropConnections(): void {
    for (const ws of this.sockets.keys()) ws.terminate();
  }

  private adopt(ws: WebSocket, person: string): void {
    this.sockets.set(ws, person);
    this.world.setOnline(person, true);
    ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as Record<string, unknown>;
      if (message['type'] === 'watch') return this.cards.watch(ws, message['queueIds'] as string[]);
      if (message['type'] !== 'ping') {
        this.heard.push(message);
        return;
      }
      const { version, contactId } = this.world.agent(person);
      const contactVersion = contactId ? this.world.contacts.get(contactId)?.version : 0;
      ws.send(JSON.stringify({ type: 'pong', agentVersion: version, contactId, contactVersion }));
    });
    ws.on('close', () => {
      this.sockets.delete(ws);
      this.cards.left(ws);
      if (![...this.sockets.values()].includes(person)) this.world.setOnline(person, false);
    });
  }

  /** As the real one: one's own objects to everybody, everybody's to supervisors. */
  private pushAll(agents: Agent[], contacts: Contact[]): void {
    if (this.muted) return;
    for (const [ws, person] of this.sockets) {
      const all = this.world.agent(person).role !== 'agent';
      const mine = {
        type: 'patch',
        agents: agents.filter(({ id }) => all || id === person),
        contacts: contacts.filter(
          (c) => all || [c.agentId, c.offer?.agentId].includes(person) || c.state !== 'offered',
        ),
      };
      ws.send(JSON.stringify(mine));
    }
  }

  /** To those who see the chat now or did before. */
  private pushChats({ chats, messages, before }: ChatPush): void {
    if (this.muted) return;
    const of = [...chats, ...before].filter((chat) => chat !== undefined);
    for (const [ws, person] of this.sockets) {
      if (of.some((chat) => this.chats.sees(person, chat))) ws.send(JSON.stringify({ type: 'patch', chats, messages }));
    }
  }

  private pushVoicemail(one: Voicemail): void {
    if (this.muted) return;
    for (const [ws, person] of this.sockets) {
      if (this.voicemails.hears(person, one.lineId)) ws.send(JSON.stringify({ type: 'patch', voicemails: [one] }));
    }
  }

  /** The customer, or a colleague, types. */
  tellTyping(chatId: string, agentId?: string): void {
    for (const ws of this.sockets.keys()) ws.send(JSON.stringify({ type: 'typing', chatId, agentId }));
  }

  /** Stored files: uploaded with PUT, shown by a link. */
  private async stored(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = this.chats.files.get(path.split('/').at(-1) ?? '');
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    if (request.method === 'PUT') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      file.bytes = Buffer.concat(chunks);
      response.writeHead(200).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': file.type }).end(file.bytes);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const path = url.pathname;
    if (path === '/config.json') {
      return json(response, 200, {
        issuer: `${this.origin}/oidc`,
        clientId: 'desk',
        scope: 'openid profile offline_access',
      });
    }
    if (path.startsWith('/oidc/')) return this.provider.handle(path.slice('/oidc'.length), url, request, response);
    if (path.startsWith('/api/')) return this.api(url, request, response);
    if (path.startsWith('/files/')) return this.stored(path, request, response);
    if (path.startsWith('/media/')) return this.whip(path, request, response);
    return sendDeskFile(path, response);
  }

  private async api(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const problem = (status: number, slug: string) =>
      json(response, status, { type: `/problems/${slug}`, title: slug, status }, 'application/problem+json');
    const person = this.provider.personOf(request.headers.authorization);
    if (!person) return problem(401, 'unauthorized');
    if (this.failing) return problem(this.failing, 'broken');
    try {
      const body = JSON.parse((await bodyOf(request)) || '{}') as Record<string, unknown>;
      const { pathname: path, searchParams: query } = url;
      const method = request.method ?? '';
      const call = { method, path, query, body, person };
      let answer = answerCalls(this.world, this.calls, call);
      if (answer === undefined) answer = answerChat(this.world, this.chats, call);
      if (answer === undefined) answer = answerRecordings(this.world, this.recordings, call);
      if (answer === undefined) answer = answerVoicemails(this.voicemails, call);
      if (answer === undefined) answer = this.cards.answer(call);
      if (answer === undefined) answer = this.figures(call);
      if (answer === undefined) answer = this.answer(`${method} ${path}`, person, body);
      send(response, answer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem(error.status, error.slug);
    }
  }

  private figures(call: ApiCall): unknown {
    const answer = this.activity.answer(call);
    return answer === undefined ? this.reports.answer(call) : answer;
  }

  private answer(request: string, person: string, body: Record<string, unknown>): unknown {
    const { world } = this;
    const contact = /\/contacts\/([^/]+)\/(\w+)$/.exec(request);
    if (contact) {
      const [, id = '', verb] = contact;
      const offerId = String(body['offerId']);
      if (verb === 'hold') return world.hold(id, body['on'] === true);
      if (verb === 'digits') return world.sendDigits(id, String(body['id']), String(body['digits']));
      if (verb === 'accept') return world.accept(person, id, offerId);
      return verb === 'decline' ? world.decline(id, offerId) : world.end(id);
    }
    const wrapUpOf = /\/agents\/([^/]+)\/wrap-up\/end$/.exec(request)?.[1];
    if (wrapUpOf) return world.endWrapUp(wrapUpOf);
    const statusOf = /^PUT .*\/agents\/([^/]+)\/status$/.exec(request)?.[1];
    if (statusOf) return this.choose(statusOf, body, person);
    switch (request) {
      case 'GET /api/desk':
        return world.snapshot(person);
      case 'GET /api/agents':
        return { agents: [...world.agents.values()], contacts: [...world.contacts.values()] };
      case 'PUT /api/desk/status':
        return this.choose(person, body);
      case 'POST /api/desk/wrap-up/end':
        return world.endWrapUp(person);
      case 'POST /api/realtime-tickets':
      case 'POST /api/media-tickets':
        return this.ticket(person);
    }
    throw new Refusal(404, 'not-found');
  }

  /** The statuses that supervisors have given, as they were asked for. */
  readonly given: Record<string, unknown>[] = [];

  private choose(agentId: string, body: Record<string, unknown>, by = ''): Agent {
    if (by) this.given.push({ agentId, ...body });
    const [status, reason] = [body['status'] as Status, body['reason'] as string | undefined];
    if (!this.world.agents.has(agentId)) throw new Refusal(404, 'agent-unknown');
    if (body['later']) return this.world.setNextStatus(agentId, status, reason, by);
    return this.world.setStatus(agentId, status, reason, body['queues'] as string[] | undefined, by);
  }

  private ticket(person: string) {
    this.world.agent(person); // refuses those who are none
    const ticket = randomUUID();
    this.tickets.set(ticket, person);
    return { ticket, expiresAt: new Date(Date.now() + 60_000).toISOString() };
  }

  private async whip(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'DELETE') {
      this.removedSessions.push(path.split('/').at(-1) ?? '');
      response.writeHead(200).end();
      return;
    }
    const ticket = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const person = this.tickets.get(ticket);
    this.tickets.delete(ticket);
    const offer = await bodyOf(request);
    if (!person || !this.answerOffer) {
      response.writeHead(person ? 503 : 401).end();
      return;
    }
    const id = randomUUID();
    const answer = await this.answerOffer(offer).catch(() => undefined);
    if (!answer) {
      response.writeHead(503).end();
      return;
    }
    response
      .writeHead(201, { 'Content-Type': 'application/sdp', Location: `/media/whip/sessions/${id}`, ETag: '"1"' })
      .end(answer);
    setTimeout(() => this.world.setAudio(person, id), 50);
  }
}
