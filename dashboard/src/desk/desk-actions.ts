import type { DeskApi, StatusChange } from '../api/client';
import type { Agent, Contact, Patch } from '../api/model';
import { type CallActions, createCallActions } from './call-actions';
import type { Action } from './desk-state';
import type { DeskStore } from './desk-store';
import { type ErrorKey, errorKeyOf, holdErrorOf, teamErrorOf } from './failure';
import type { Notice } from './notice';
import { createSortedIds } from './sorted-ids';

/** What an agent can do. None of these rejects: a failure becomes a notice, and the server's state stands. */
export interface DeskActions extends CallActions {
  setStatus(change: StatusChange): Promise<void>;
  accept(contact: Contact): Promise<void>;
  decline(contact: Contact): Promise<void>;
  end(contact: Contact): Promise<void>;
  /** Puts the customer on hold, or takes them off it. */
  hold(contact: Contact, on: boolean): Promise<void>;
  /** Plays a recorded message into the call, which ends with it if so wished. */
  play(contact: Contact, recordingId: string, thenEnd: boolean): Promise<void>;
  stopPlaying(contact: Contact): Promise<void>;
  endWrapUp(contactId: string): Promise<void>;
  endWrapUpOf(agent: Agent): Promise<void>;
  /** Gives a colleague a status, as supervisors do. */
  setStatusOf(agent: Agent, change: StatusChange): Promise<void>;
  tell(notice: Notice): void;
  dismiss(noticeId: string): void;
}

/** What is answered: an invitation into a colleague's call is answered by its own id. */
const offerId = ({ offer, guest }: Contact): string => offer?.id ?? guest?.id ?? '';

const agentPatch = async (agent: Promise<Agent>): Promise<Patch> => ({ agents: [await agent] });
const contactPatch = async (contact: Promise<Contact>): Promise<Patch> => ({ contacts: [await contact] });

/** Milliseconds within which two clicks are one. */
export const DOUBLE_CLICK = 500;

export function createDeskActions(api: DeskApi, store: DeskStore, resync: () => void): DeskActions {
  const merge = (patch: Patch) => store.dispatch({ type: 'patch', patch });
  const tell = (notice: Notice) => store.dispatch({ type: 'notice', notice });
  const dismiss = (id: string) => store.dispatch({ type: 'notice-dismissed', id });

  /** Runs one request at a time for each action, and gives what went wrong; a snapshot then shows how things stand. */
  async function attempt(action: Action, request: () => Promise<Patch>): Promise<{ error: unknown } | undefined> {
    if (store.get().pending.includes(action)) return undefined;
    store.dispatch({ type: 'action-started', action });
    dismiss(action);
    try {
      merge(await request());
      return undefined;
    } catch (error) {
      resync();
      return { error };
    } finally {
      store.dispatch({ type: 'action-settled', action });
    }
  }

  async function act(
    action: Action,
    request: () => Promise<Patch>,
    messageOf: (error: unknown) => ErrorKey = errorKeyOf,
  ): Promise<void> {
    const failed = await attempt(action, request);
    if (failed) tell({ id: action, message: messageOf(failed.error) });
  }

  /** Does something to a colleague. What failed can be tried again where it is told. */
  async function actOn(action: Action, agent: Agent, request: () => Promise<Agent>): Promise<void> {
    const failed = await attempt(action, () => agentPatch(request()));
    if (!failed) return;
    const retry = () => void actOn(action, agent, request);
    tell({ id: action, message: teamErrorOf(failed.error), whom: agent.name, retry });
  }

  /** What the agent chose while another choice was under way: it follows, the last one for each choice of queues, and for later. */
  let following: StatusChange[] = [];

  async function setStatus(change: StatusChange): Promise<void> {
    if (store.get().pending.includes('status')) {
      const sameTime = (other: StatusChange) => Boolean(other.later) === Boolean(change.later);
      const replaced = (other: StatusChange) => `${other.queues}` === `${change.queues}` && sameTime(other);
      following = [...following.filter((other) => !replaced(other)), change];
      return;
    }
    await act('status', () => agentPatch(api.setStatus(change)));
    const next = following.shift();
    if (next) await setStatus(next);
  }

  /** When hold last began or ended. */
  let turned = -Infinity;

  async function hold(contact: Contact, on: boolean): Promise<void> {
    const { pending } = store.get();
    if (pending.includes('hold') || pending.includes('resume') || performance.now() - turned < DOUBLE_CLICK) return;
    dismiss(on ? 'resume' : 'hold');
    await act(
      on ? 'hold' : 'resume',
      async () => {
        const patch = await contactPatch(api.hold(contact.id, on));
        turned = performance.now();
        return patch;
      },
      (error) => holdErrorOf(error, on),
    );
  }

  const newPlaybackId = createSortedIds('pl', () => Date.now() + store.get().clockOffset);

  return {
    ...createCallActions(api.calls, store, { act, attempt }),
    tell,
    dismiss,
    setStatus,
    accept: (contact) => act('accept', () => contactPatch(api.accept(contact.id, offerId(contact)))),
    decline: (contact) =>
      act('decline', async () => {
        await api.decline(contact.id, offerId(contact));
        return {};
      }),
    end: (contact) => act('end', () => contactPatch(api.end(contact.id))),
    hold,
    play: (contact, recordingId, thenEnd) =>
      act('play', () => contactPatch(api.recordings.play(contact.id, { id: newPlaybackId(), recordingId, thenEnd }))),
    stopPlaying: (contact) =>
      act('stop-playing', () => contactPatch(api.recordings.stop(contact.id, contact.playback?.id ?? ''))),
    endWrapUp: (contactId) => act('wrap-up', () => agentPatch(api.endWrapUp(contactId))),
    endWrapUpOf: (agent) =>
      actOn(`wrap-up:${agent.id}`, agent, () => api.endWrapUpOf(agent.id, agent.wrapUp?.contactId ?? '')),
    setStatusOf: (agent, change) => actOn(`status:${agent.id}`, agent, () => api.setStatusOf(agent.id, change)),
  };
}
