import PromptInput, { type PromptInputProps } from '@cloudscape-design/components/prompt-input';
import { type ClipboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { emptyDraft } from '../../chat/drafts';
import { useChatDesk } from '../../chat/use-chats';
import { useServerNow } from '../../desk/use-server-now';
import { AttachProblems } from './attach-problems';
import { CannedList } from './canned-list';
import { ComposerActions } from './composer-actions';
import { ComposerHints } from './composer-hints';
import { ComposerMode } from './composer-mode';
import { obstacleFor } from './composer-obstacle';
import { DraftFiles } from './draft-files';
import { LONGEST_TEXT } from './longest-text';
import { ObstacleNote } from './obstacle-note';
import { replyWindow } from './reply-window';
import { ReplyingTo } from './replying-to';
import { useAttach } from './use-attach';
import { useCannedPicker } from './use-canned-picker';
import { useDraft, useUploads } from './use-draft';

/** Where the agent writes: to the customer, or a note to colleagues. */
export function Composer({ chat, me }: { chat: Chat; me: Agent }) {
  const { t } = useTranslation();
  const chats = useChatDesk();
  const [draft, change] = useDraft(chat.id);
  const uploads = useUploads(chat.id);
  const attach = useAttach(chat.id);
  const window = replyWindow(chat, useServerNow());
  const [problems, setProblems] = useState<string[]>([]);
  const field = useRef<PromptInputProps.Ref>(null);
  const frame = useRef<HTMLDivElement>(null);
  const canned = useCannedPicker({ draft, change, frame, enabled: !draft.note });

  const obstacle = draft.note ? undefined : obstacleFor(chat, me, window.stage);
  const characters = [...draft.text].length;
  const empty = draft.text.trim() === '' && draft.files.length === 0;
  const blocked = obstacle !== undefined || empty || uploads.length > 0 || characters > LONGEST_TEXT;
  const send = () => {
    if (blocked) return;
    chats.send(chat.id, { ...draft, text: draft.text.trim() });
    change({ ...emptyDraft, note: draft.note });
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0 || draft.note) return;
    event.preventDefault();
    setProblems(attach(files));
  };
  return (
    <div ref={frame} className="composer" data-note={draft.note}>
      <ComposerMode note={draft.note} onChange={(note) => change({ note })} />
      {obstacle && <ObstacleNote obstacle={obstacle} chat={chat} me={me} />}
      {draft.replyTo && !draft.note && (
        <ReplyingTo chatId={chat.id} id={draft.replyTo} onRemove={() => change({ replyTo: '' })} />
      )}
      <AttachProblems problems={problems} onDismiss={() => setProblems([])} />
      <CannedList picker={canned} />
      <PromptInput
        ref={field}
        value={draft.text}
        minRows={2}
        maxRows={8}
        disabled={obstacle !== undefined}
        ariaLabel={t(draft.note ? 'composer.noteLabel' : 'composer.label')}
        placeholder={t(draft.note ? 'composer.notePlaceholder' : 'composer.placeholder')}
        actionButtonIconName="send"
        actionButtonAriaLabel={t(draft.note ? 'composer.saveNote' : 'composer.send')}
        disableActionButton={blocked}
        onAction={send}
        onChange={({ detail }) => {
          change({ text: detail.value, ...(detail.value === '' ? { canned: undefined } : {}) });
          canned.typed();
          if (detail.value && !draft.note) chats.types(chat.id);
        }}
        nativeTextareaAttributes={{ onPaste, ...canned.fieldAttributes }}
        secondaryActions={
          draft.note ? undefined : (
            <ComposerActions
              disabled={obstacle !== undefined}
              onFiles={(files) => setProblems(attach(files))}
              onCanned={() => {
                field.current?.focus();
                canned.open();
              }}
            />
          )
        }
        secondaryContent={
          draft.files.length + uploads.length > 0 ? (
            <DraftFiles
              files={draft.files}
              uploads={uploads}
              onRemove={(id) => change({ files: draft.files.filter((file) => file.id !== id) })}
            />
          ) : undefined
        }
      />
      <ComposerHints
        chat={chat}
        draft={draft}
        characters={characters}
        window={window}
        uploading={uploads.length > 0}
        blocked={obstacle !== undefined}
      />
    </div>
  );
}
