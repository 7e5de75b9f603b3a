import { useRef, useState } from 'react';
import type { Voicemail } from '../../api/model';
import { Problem } from '../../api/problem';
import { useDesk } from '../../desk/desk-context';
import { type ErrorKey, errorKeyOf } from '../../desk/failure';
import type { PageNews } from './news';
import { useNaming } from './use-naming';

export interface Dealing {
  /** What is under way: `mark` or `call`, and the message's id. */
  pending: string;
  failure: ErrorKey | undefined;
  mark: (one: Voicemail, state: 'new' | 'done') => void;
  callBack: (one: Voicemail) => void;
}

/** What an agent does about messages, one thing at a time. */
export function useDealing(onDone: (news: PageNews) => void): Dealing {
  const { voicemails } = useDesk();
  const { nameOf } = useNaming();
  const call = useCallBack();
  const [pending, setPending] = useState('');
  const [failure, setFailure] = useState<ErrorKey>();
  const run = async (what: string, action: () => Promise<void>) => {
    if (pending) return;
    setPending(what);
    setFailure(undefined);
    try {
      await action();
    } catch (error) {
      setFailure(errorKeyOf(error));
      void voicemails.load(); // shows how things stand
    } finally {
      setPending('');
    }
  };
  return {
    pending,
    failure,
    mark: (one, state) =>
      void run(`mark ${one.id}`, async () => {
        await voicemails.mark(one, state);
        onDone({ what: state === 'done' ? 'done' : 'open', name: nameOf(one) });
      }),
    callBack: (one) => void run(`call ${one.id}`, () => call(one)),
  };
}

/** Calls who left a message. A call that nobody knows about is asked for again under the same id: it is one call. */
function useCallBack(): (one: Voicemail) => Promise<void> {
  const { voicemails, store, retry } = useDesk();
  const ids = useRef(new Map<string, string>());
  return async ({ id, from = '' }) => {
    const callId = ids.current.get(id) ?? voicemails.newCallId();
    ids.current.set(id, callId);
    try {
      const contact = await voicemails.call(callId, from);
      ids.current.delete(id);
      store.dispatch({ type: 'patch', patch: { contacts: [contact] } });
      retry(); // the agent's own record names the call
    } catch (error) {
      if (!(error instanceof Problem && error.status === 0)) ids.current.delete(id);
      throw error;
    }
  };
}
