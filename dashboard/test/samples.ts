import type { Chat, Message } from '../src/api/chat-model';
import type { Agent, Contact, DeskSnapshot, Queue } from '../src/api/model';
import type { Card, VoiceCard } from '../src/api/report-model';

export const queues: Queue[] = [
  { id: 'q-support', name: 'Support', kind: 'voice', ringSeconds: 20, wrapUpSeconds: 30 },
  { id: 'q-sales', name: 'Sales', kind: 'voice', ringSeconds: 20, wrapUpSeconds: 30 },
];

export const sampleAgent = (change: Partial<Agent> = {}): Agent => ({
  id: 'agent-1',
  name: 'Camille Durand',
  role: 'agent',
  language: 'en',
  memberships: [
    { queueId: 'q-support', status: 'ready', since: '2026-11-22T09:00:00.000Z' },
    { queueId: 'q-sales', status: 'out' },
  ],
  online: true,
  version: 1,
  ...change,
});

export const sampleContact = (change: Partial<Contact> = {}): Contact => ({
  id: 'call-1',
  kind: 'inbound',
  state: 'offered',
  queueId: 'q-support',
  from: '+33612345678',
  to: '+33170189900',
  callerName: 'Jeanne Martin',
  offer: {
    id: 'offer-1',
    agentId: 'agent-1',
    at: '2026-11-22T09:10:00.000Z',
    expiresAt: '2026-11-22T09:10:20.000Z',
  },
  enteredAt: '2026-11-22T09:09:50.000Z',
  version: 1,
  ...change,
});

/** A call that the agent has accepted. */
export const liveContact = (change: Partial<Contact> = {}): Contact => {
  const { offer: _, ...contact } = sampleContact({ state: 'connecting', agentId: 'agent-1', version: 2, ...change });
  return contact;
};

export const sampleDesk = (agent: Agent, contact?: Contact): DeskSnapshot => ({
  agent,
  queues,
  pauseReasons: ['break', 'lunch'],
  centerName: 'Atelier Lumen',
  serverTime: '2026-11-22T09:10:05.000Z',
  lines: [{ number: '+33170189900', label: 'Atelier Lumen', own: false }],
  settings: { country: 'FR', attachmentBytes: 10_485_760, attachmentTypes: ['image/png', 'application/pdf'] },
  ...(contact ? { contact } : {}),
});

export const sampleChat = (change: Partial<Chat> = {}): Chat => ({
  id: 'chat-1',
  channel: 'sms',
  inbox: '+33199001000',
  customer: { id: '+33612345678', name: 'Jeanne Martin', phone: '+33612345678' },
  queueId: 'q-support',
  state: 'unassigned',
  openedAt: '2026-11-22T09:00:00.000Z',
  waitingSince: '2026-11-22T09:00:00.000Z',
  lastInAt: '2026-11-22T09:00:00.000Z',
  lastAt: '2026-11-22T09:00:00.000Z',
  preview: 'Hello',
  previewFrom: 'customer',
  unread: 1,
  tags: [],
  version: 1,
  ...change,
});

/** A message whose key follows from its time and id, as on the server. */
export const sampleMessage = (change: Partial<Message> = {}): Message => {
  const message = { id: 'ms_1', at: '2026-11-22T09:00:00.000Z', ...change };
  return {
    chatId: 'chat-1',
    key: `${message.at}#${message.id}`,
    kind: 'text',
    from: 'customer',
    text: 'Hello',
    version: 1,
    ...message,
  };
};

/** The card of a call queue. */
export const sampleCard = (change: Partial<Card> = {}, voice: Partial<VoiceCard> = {}): Card => ({
  queueId: 'q-support',
  kind: 'voice',
  at: '2026-11-22T09:10:00.000Z',
  day: '2026-11-22',
  dayEnds: '2026-11-22T23:00:00.000Z',
  loggedIn: 2,
  voice: {
    waiting: 0,
    serviceLevelSeconds: 20,
    total: 0,
    handled: 0,
    abandoned: 0,
    timedOut: 0,
    failed: 0,
    incomplete: 0,
    callbacks: 0,
    scheduled: 0,
    ...voice,
  },
  ...change,
});
