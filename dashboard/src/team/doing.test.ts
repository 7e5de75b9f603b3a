import { describe, expect, it } from 'vitest';
import { liveContact, sampleAgent, sampleContact } from '../../test/samples';
import type { Contact, Membership } from '../api/model';
import { doingOf } from './doing';

const at = '2026-11-22T09:10:00.000Z';
const membership = (queueId: string, status: Membership['status'], since = at): Membership => ({
  queueId,
  status,
  since,
});
const wrapUp = { contactId: 'call-1', queueId: 'q-sales', since: at, until: '2026-11-22T09:10:30.000Z' };
const guest = { id: 'gu_1', agentId: 'agent-1', state: 'joined', blind: false, at, expiresAt: at } as const;
const called = sampleAgent({ contactId: 'call-1' });

describe('what an agent does', () => {
  it.each([
    ['a call rings', called, sampleContact(), 'ringing', at],
    ['is connecting', called, liveContact({ acceptedAt: at }), 'call', at],
    ['talks', called, liveContact({ state: 'connected', acceptedAt: '', connectedAt: at }), 'call', at],
    ['is in a colleague’s call', called, liveContact({ state: 'connected', agentId: 'agent-2', guest }), 'call', at],
    ['has a call that nobody has brought yet', called, undefined, 'call', undefined],
    ['wraps up', sampleAgent({ wrapUp }), undefined, 'wrapUp', at],
    ['is free', sampleAgent({ idleSince: at }), undefined, 'ready', at],
    ['has closed the desk', sampleAgent({ online: false }), undefined, 'away', undefined],
    ['is logged out', sampleAgent({ memberships: [membership('q-support', 'out')] }), undefined, 'out', undefined],
    ['is nobody’s', sampleAgent({ memberships: [] }), undefined, 'out', undefined],
  ])('%s', (_, agent, contact, kind, since) => {
    const doing = doingOf(agent, contact as Contact | undefined);
    expect([doing.kind, doing.since]).toEqual([kind, since]);
  });

  it('is paused since the last pause', () => {
    const memberships = [membership('q-support', 'paused', '2026-11-22T09:00:00Z'), membership('q-sales', 'paused')];
    expect(doingOf(sampleAgent({ memberships }), undefined)).toEqual({ kind: 'paused', since: at });
  });

  it('is seen from one queue, too', () => {
    const agent = sampleAgent({ memberships: [membership('q-support', 'ready'), membership('q-sales', 'paused')] });
    expect(doingOf(agent, undefined).kind).toBe('ready');
    expect(doingOf(agent, undefined, 'q-sales').kind).toBe('paused');
    expect(doingOf(agent, undefined, 'q-billing').kind).toBe('out');
    expect(doingOf({ ...agent, wrapUp }, undefined, 'q-billing').kind, 'a call comes first').toBe('wrapUp');
  });
});
