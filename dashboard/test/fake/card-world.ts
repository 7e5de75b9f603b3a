import type { WebSocket } from 'ws';
import type { CampaignCard, Card, ChatCard, QueueDetails, VoiceCard } from '../../src/api/report-model';
import type { ApiCall } from './chat-routes';
import { iso, Refusal, type World } from './world';

const voice: VoiceCard = {
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
};
const chat: ChatCard = {
  unassigned: 0,
  awaitingAgent: 0,
  awaitingCustomer: 0,
  awaitingReply: 0,
  opened: 0,
  resolved: 0,
};
const campaign: CampaignCard = { notDialled: 0, dialled: 0, waiting: 0, total: 0, handled: 0, incomplete: 0 };

/** What changes of a queue's card. */
export interface CardChange {
  loggedIn?: number;
  voice?: Partial<VoiceCard>;
  chat?: Partial<ChatCard>;
  campaign?: Partial<CampaignCard>;
}

/** Cards of queues in memory: pushed to the desks that watch, and given to those that ask. */
export class CardWorld {
  /** How often cards were asked for, and details. */
  asked = { cards: 0, details: 0 };
  /** Both are refused with this status while it is set. */
  failing: number | undefined;
  /** What the details say besides the card. */
  details: Partial<Omit<QueueDetails, 'card'>> = {};
  private readonly cards = new Map<string, Card>();
  private readonly watching = new Map<WebSocket, readonly string[]>();
  private sequence = 0;

  constructor(private readonly world: World) {}

  /** A desk says what it watches. Its earlier wishes are forgotten. */
  watch(desk: WebSocket, queueIds: readonly string[]): void {
    this.watching.set(desk, queueIds);
    if (queueIds.length === 0) this.watching.delete(desk);
  }

  /** How many desks watch a queue. */
  watchers(queueId: string): number {
    return [...this.watching.values()].filter((ids) => ids.includes(queueId)).length;
  }

  left(desk: WebSocket): void {
    this.watching.delete(desk);
  }

  /** Something happens in a queue; those who watch are told, unless the message is lost. */
  change(queueId: string, change: CardChange, told = true): void {
    const { loggedIn, ...parts } = change;
    const before = this.one(queueId);
    const card: Card = { ...before, at: this.later(), loggedIn: loggedIn ?? before.loggedIn };
    if (card.voice) card.voice = { ...card.voice, ...parts.voice };
    if (card.chat) card.chat = { ...card.chat, ...parts.chat };
    if (card.campaign) card.campaign = { ...card.campaign, ...parts.campaign };
    this.cards.set(queueId, card);
    if (!told) return;
    for (const [desk, ids] of this.watching) {
      if (ids.includes(queueId)) desk.send(JSON.stringify({ type: 'cards', cards: [card] }));
    }
  }

  /** Answers the API of cards; undefined when the path is another's. */
  answer({ path, query, person }: ApiCall): unknown {
    if (path === '/api/cards') {
      this.asked.cards += 1;
      this.refuse();
      return { cards: (query.get('queueIds') ?? '').split(',').map((id) => this.seen(person, id)) };
    }
    const [, id = ''] = /^\/api\/queues\/([^/]+)\/details$/.exec(path) ?? [];
    if (!id) return undefined;
    this.asked.details += 1;
    this.refuse();
    const card = this.seen(person, id);
    const nothing = { zone: 'Europe/Paris', agents: [], contacts: [], hours: [], today: {} };
    return { ...nothing, ...this.details, card } satisfies QueueDetails;
  }

  private refuse(): void {
    if (this.failing) throw new Refusal(this.failing, 'broken');
  }

  private seen(person: string, queueId: string): Card {
    const { role, memberships } = this.world.agent(person);
    if (role === 'agent' && !memberships.some((m) => m.queueId === queueId)) throw new Refusal(404, 'queue-unknown');
    return this.one(queueId);
  }

  private one(queueId: string): Card {
    const known = this.cards.get(queueId);
    if (known) return known;
    const kind = [...this.world.queues, ...this.world.chatQueues].find(({ id }) => id === queueId)?.kind;
    if (!kind) throw new Refusal(404, 'queue-unknown');
    const figures = { voice: { voice }, chat: { chat }, campaign: { campaign } }[kind];
    const day = iso().slice(0, 10);
    const card = { queueId, kind, at: this.later(), day, dayEnds: iso(3_600_000), loggedIn: 0, ...figures };
    this.cards.set(queueId, card);
    return card;
  }

  /** No two are of the same moment. */
  private later(): string {
    this.sequence += 1;
    return iso(this.sequence);
  }
}
