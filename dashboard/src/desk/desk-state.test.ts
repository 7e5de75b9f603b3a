import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveContact, sampleAgent, sampleContact, sampleDesk } from '../../test/samples';
import type { Agent, Contact } from '../api/model';
import { type DeskEvent, type DeskState, emptyDesk, isBehind, reduceDesk } from './desk-state';

const play = (events: readonly DeskEvent[], from: DeskState = emptyDesk) => events.reduce(reduceDesk, from);

const snapshot = (agent: Agent, contact?: Contact): DeskEvent => ({
  type: 'snapshot',
  desk: sampleDesk(agent, contact),
  sentAt: 0,
  receivedAt: 0,
});
const patch = (agents: Agent[], contacts: Contact[] = []): DeskEvent => ({
  type: 'patch',
  patch: { agents, contacts },
});

/** A server's history: every version of an agent and of some calls, each written once. */
const history = fc
  .array(fc.record({ agent: fc.boolean(), call: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 25 })
  .map((writes) => {
    const versions = { agent: 0, calls: [0, 0, 0, 0] };
    const events: DeskEvent[] = [];
    const last: { agent: Agent; contacts: Map<string, Contact> } = { agent: sampleAgent(), contacts: new Map() };
    for (const { agent, call } of writes) {
      const id = `call-${call}`;
      const version = (versions.calls[call] ?? 0) + 1;
      versions.calls[call] = version;
      const contact = sampleContact({ id, version, callerName: `version ${version}` });
      last.contacts.set(id, contact);
      if (agent) {
        versions.agent += 1;
        last.agent = sampleAgent({ version: versions.agent + 1, contactId: id });
      }
      events.push(patch(agent ? [last.agent] : [], [contact]));
    }
    return { events, last };
  });

describe('the desk state converges', () => {
  it('to the newest versions, in any order and with repeats', () => {
    fc.assert(
      fc.property(
        history,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        ({ events, last }, random) => {
          const twice = [...events, ...events]
            .map((event) => ({ event, at: random.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ event }) => event);
          const start = reduceDesk(emptyDesk, snapshot(sampleAgent()));
          const state = play(twice, start);
          expect(state.agents['agent-1']).toEqual(last.agent);
          expect(state.contacts).toEqual(Object.fromEntries(last.contacts));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('after losses, once a snapshot comes, wherever it comes among the patches', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.boolean()), fc.nat(), ({ events, last }, random, at) => {
        const kept = events.filter(() => random.next().value as boolean);
        const mine = last.agent.contactId ? last.contacts.get(last.agent.contactId) : undefined;
        const where = at % (kept.length + 1);
        const state = play([...kept.slice(0, where), snapshot(last.agent, mine), ...kept.slice(where)]);
        expect(state.agents['agent-1']).toEqual(last.agent);
        if (mine) expect(state.contacts[mine.id]).toEqual(mine);
      }),
      { numRuns: 300 },
    );
  });

  it('and a patch that brings nothing new changes nothing at all', () => {
    const state = play([snapshot(sampleAgent({ version: 5 })), patch([], [liveContact()])]);
    expect(reduceDesk(state, patch([sampleAgent({ version: 4 })], [sampleContact()]))).toBe(state);
  });
});

describe('reduceDesk', () => {
  it('takes the newest of several versions within one patch', () => {
    const state = play([patch([sampleAgent({ version: 3 }), sampleAgent({ version: 2 })])]);
    expect(state.agents['agent-1']?.version).toBe(3);
  });

  it('measures the server clock at the middle of the request', () => {
    const desk = sampleDesk(sampleAgent());
    const local = Date.parse(desk.serverTime) - 7_000;
    const state = reduceDesk(emptyDesk, { type: 'snapshot', desk, sentAt: local - 100, receivedAt: local + 100 });
    expect(state.clockOffset).toBe(7_000);
  });

  it('fails to load only while there is nothing to show', () => {
    expect(reduceDesk(emptyDesk, { type: 'load-failed' }).phase).toBe('failed');
    const ready = reduceDesk(emptyDesk, snapshot(sampleAgent()));
    expect(reduceDesk(ready, { type: 'load-failed' }).phase).toBe('ready');
  });

  it('forgets the oldest ended calls and no others', () => {
    const ended = Array.from({ length: 250 }, (_, i) =>
      sampleContact({ id: `call-${String(i).padStart(3, '0')}`, state: 'ended' }),
    );
    const { contacts } = play([patch([], [sampleContact({ id: 'call-000-live' }), ...ended])]);
    expect(Object.keys(contacts)).toHaveLength(201);
    expect(contacts['call-000-live']).toBeDefined();
    expect(contacts['call-049']).toBeUndefined();
    expect(contacts['call-050']).toBeDefined();
  });

  it('keeps one notice of each id, and actions while they are under way', () => {
    const notice = { id: 'accept', message: 'offerGone' } as const;
    const state = play([
      { type: 'notice', notice },
      { type: 'notice', notice: { ...notice, message: 'server' } },
      { type: 'action-started', action: 'accept' },
    ]);
    expect(state.notices).toEqual([{ id: 'accept', message: 'server' }]);
    expect(state.pending).toEqual(['accept']);
    const after = play(
      [
        { type: 'action-settled', action: 'accept' },
        { type: 'notice-dismissed', id: 'accept' },
      ],
      state,
    );
    expect([after.pending, after.notices]).toEqual([[], []]);
  });
});

describe('isBehind', () => {
  const state = play([snapshot(sampleAgent({ version: 4, contactId: 'call-1' }), sampleContact({ version: 2 }))]);
  it.each([
    ['an equal state', { agentVersion: 4, contactId: 'call-1', contactVersion: 2 }, false],
    ['an older server', { agentVersion: 3 }, false],
    ['a newer agent', { agentVersion: 5 }, true],
    ['a newer call', { agentVersion: 4, contactId: 'call-1', contactVersion: 3 }, true],
    ['a call never seen', { agentVersion: 4, contactId: 'call-9', contactVersion: 1 }, true],
  ])('%s', (_, pong, behind) => {
    expect(isBehind(state, pong)).toBe(behind);
  });
});
