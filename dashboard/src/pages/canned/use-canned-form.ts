import { useState } from 'react';
import type { CannedMessage } from '../../api/chat-model';
import { Problem } from '../../api/problem';
import { useChatDesk } from '../../chat/use-chats';
import { type ErrorKey, errorKeyOf } from '../../desk/failure';

export interface CannedFields {
  title: string;
  text: string;
  shortcut: string;
  categories: string[];
  public: boolean;
}

/** What is wrong with a field; keys under `cannedForm`. */
export type FieldProblem = 'required' | 'tooLong' | 'shortcutInvalid' | 'shortcutTaken';
export type FieldProblems = Partial<Record<'title' | 'text' | 'shortcut', FieldProblem>>;

/** The server's rules. */
const LONGEST_TITLE = 100;
const LONGEST_TEXT = 5000;
const SHORTCUT = /^[a-z0-9_-]{0,32}$/;

const lengthProblem = (text: string, longest: number): FieldProblem | undefined => {
  if (text.trim() === '') return 'required';
  return [...text].length > longest ? 'tooLong' : undefined;
};

export function fieldProblems({ title, text, shortcut }: CannedFields): FieldProblems {
  const found: FieldProblems = {};
  const [ofTitle, ofText] = [lengthProblem(title, LONGEST_TITLE), lengthProblem(text, LONGEST_TEXT)];
  if (ofTitle) found.title = ofTitle;
  if (ofText) found.text = ofText;
  if (!SHORTCUT.test(shortcut)) found.shortcut = 'shortcutInvalid';
  return found;
}

const empty: CannedFields = { title: '', text: '', shortcut: '', categories: [], public: false };

/** The form's state: what is wrong is told on saving, and again as it is put right. */
export function useCannedForm(message: CannedMessage | undefined, onSaved: () => void) {
  const { canned } = useChatDesk();
  const [draft, setDraft] = useState<CannedFields>({ ...empty, ...message });
  const [problems, setProblems] = useState<FieldProblems>({});
  const [failure, setFailure] = useState<ErrorKey>();
  const [saving, setSaving] = useState(false);

  const change = (part: Partial<CannedFields>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    if (Object.keys(problems).length > 0) setProblems(fieldProblems(next));
  };

  const save = async () => {
    const found = fieldProblems(draft);
    setProblems(found);
    setFailure(undefined);
    if (Object.keys(found).length > 0) return;
    setSaving(true);
    const { title, text, shortcut, categories, public: shared } = draft;
    const fields = { title: title.trim(), text, shortcut, categories, public: shared };
    try {
      await canned.save(message ? { ...fields, version: message.version } : fields, message?.id);
      onSaved();
    } catch (error) {
      if (error instanceof Problem && error.slug === 'shortcut-taken') setProblems({ shortcut: 'shortcutTaken' });
      else setFailure(errorKeyOf(error));
      setSaving(false);
    }
  };
  return { draft, change, problems, failure, saving, save };
}
