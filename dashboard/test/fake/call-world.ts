import type { Invitation } from '../../src/api/call-api';
import type { Agent, Contact, Guest } from '../../src/api/model';
import { iso, Refusal, type World } from './world';

/** What agents do to make calls and to pass them on, with just enough rules for a desk to be tried. */
export class CallWorld {
  /** The next request of this kind is refused, once. */
  refuse: { verb: 'line' | 'dial' | 'guest' | 'queue' | 'hand-over'; status: number; slug: string } | undefined;
  /** Ids of the calls and invitations that were asked for, however often. */
  readonly asked: string[] = [];

  constructor(private readonly world: World) {}

  private check(verb: string): void {
    const { refuse } = this;
    if (refuse?.verb !== verb) return;
    this.refuse = undefined;
    throw new Refusal(refuse.status, refuse.slug);
  }

  setLine(agentId: string, number: string): Agent {
    this.check('line');
    return this.world.saveAgent({ ...this.world.agent(agentId), line: number });
  }

  dial(agentId: string, id: string, to: string): Contact {
    if (!/^ct_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id)) throw new Refusal(422, 'invalid');
    this.asked.push(id);
    this.check('dial');
    const agent = this.world.agent(agentId);
    if (agent.contactId === id) return this.world.contact(id);
    if (agent.contactId) throw new Refusal(409, 'agent-busy');
    if (!agent.audioId) throw new Refusal(409, 'agent-without-audio');
    const line = agent.line ?? this.world.lines[0]?.number;
    if (!line) throw new Refusal(409, 'no-line');
    const from = e164(to);
    const call = { id, kind: 'outbound', state: 'connecting', queueId: '', from, to: line } as const;
    this.world.saveBoth(
      { ...agent, contactId: id },
      { ...call, agentId, enteredAt: iso(), acceptedAt: iso(), version: 1 },
    );
    return this.world.contact(id);
  }

  invite(
    agentId: string,
    contactId: string,
    { id, agentId: colleagueId, queueId, number, blind }: Invitation,
  ): Contact {
    if (!/^gu_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id)) throw new Refusal(422, 'invalid');
    this.asked.push(id);
    const contact = this.connected(agentId, contactId);
    if (contact.guest?.id === id) return contact;
    if (contact.guest) throw new Refusal(409, 'guest-there');
    this.check('guest');
    const whom = queueId ? this.freeIn(queueId, agentId) : colleagueId;
    const guest: Guest = {
      id,
      state: 'ringing',
      blind: blind ?? false,
      at: iso(),
      expiresAt: iso(30_000),
      ...(whom ? { agentId: whom } : { number: e164(number ?? '') }),
    };
    const { playback: _, ...rest } = contact;
    const held = { ...rest, guest, heldAt: rest.heldAt ?? iso() };
    if (whom) this.world.saveBoth({ ...this.reachable(whom), contactId }, held);
    else this.world.saveContact(held);
    return this.world.contact(contactId);
  }

  private freeIn(queueId: string, except: string): string {
    const free = [...this.world.agents.values()].find(
      ({ id, online, contactId, memberships }) =>
        id !== except &&
        online &&
        !contactId &&
        memberships.some((membership) => membership.queueId === queueId && membership.status === 'ready'),
    );
    if (!free) throw new Refusal(409, 'queue-nobody');
    return free.id;
  }

  private reachable(id: string): Agent {
    const agent = this.world.agent(id);
    if (!agent.online) throw new Refusal(409, 'agent-away');
    if (agent.contactId || agent.wrapUp) throw new Refusal(409, 'agent-busy');
    return agent;
  }

  /** The guest answers: a colleague at their desk, or whoever is at the number. */
  answer(contactId: string): Contact {
    const contact = this.world.contact(contactId);
    if (!contact.guest) throw new Refusal(409, 'offer-gone');
    this.world.saveContact({ ...contact, guest: { ...contact.guest, state: 'joined' } });
    return contact.guest.blind ? this.handOver(contact.agentId ?? '', contactId) : this.world.contact(contactId);
  }

  /** The guest declines, hangs up, or is taken out; the customer stays on hold. */
  guestGone(contactId: string): Contact {
    const { guest, ...contact } = this.world.contact(contactId);
    if (guest?.agentId) this.world.saveBoth(this.world.without(guest.agentId), contact);
    else if (guest) this.world.saveContact(contact);
    return this.world.contact(contactId);
  }

  handOver(agentId: string, contactId: string): Contact {
    this.check('hand-over');
    const { guest, heldAt: _, ...contact } = this.connected(agentId, contactId);
    if (guest?.state !== 'joined') throw new Refusal(409, 'no-guest');
    if (!guest.agentId) return this.world.end(contactId);
    this.world.saveBoth(this.wrapsUp(contact), { ...contact, state: 'connecting', agentId: guest.agentId });
    return this.world.contact(contactId);
  }

  toQueue(agentId: string, contactId: string, queueId: string): Contact {
    this.check('queue');
    const { guest: _, heldAt: __, agentId: ___, ...contact } = this.connected(agentId, contactId);
    this.world.saveBoth(this.wrapsUp({ ...contact, agentId }), { ...contact, queueId, state: 'waiting' });
    return this.world.contact(contactId);
  }

  /** A customer who is called back is not reached: they are called again in so many milliseconds, or never. */
  notReached(contactId: string, again?: number): void {
    const { agentId = '', acceptedAt: _, ...contact } = this.world.contact(contactId);
    const next: Partial<Contact> =
      again === undefined
        ? { state: 'ended', outcome: 'incomplete', endedAt: iso() }
        : { state: 'scheduled', dueAt: iso(again) };
    this.world.saveBoth(this.world.without(agentId), { ...contact, ...next });
  }

  private wrapsUp({ id: contactId, queueId, agentId = '' }: Contact): Agent {
    const seconds = this.world.queues.find(({ id }) => id === queueId)?.wrapUpSeconds ?? 0;
    const wrapUp = { contactId, queueId, since: iso(), until: iso(seconds * 1000) };
    return seconds > 0 ? { ...this.world.without(agentId), wrapUp } : this.world.without(agentId);
  }

  private connected(agentId: string, contactId: string): Contact {
    const contact = this.world.contact(contactId);
    if (contact.state !== 'connected' || contact.agentId !== agentId) throw new Refusal(409, 'not-connected');
    return contact;
  }
}

/** French numbers, as people write them. */
function e164(written: string): string {
  const digits = written.replace(/[^\d+]/g, '');
  if (digits.length < 2) throw new Refusal(422, 'not-a-number');
  if (digits.length < 8) throw new Refusal(422, 'too-short');
  return digits.replace(/^0(?=[1-9])/, '+33');
}
