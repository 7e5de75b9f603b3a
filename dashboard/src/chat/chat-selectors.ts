import type { Chat } from '../api/chat-model';
import type { Agent } from '../api/model';
import { supervises } from '../desk/supervises';
import type { ChatState } from './chat-state';
import { moment } from './moment';

/** The lists of conversations. */
export type ChatView = 'mine' | 'unassigned' | 'all' | 'resolved';

export const heldBy = (chat: Chat, agentId: string): boolean => chat.state === 'assigned' && chat.agentId === agentId;

const inQueuesOf = (chat: Chat, agent: Agent): boolean =>
  agent.memberships.some(({ queueId }) => queueId === chat.queueId);

/** Whether the agent is meant when the customer writes: their own chats, and those of their queues that are nobody's. */
export const concerns = (chat: Chat, agent: Agent): boolean =>
  heldBy(chat, agent.id) || (chat.state === 'unassigned' && inQueuesOf(chat, agent));

/** Whether the open chat belongs in a list of the agent's. */
export function belongsTo(chat: Chat, view: ChatView, me: Agent): boolean {
  switch (view) {
    case 'mine':
      return heldBy(chat, me.id);
    case 'unassigned':
      return chat.state === 'unassigned' && (supervises(me) || inQueuesOf(chat, me));
    case 'all':
      return chat.state !== 'resolved' && supervises(me);
    case 'resolved':
      return chat.state === 'resolved' && (supervises(me) || chat.agentId === me.id || inQueuesOf(chat, me));
  }
}

/** Who has waited longest for a reply comes first, then the latest conversation. */
export function byUrgency(a: Chat, b: Chat): number {
  if (a.waitingSince && b.waitingSince) return moment(a.waitingSince) - moment(b.waitingSince);
  if (a.waitingSince || b.waitingSince) return a.waitingSince ? -1 : 1;
  return moment(b.lastAt) - moment(a.lastAt);
}

/** How many chats have something that the agent should read. */
export function unreadChats(state: ChatState, me: Agent): number {
  return Object.values(state.chats).filter((chat) => chat.unread > 0 && concerns(chat, me)).length;
}

export interface ChatFilter {
  view: ChatView;
  channel: string;
  tag: string;
  queueId: string;
  search: string;
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase();

/** Finds a name whatever its case and accents, a number whatever its spaces, and words of the last message. */
export function matchesSearch(chat: Chat, search: string): boolean {
  const wanted = plain(search.trim());
  if (!wanted) return true;
  const { name = '', phone = '', email = '', id } = chat.customer;
  if ([name, email, phone, id, chat.preview ?? ''].some((text) => plain(text).includes(wanted))) return true;
  const digits = wanted.replace(/[\s().+-]/g, '').replace(/^0(?=\d{5})/, '');
  return /^\d{3,}$/.test(digits) && `${phone} ${id}`.includes(digits);
}

export function matchesFilter(chat: Chat, { channel, tag, queueId }: ChatFilter): boolean {
  return (
    (!channel || chat.channel === channel) &&
    (!tag || chat.tags.includes(tag)) &&
    (!queueId || chat.queueId === queueId)
  );
}

/** The open chats of a list, in order. */
export function listedChats(chats: ChatState['chats'], me: Agent, filter: ChatFilter): Chat[] {
  return Object.values(chats)
    .filter(
      (chat) => belongsTo(chat, filter.view, me) && matchesFilter(chat, filter) && matchesSearch(chat, filter.search),
    )
    .sort(byUrgency);
}

/** How many chats each list of open ones has. */
export function countsOf(chats: ChatState['chats'], me: Agent): Record<'mine' | 'unassigned' | 'all', number> {
  const counts = { mine: 0, unassigned: 0, all: 0 };
  for (const chat of Object.values(chats)) {
    for (const view of ['mine', 'unassigned', 'all'] as const) if (belongsTo(chat, view, me)) counts[view] += 1;
  }
  return counts;
}
