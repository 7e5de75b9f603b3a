import { useTranslation } from 'react-i18next';
import type { Contact, Guest } from '../api/model';
import { useAgentNames } from '../chat/use-chats';
import { attemptOf, kindOf, titles } from './call-kind';
import { callerLines } from './caller';
import { useDeskState } from './desk-context';
import { usePhoneFormat } from './phone-format';

export interface CallText {
  /** What kind of call it is. */
  title: string;
  /** Where it comes from: a queue or a campaign, a line, a colleague. */
  origin: string;
  /** Who the customer is: a name or a number, and the number under a name. */
  who: string;
  detail: string;
  /** Of a call that is returned: which attempt it is, from the second on. */
  attempt: string;
}

/** Puts a call into the agent's words. */
export function useCallText(): (contact: Contact, asGuest: boolean) => CallText {
  const { t } = useTranslation();
  const format = usePhoneFormat();
  const originOf = useOrigin();
  return (contact, asGuest) => {
    const { title: who, detail } = callerLines(t, contact, format);
    const attempt = asGuest ? 0 : attemptOf(contact);
    return {
      title: t(titles[kindOf(contact, asGuest)]),
      origin: originOf(contact, asGuest),
      who,
      detail,
      attempt: attempt > 1 ? t('call.attempt', { number: attempt }) : '',
    };
  };
}

function useOrigin(): (contact: Contact, asGuest: boolean) => string {
  const { t } = useTranslation();
  const format = usePhoneFormat();
  const nameOf = useColleagueName();
  const queues = useDeskState((state) => state.queues);
  const lines = useDeskState((state) => state.lines);
  return (contact, asGuest) => {
    const queue = queues.find(({ id }) => id === contact.queueId)?.name ?? '';
    if (asGuest) return [t('call.from', { name: nameOf(contact.agentId) }), queue].filter(Boolean).join(' · ');
    if (queue || contact.queueId || !contact.to) return queue;
    const label = lines.find(({ number }) => number === contact.to)?.label;
    return [label, format(contact.to)].filter(Boolean).join(' · ');
  };
}

/** Names a colleague, or says that it is one. */
export function useColleagueName(): (agentId: string | undefined) => string {
  const { t } = useTranslation();
  const nameOf = useAgentNames();
  return (agentId = '') => nameOf(agentId) || t('call.colleague');
}

/** Names a third party: a colleague, or whoever is at a number. */
export function useGuestName(): (guest: Guest) => string {
  const format = usePhoneFormat();
  const nameOf = useColleagueName();
  return ({ agentId, number = '' }) => (agentId ? nameOf(agentId) : format(number));
}
