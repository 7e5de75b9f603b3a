import { describe, expect, it } from 'vitest';
import { liveContact, sampleAgent } from '../../test/samples';
import type { Agent, Membership } from '../api/model';
import { emptyDesk } from '../desk/desk-state';
import { createStaffTally, tallyAgents } from './tally';
import { everybody, findAgents, type TeamQuery, withKept } from './team-list';

const ready = (...queueIds: string[]): Membership[] => queueIds.map((queueId) => ({ queueId, status: 'ready' }));
const person = (id: string, name: string, change: Partial<Agent> = {}) =>
  sampleAgent({ id, name, memberships: ready('q-support'), ...change });

const state = {
  ...emptyDesk,
  contacts: { 'call-1': liveContact({ agentId: 'eve', state: 'connected', connectedAt: '2026-11-22T09:01:00Z' }) },
  agents: Object.fromEntries(
    [
      person('ada', 'Ada', { idleSince: '2026-11-22T09:05:00Z' }),
      person('bob', 'Bob', { memberships: [{ queueId: 'q-sales', status: 'paused', reason: 'lunch' }] }),
      person('elo', 'Élodie', { idleSince: '2026-11-22T09:00:00Z', memberships: ready('q-support', 'q-sales') }),
      person('eve', 'Eve', { contactId: 'call-1' }),
      person('gus', 'Gus', { online: false }),
      person('zoe', 'Zoé', { memberships: [{ queueId: 'q-sales', status: 'out' }] }),
    ].map((agent) => [agent.id, agent]),
  ),
};
const { compare } = new Intl.Collator('fr');
const find = (query: Partial<TeamQuery>) => findAgents(state, { ...everybody, ...query }, compare).join(' ');

describe('agents', () => {
  it.each<[string, Partial<TeamQuery>, string]>([
    ['by name', {}, 'ada bob elo eve gus zoe'],
    ['by name, backwards', { descending: true }, 'zoe gus eve elo bob ada'],
    ['by what they do, the longest first', { sortBy: 'doing' }, 'elo ada eve bob gus zoe'],
    ['with a part of the name, without accents', { text: ' ELO' }, 'elo'],
    ['with accents', { text: 'zoé' }, 'zoe'],
    ['who do something', { kind: 'ready' }, 'ada elo'],
    ['of a queue', { queueId: 'q-sales' }, 'bob elo zoe'],
    ['of a queue who do something there', { queueId: 'q-sales', kind: 'ready' }, 'elo'],
    ['whom nobody knows', { text: 'nobody' }, ''],
  ])('are found %s', (_, query, ids) => {
    expect(find(query)).toBe(ids);
  });

  it('are counted by what they do', () => {
    const all = { ready: 2, ringing: 0, call: 1, wrapUp: 0, paused: 1, away: 1, out: 1 };
    expect(tallyAgents(state, '')).toEqual(all);
    expect(tallyAgents(state, 'q-sales')).toEqual({ ...all, ready: 1, call: 0, away: 0 });
  });

  it('make the staff of their queues, as long as their desks are open', () => {
    const tally = createStaffTally();
    expect(tally(state)).toEqual({
      'q-support': { loggedIn: 3, free: 2, busy: 1, paused: 0 },
      'q-sales': { loggedIn: 2, free: 1, busy: 0, paused: 1 },
    });
    expect(tally({ ...state })).toBe(tally(state));
    expect(tally({ ...state, agents: {} })).toEqual({});
  });
});

describe('an agent who is kept', () => {
  it.each([
    ['nobody', ['a', 'b'], undefined, 'a b'],
    ['stays where they are', ['a', 'b'], { id: 'b', index: 1 }, 'a b'],
    ['stays though others come', ['x', 'a', 'b'], { id: 'b', index: 1 }, 'x b a'],
    ['stays though no longer looked for', ['a', 'c'], { id: 'b', index: 1 }, 'a b c'],
    ['is last when others go', ['a'], { id: 'b', index: 5 }, 'a b'],
  ])('%s', (_, ids, kept, expected) => {
    expect(withKept(ids, kept).join(' ')).toBe(expected);
  });
});
