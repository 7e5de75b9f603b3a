import Autosuggest from '@cloudscape-design/components/autosuggest';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../api/chat-model';
import { useChatDesk } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { useKnownTags } from './use-known-tags';

/** The server's limits. */
const MOST_TAGS = 20;
const LONGEST_TAG = 40;

/** The tags of a conversation, open or resolved. */
export function Tags({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { actions } = useChatDesk();
  const [adding, setAdding] = useState(false);
  const pending = useDeskState((state) => state.pending.includes(`chat:${chat.id}:tags`));
  const set = (tags: string[]) => void actions.setTags(chat.id, tags);
  return (
    <div className="conversation-tags">
      {chat.tags.length > 0 && (
        <ul aria-label={t('tags.list')}>
          {chat.tags.map((tag) => (
            <li key={tag} className="chat-tag">
              <span>{tag}</span>
              <button
                type="button"
                aria-label={t('tags.remove', { tag })}
                disabled={pending}
                onClick={() => set(chat.tags.filter((one) => one !== tag))}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <NewTag
          taken={chat.tags}
          onAdd={(tag) => {
            setAdding(false);
            if (!chat.tags.includes(tag)) set([...chat.tags, tag]);
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <Button
          variant="inline-link"
          disabled={pending || chat.tags.length >= MOST_TAGS}
          onClick={() => setAdding(true)}
        >
          {t('tags.add')}
        </Button>
      )}
    </div>
  );
}

interface NewTagProps {
  taken: string[];
  onAdd: (tag: string) => void;
  onCancel: () => void;
}

function NewTag({ taken, onAdd, onCancel }: NewTagProps) {
  const { t } = useTranslation();
  const known = useKnownTags();
  const [text, setText] = useState('');
  const tag = text.trim().slice(0, LONGEST_TAG);
  return (
    <div className="new-tag">
      <Autosuggest
        value={text}
        ariaLabel={t('tags.name')}
        placeholder={t('tags.name')}
        enteredTextLabel={(value) => t('tags.use', { tag: value })}
        options={known.filter((one) => !taken.includes(one)).map((value) => ({ value }))}
        autoFocus
        onChange={({ detail }) => setText(detail.value.slice(0, LONGEST_TAG))}
        onSelect={({ detail }) => detail.value.trim() && onAdd(detail.value.trim().slice(0, LONGEST_TAG))}
        onKeyDown={({ detail }) => {
          if (detail.key === 'Escape') onCancel();
          if (detail.key === 'Enter' && tag) onAdd(tag);
        }}
      />
      <Button
        variant="icon"
        iconName="check"
        ariaLabel={t('tags.confirm')}
        disabled={!tag}
        onClick={() => onAdd(tag)}
      />
      <Button variant="icon" iconName="close" ariaLabel={t('tags.cancel')} onClick={onCancel} />
    </div>
  );
}
