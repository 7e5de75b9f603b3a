import type { Agent, Contact, DeskSnapshot, Line, Membership, Playback, Queue, Status } from '../../src/api/model';

/** Thrown for what the API refuses. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly slug: string,
  ) {
    super(slug);
  }
}

interface Call {
  id?: string;
  queueId?: string;
  kind?: Contact['kind'];
  /** Attempts before. */
  attempt?: number;
  to?: string;
  from?: string;
  callerName?: string;
  ringSeconds?: number;
}

export const iso = (milliseconds = 0) => new Date(Date.now() + milliseconds).toISOString();

/** A contact centre in memory with just enough rules for a desk to be tried. Every change is pushed whole. */
export class World {
  queues: Queue[] = [
    { id: 'q-support', name: 'Support', kind: 'voice', ringSeconds: 20, wrapUpSeconds: 30 },
    { id: 'q-sales', name: 'Sales', kind: 'voice', ringSeconds: 20, wrapUpSeconds: 30 },
    { id: 'q-billing', name: 'Billing and refunds', kind: 'voice', ringSeconds: 20, wrapUpSeconds: 0 },
  ];
  /** Chat queues: agents have those of `chatQueues` besides the others. */
  chatQueues: Queue[] = [];
  settings = {
    country: 'FR',
    attachmentBytes: 1_000_000,
    attachmentTypes: ['image/png', 'image/jpeg', 'application/pdf'],
  };
  pauseReasons = ['break', 'lunch', 'training'];
  centerName = 'Atelier Lumen';
  /** Everybody's. */
  lines: Line[] = [{ number: '+33170189900', label: 'Atelier Lumen', own: false }];
  /** The numbers at which agents are called, by agent. */
  ownLines: Record<string, string[]> = {};
  agents = new Map<string, Agent>();
  contacts = new Map<string, Contact>();
  private sequence = 0;

  constructor(private readonly push: (agents: Agent[], contacts: Contact[]) => void) {
    this.addAgent('agent-1', 'Camille Durand', 'agent');
    this.addAgent('agent-2', 'Noor Haddad', 'agent');
    this.addAgent('lead-1', 'Sacha Morel', 'supervisor');
  }

  addAgent(id: string, name: string, role: Agent['role'], queues = this.queues.map((queue) => queue.id)): void {
    const memberships = queues.map((queueId): Membership => ({ queueId, status: 'out' }));
    this.agents.set(id, { id, name, role, language: 'en', memberships, online: false, version: 1 });
  }

  /** Everybody gets queues of chats. */
  addChatQueues(): void {
    const queue = (id: string, name: string): Queue => ({ id, name, kind: 'chat', ringSeconds: 0, wrapUpSeconds: 0 });
    this.chatQueues = [queue('q-messages', 'Messages'), queue('q-social', 'Social media')];
    for (const agent of this.agents.values()) {
      const more = this.chatQueues.map(({ id }): Membership => ({ queueId: id, status: 'ready', since: iso() }));
      this.agents.set(agent.id, { ...agent, memberships: [...agent.memberships, ...more] });
    }
  }

  agent(id: string): Agent {
    const agent = this.agents.get(id);
    if (!agent) throw new Refusal(403, 'not-an-agent');
    return agent;
  }

  snapshot(id: string): DeskSnapshot {
    const agent = this.agent(id);
    const contact = agent.contactId ? this.contacts.get(agent.contactId) : undefined;
    const { pauseReasons, centerName, settings, lines } = this;
    const queues = [...this.queues, ...this.chatQueues];
    const base = { agent, queues, pauseReasons, centerName, settings, lines, serverTime: iso() };
    return contact ? { ...base, contact } : base;
  }

  setStatus(id: string, status: Status, reason: string | undefined, queues: string[] | undefined, by = ''): Agent {
    const agent = this.agent(id);
    const chosen = queues ?? agent.memberships.filter((m) => m.status !== 'out').map((m) => m.queueId);
    const memberships = agent.memberships.map((m) =>
      chosen.includes(m.queueId)
        ? { queueId: m.queueId, status, since: iso(), ...(reason ? { reason } : {}), ...(by ? { by } : {}) }
        : m,
    );
    const { next: _, ...rest } = agent;
    return this.saveAgent({ ...rest, memberships });
  }

  /** The status for when call and wrap-up are over. */
  setNextStatus(id: string, status: Status, reason: string | undefined, by = ''): Agent {
    const agent = this.agent(id);
    if (!agent.contactId && !agent.wrapUp) return this.setStatus(id, status, reason, undefined, by);
    return this.saveAgent({ ...agent, next: { status, ...(reason ? { reason } : {}), ...(by ? { by } : {}) } });
  }

  setOnline(id: string, online: boolean): void {
    const agent = this.agents.get(id);
    if (agent && agent.online !== online) this.saveAgent({ ...agent, online });
  }

  setAudio(id: string, audioId: string | undefined): void {
    const { audioId: _, ...agent } = this.agent(id);
    this.saveAgent(audioId ? { ...agent, audioId } : agent);
  }

  /** A call comes in and rings at the agent. */
  ring(agentId: string, call: Call = {}): Contact {
    const { id, kind = 'inbound', queueId = 'q-support', to = '+33170189900', ringSeconds = 20 } = call;
    const { from, callerName, attempt } = call;
    this.sequence += 1;
    const contact: Contact = {
      id: id ?? `call-${String(this.sequence).padStart(4, '0')}`,
      kind,
      state: 'offered',
      queueId,
      to,
      offer: { id: `offer-${this.sequence}`, agentId, at: iso(), expiresAt: iso(ringSeconds * 1000) },
      enteredAt: iso(-8000),
      version: 1,
      ...(from ? { from } : {}),
      ...(callerName ? { callerName } : {}),
      ...(attempt ? { attempt } : {}),
    };
    this.saveBoth({ ...this.agent(agentId), contactId: contact.id }, contact);
    return contact;
  }

  accept(agentId: string, contactId: string, offerId: string): Contact {
    const contact = this.offered(contactId, offerId);
    const { offer: _, ...rest } = contact;
    const attempt = ['callback', 'campaign'].includes(rest.kind) ? { attempt: (rest.attempt ?? 0) + 1 } : {};
    return this.saveContact({ ...rest, ...attempt, state: 'connecting', agentId, acceptedAt: iso() });
  }

  decline(contactId: string, offerId: string): void {
    const { offer, ...contact } = this.offered(contactId, offerId);
    this.saveBoth(this.without(offer?.agentId ?? ''), { ...contact, state: 'waiting' });
  }

  /** The customer's audio joins the agent's. */
  connect(contactId: string): void {
    const contact = this.contact(contactId);
    if (contact.state === 'connecting') this.saveContact({ ...contact, state: 'connected', connectedAt: iso() });
  }

  /** How often hold was asked for, or its end. */
  turns = 0;

  hold(contactId: string, on: boolean): Contact {
    const { heldAt, ...contact } = this.contact(contactId);
    this.turns += 1;
    if (contact.state !== 'connected') throw new Refusal(409, 'not-connected');
    if (on === Boolean(heldAt)) return this.contact(contactId);
    return this.saveContact(on ? { ...contact, heldAt: iso() } : contact);
  }

  /** The digits that were sent into calls, by the desk's id. */
  readonly digits = new Map<string, string>();

  sendDigits(contactId: string, id: string, digits: string): void {
    if (this.contact(contactId).state !== 'connected') throw new Refusal(409, 'not-connected');
    if (!/^pl_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id) || !/^[0-9*#]{1,32}$/.test(digits))
      throw new Refusal(422, 'invalid');
    this.digits.set(id, digits);
  }

  /** Every message that was asked for, by the desk's id, however often. */
  readonly playings: string[] = [];

  /** A recorded message begins to play; asked twice, it plays once. */
  play(contactId: string, playback: Playback): Contact {
    const contact = this.contact(contactId);
    this.playings.push(playback.id);
    if (contact.state !== 'connected') throw new Refusal(409, 'not-connected');
    return contact.playback?.id === playback.id ? contact : this.saveContact({ ...contact, playback });
  }

  /** It is stopped by the agent. */
  stopPlaying(contactId: string, playbackId: string): Contact {
    const { playback, ...contact } = this.contact(contactId);
    return playback?.id === playbackId ? this.saveContact(contact) : this.contact(contactId);
  }

  /** It has come to its end, as the media node reports. */
  played(contactId: string): void {
    const { playback } = this.contact(contactId);
    if (playback?.thenEnd) this.end(contactId);
    else this.stopPlaying(contactId, playback?.id ?? '');
  }

  /** The offer rang out: the agent is paused. */
  miss(contactId: string): void {
    const { offer, ...contact } = this.contact(contactId);
    const agent = this.without(offer?.agentId ?? '');
    const memberships = agent.memberships.map((m) =>
      m.status === 'ready' ? { ...m, status: 'paused' as const, reason: 'missed', since: iso() } : m,
    );
    this.saveBoth({ ...agent, memberships }, { ...contact, state: 'waiting' });
  }

  /** The call ends, by whomever; a call that was answered leaves wrap-up behind. */
  end(contactId: string): Contact {
    const { offer, heldAt: _, guest, ...contact } = this.contact(contactId);
    if (contact.state === 'ended') return contact;
    const live = contact.state === 'connecting' || contact.state === 'connected';
    const agent = this.without(contact.agentId ?? offer?.agentId ?? '');
    const seconds = this.queues.find((queue) => queue.id === contact.queueId)?.wrapUpSeconds ?? 0;
    const wrapUp = { contactId, queueId: contact.queueId, since: iso(), until: iso(seconds * 1000) };
    this.saveBoth(live && seconds > 0 ? { ...agent, wrapUp } : agent, {
      ...contact,
      state: 'ended',
      outcome: live ? 'handled' : 'abandoned',
      endedAt: iso(),
    });
    if (guest?.agentId) this.saveAgent(this.without(guest.agentId));
    return this.contact(contactId);
  }

  endWrapUp(agentId: string): Agent {
    const { wrapUp: _, ...agent } = this.agent(agentId);
    const saved = this.saveAgent(agent);
    const { next } = saved;
    return next ? this.setStatus(agentId, next.status, next.reason, undefined, next.by) : saved;
  }

  contact(id: string): Contact {
    const contact = this.contacts.get(id);
    if (!contact) throw new Refusal(404, 'not-found');
    return contact;
  }

  private offered(contactId: string, offerId: string): Contact {
    const contact = this.contact(contactId);
    if (contact.state !== 'offered' || contact.offer?.id !== offerId) throw new Refusal(409, 'offer-gone');
    return contact;
  }

  without(agentId: string): Agent {
    const { contactId: _, ...agent } = this.agent(agentId);
    return agent;
  }

  saveAgent(agent: Agent): Agent {
    const saved = { ...agent, version: agent.version + 1 };
    this.agents.set(agent.id, saved);
    this.push([saved], []);
    return saved;
  }

  saveContact(contact: Contact): Contact {
    const saved = { ...contact, version: contact.version + 1 };
    this.contacts.set(contact.id, saved);
    this.push([], [saved]);
    return saved;
  }

  saveBoth(agent: Agent, contact: Contact): void {
    const [a, c] = [
      { ...agent, version: agent.version + 1 },
      { ...contact, version: contact.version + 1 },
    ];
    this.agents.set(a.id, a);
    this.contacts.set(c.id, c);
    this.push([a], [c]);
  }
}
