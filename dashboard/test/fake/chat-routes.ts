import { randomUUID } from 'node:crypto';
import type { CannedDraft, NewMessage } from '../../src/api/chat-api';
import type { ChatWorld } from './chat-world';
import { Refusal, type World } from './world';

export interface ApiCall {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  person: string;
}

/** Answers the API of conversations; undefined when the path is another's. */
export function answerChat(world: World, chats: ChatWorld, call: ApiCall): unknown {
  const { method, path, query, body, person } = call;
  const one = /^\/api\/chats\/([^/]+)(?:\/(\w+))?(?:\/([^/]+))?$/.exec(path);
  if (one && one[1] !== 'resolved') return answerOne(chats, call, one[1] ?? '', one[2] ?? '', one[3] ?? '');
  const canned = /^\/api\/canned-messages\/([^/]+)$/.exec(path)?.[1];
  if (canned && method === 'DELETE') {
    chats.canned = chats.canned.filter(({ id }) => id !== canned);
    return null;
  }
  if (canned) return chats.saveCanned(person, body as CannedDraft, canned);
  const aside = /^\/api\/set-aside\/([^/]+)$/.exec(path)?.[1];
  if (aside) {
    chats.setAside = chats.setAside.filter(({ id }) => id !== aside);
    return null;
  }
  switch (`${method} ${path}`) {
    case 'GET /api/chats':
      return { chats: chats.open(person) };
    case 'GET /api/chats/resolved':
      return { chats: chats.resolved(person, query.get('search') ?? '', query.get('tag') ?? '') };
    case 'GET /api/tags':
      return { tags: ['delivery', 'refund', 'returns'] };
    case 'GET /api/colleagues':
      return { agents: colleagues(world, chats) };
    case 'GET /api/canned-messages':
      return { cannedMessages: chats.canned.filter((m) => m.public || m.ownerId === person) };
    case 'POST /api/canned-messages':
      return chats.saveCanned(person, body as CannedDraft);
    case 'GET /api/set-aside':
      return { payloads: chats.setAside };
    case 'POST /api/files':
      return newFile(chats, body);
  }
  return undefined;
}

function answerOne(chats: ChatWorld, call: ApiCall, id: string, verb: string, rest: string): unknown {
  const { method, query, body, person } = call;
  chats.visible(person, id);
  switch (`${method} ${verb}`) {
    case 'GET ':
      return chats.chat(id);
    case 'GET messages':
      return chats.page(id, query);
    case 'POST messages':
      return chats.send(person, id, body as unknown as NewMessage);
    case 'POST retry':
      return chats.retry(id, String(body['key']));
    case 'POST assign':
      return chats.assign(person, id, body as { agentId?: string; queueId?: string });
    case 'POST resolve':
      return chats.resolve(person, id);
    case 'POST reopen':
      return chats.reopen(person, id);
    case 'POST meeting':
      return openMeeting(chats, id);
    case 'DELETE meeting':
      return chats.update(id, { roomId: '' });
    case 'POST call':
      throw new Refusal(409, 'agent-without-audio');
    case 'PUT tags':
      return chats.update(id, { tags: (body['tags'] as string[]).toSorted() });
    case 'POST read':
      return chats.update(id, { unread: 0 });
    case 'GET files':
      return { url: `/files/${rest}`, expiresAt: new Date(Date.now() + 300_000).toISOString() };
  }
  throw new Refusal(404, 'not-found');
}

function openMeeting(chats: ChatWorld, id: string): unknown {
  chats.update(id, { roomId: 'room-1' });
  return { url: '/favicon.svg#host', guestUrl: '/favicon.svg#guest', expiresAt: new Date().toISOString() };
}

function newFile(chats: ChatWorld, { name, type }: Record<string, unknown>): unknown {
  const id = `file-${randomUUID()}`;
  chats.files.set(id, { name: String(name), type: String(type), bytes: Buffer.alloc(0) });
  return { id, url: `/files/${id}`, headers: { 'Content-Type': String(type) } };
}

const colleagues = (world: World, chats: ChatWorld) =>
  [...world.agents.values()].map(({ id, name, online, memberships, contactId, wrapUp }) => ({
    id,
    name,
    online,
    busy: Boolean(contactId || wrapUp),
    lines: world.ownLines[id] ?? [],
    chats: [...chats.chats.values()].filter((chat) => chat.state === 'assigned' && chat.agentId === id).length,
    queues: memberships.map(({ queueId, status }) => ({ queueId, status })),
  }));
