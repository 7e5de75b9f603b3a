import '../styles/dial.css';
import Button from '@cloudscape-design/components/button';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import type { Whom } from '../desk/call-actions';
import { useDesk } from '../desk/desk-context';
import type { ErrorKey } from '../desk/failure';
import { usePhoneFormat } from '../desk/phone-format';
import { isNumber } from '../dial/as-typed';
import { ColleaguesMissing } from '../dial/colleagues-missing';
import { useNumberWriting } from '../dial/use-number-writing';
import { useWhomToPass } from '../dial/use-whom';
import type { WhomEntry } from '../dial/whom';
import { WhomField } from '../dial/whom-field';
import { KeypadKeys } from './keypad-keys';

interface Props {
  contact: Contact;
  /** Escape was pressed. */
  onClose: () => void;
}

/** Passes the call on, or asks somebody into it: an agent, a queue, or a number. */
export function TransferPanel({ contact, onClose }: Props) {
  const { t } = useTranslation();
  const format = usePhoneFormat();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<WhomEntry>();
  const { entries, failed, reload } = useWhomToPass(text);
  const passing = usePassing(contact);

  const write = (written: string, entry?: WhomEntry) => {
    setText(written);
    setChosen(entry);
    passing.forget();
  };
  const pick = (entry: WhomEntry) => write(entry.number ? format(entry.number) : entry.name, entry);
  const whom = whomOf(chosen, text);
  const enter = () => {
    const [first] = entries;
    if (whom) void passing.pass(whom, false);
    else if (first && text) pick(first);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups the fields of a form
    <div role="group" className="transfer-panel" aria-label={t('passing.title')} tabIndex={-1} onKeyDown={onKeyDown}>
      <WhomField
        label={t('passing.whom')}
        hint=""
        text={text}
        problem=""
        entries={entries}
        chosen={chosen?.id}
        onText={write}
        onPick={pick}
        onEnter={enter}
      >
        <NumberKeys text={text} onText={write} />
      </WhomField>
      {failed && <ColleaguesMissing onRetry={reload} />}
      {passing.problem && <Problem contact={contact} problem={passing.problem} />}
      <PassButtons whom={whom} passing={passing} />
    </div>
  );
}

/** A telephone's keys, for those who want them. */
function NumberKeys({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation();
  const writing = useNumberWriting();
  const [open, setOpen] = useState(false);
  return (
    <div className="transfer-keys">
      <Button
        variant="inline-link"
        iconName={open ? 'angle-up' : 'angle-down'}
        iconAlign="right"
        ariaExpanded={open}
        onClick={() => setOpen(!open)}
      >
        {t('passing.keys')}
      </Button>
      {open && <KeypadKeys longZero onPress={(sign) => onText(writing(text, text + sign, true))} />}
    </div>
  );
}

function PassButtons({ whom, passing }: { whom: Whom | undefined; passing: Passing }) {
  const { t } = useTranslation();
  const pass = (blind: boolean) => whom && void passing.pass(whom, blind);
  return (
    <div className="transfer-buttons">
      <Button disabled={!whom} loading={passing.pending === 'consult'} onClick={() => pass(false)}>
        {t('passing.consult')}
      </Button>
      <Button variant="primary" disabled={!whom} loading={passing.pending === 'transfer'} onClick={() => pass(true)}>
        {t('passing.now')}
      </Button>
    </div>
  );
}

/** Who is meant: the chosen one, or else a number that is written. */
function whomOf(chosen: WhomEntry | undefined, text: string): Whom | undefined {
  if (chosen?.agentId) return { agentId: chosen.agentId };
  if (chosen?.queueId) return { queueId: chosen.queueId };
  return isNumber(text) ? { number: text } : undefined;
}

/** Why it did not work; and that the caller is still there, waiting perhaps. */
function Problem({ contact, problem }: { contact: Contact; problem: ErrorKey }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const held = Boolean(contact.heldAt);
  return (
    <div role="alert" className="transfer-problem">
      <strong>{t(`error.${problem}`)}</strong>
      <span>{held ? t('passing.stillHeld') : t('passing.stillThere')}</span>
      {held && <Button onClick={() => void actions.hold(contact, false)}>{t('passing.resume')}</Button>}
    </div>
  );
}

interface Passing {
  pending: 'consult' | 'transfer' | undefined;
  problem: ErrorKey | undefined;
  forget: () => void;
  pass: (whom: Whom, blind: boolean) => Promise<void>;
}

/** One request at a time; what has gone through needs the panel no more. */
function usePassing(contact: Contact): Passing {
  const { actions, callTool } = useDesk();
  const [pending, setPending] = useState<Passing['pending']>();
  const [problem, setProblem] = useState<ErrorKey>();
  return {
    pending,
    problem,
    forget: () => setProblem(undefined),
    /** A transfer to a queue needs nobody to answer: the customer waits there. */
    async pass(whom, blind) {
      if (pending) return;
      setPending(blind ? 'transfer' : 'consult');
      setProblem(undefined);
      const passed =
        blind && 'queueId' in whom ? actions.toQueue(contact, whom.queueId) : actions.invite(contact, whom, blind);
      const failure = await passed;
      setProblem(failure);
      setPending(undefined);
      if (!failure) callTool.close();
    },
  };
}
