import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Writing as WritingSign } from '../../chat/chat-state';
import { useAgentNames, useChatState } from '../../chat/use-chats';

const nobody: readonly WritingSign[] = [];

/** Who is typing at the moment. A sign that is not repeated runs out by itself. */
export function Writing({ chatId }: { chatId: string }) {
  const { t } = useTranslation();
  const nameOf = useAgentNames();
  const signs = useChatState((state) => state.writing[chatId] ?? nobody);
  const current = useCurrent(signs);
  const text = current
    .map(({ agentId }) =>
      agentId ? t('thread.agentTypes', { name: nameOf(agentId) || t('thread.colleague') }) : t('thread.customerTypes'),
    )
    .join(' ');
  return (
    <p className="thread-writing" aria-live="polite">
      {text}
    </p>
  );
}

function useCurrent(signs: readonly WritingSign[]): readonly WritingSign[] {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const next = Math.min(...signs.map(({ until }) => until).filter((until) => until > Date.now()));
    if (!Number.isFinite(next)) return;
    const timer = setTimeout(() => setNow(Date.now()), next - Date.now() + 10);
    return () => clearTimeout(timer);
  }, [signs]);
  return signs.filter(({ until }) => until > now);
}
