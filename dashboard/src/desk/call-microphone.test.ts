import { beforeEach, expect, it } from 'vitest';
import { liveContact, sampleAgent, sampleContact, sampleDesk } from '../../test/samples';
import type { Contact } from '../api/model';
import { type AudioState, audioOff, type MuteReason } from '../audio/audio-state';
import { CallMicrophone } from './call-microphone';
import { createDeskStore, type DeskStore } from './desk-store';

class FakeAudio {
  state: AudioState = { ...audioOff, phase: 'up' };
  readonly get = () => this.state;
  mute(reason: MuteReason, on: boolean): void {
    const others = this.state.muted.filter((other) => other !== reason);
    this.state = { ...this.state, muted: on ? [...others, reason] : others };
  }
}

const kept = new Map<string, string>();
const memory = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
} as unknown as Storage;

/** A page that is opened, in a call if there is one. */
function open(contact?: Contact) {
  const store = createDeskStore();
  const audio = new FakeAudio();
  const microphone = new CallMicrophone(store, audio as never, memory);
  const agent = sampleAgent(contact ? { contactId: contact.id } : {});
  store.dispatch({ type: 'snapshot', desk: sampleDesk(agent, contact), sentAt: 0, receivedAt: 0 });
  return { store, audio, microphone, muted: () => audio.state.muted };
}

const connected = (change: Partial<Contact> = {}) => liveContact({ state: 'connected', version: 3, ...change });
const become = (store: DeskStore, contact: Contact) =>
  store.dispatch({ type: 'patch', patch: { contacts: [contact] } });
const heldAt = '2026-11-22T09:11:00Z';

beforeEach(() => kept.clear());

it('is muted by the agent until the call ends, and not in the next one', () => {
  const { store, microphone, muted } = open(connected());
  microphone.toggle();
  expect(muted()).toEqual(['agent']);
  become(store, connected({ state: 'ended', version: 4 }));
  expect(muted()).toEqual([]);
  const next = connected({ id: 'call-2' });
  store.dispatch({
    type: 'patch',
    patch: { contacts: [next], agents: [sampleAgent({ contactId: 'call-2', version: 5 })] },
  });
  expect(muted()).toEqual([]);
  microphone.toggle();
  microphone.toggle();
  expect(muted()).toEqual([]);
});

it('is not muted where nobody listens', () => {
  for (const { microphone, muted } of [open(), open(sampleContact())]) {
    microphone.toggle();
    expect(muted()).toEqual([]);
  }
});

it('is closed on hold, from when it is asked for, and comes back as it was', () => {
  const { store, microphone, muted } = open(connected());
  microphone.toggle();
  store.dispatch({ type: 'action-started', action: 'hold' });
  expect(muted()).toEqual(['agent', 'hold']);
  become(store, connected({ heldAt, version: 4 }));
  store.dispatch({ type: 'action-settled', action: 'hold' });
  expect(muted()).toEqual(['agent', 'hold']);
  store.dispatch({ type: 'action-started', action: 'resume' });
  expect(muted()).toEqual(['agent', 'hold']);
  become(store, connected({ version: 5 }));
  expect(muted()).toEqual(['agent']);
});

it('is open to a third party while the customer is on hold', () => {
  const guest = { id: 'gu_1', number: '+331', state: 'ringing', blind: false, at: '', expiresAt: '' } as const;
  const { store, muted } = open(connected({ heldAt, guest }));
  expect(muted()).toEqual(['hold']);
  become(store, connected({ heldAt, guest: { ...guest, state: 'joined' }, version: 4 }));
  expect(muted()).toEqual([]);
  become(store, connected({ heldAt, version: 5 }));
  expect(muted()).toEqual(['hold']);
});

it('opens again if hold is refused, and when a call ends on hold', () => {
  const { store, muted } = open(connected());
  store.dispatch({ type: 'action-started', action: 'hold' });
  store.dispatch({ type: 'action-settled', action: 'hold' });
  expect(muted()).toEqual([]);
  become(store, connected({ heldAt, version: 4 }));
  expect(muted()).toEqual(['hold']);
  become(store, connected({ state: 'ended', version: 5 }));
  expect(muted()).toEqual([]);
});

it('stays muted over a reload, and in a tab that is opened beside', () => {
  const first = open(connected());
  first.microphone.toggle();
  const second = open(connected({ heldAt }));
  expect(second.muted()).toEqual(expect.arrayContaining(['agent', 'hold']));
  second.microphone.toggle();
  first.microphone.recall();
  expect(first.muted()).toEqual([]);
});

it('is left alone when another device has it', () => {
  const { audio, microphone, muted } = open(connected());
  audio.state = { ...audio.state, phase: 'elsewhere', elsewhere: 'device' };
  microphone.toggle();
  expect(muted()).toEqual([]);
});
