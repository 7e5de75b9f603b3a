import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../api/chat-model';
import { useCustomerName } from '../../chat/customer-name';
import { AttachProblems } from './attach-problems';
import { useAttach } from './use-attach';

/** The whole conversation takes files that are dropped on it. */
export function DropZone({ chat, children }: { chat: Chat; children: ReactNode }) {
  const { t } = useTranslation();
  const { title } = useCustomerName()(chat);
  const attach = useAttach(chat.id);
  const [over, setOver] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);
  const depth = useRef(0);
  const enter = (event: DragEvent, step: number) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    depth.current += step;
    setOver(depth.current > 0);
  };
  return (
    <section
      className="conversation"
      aria-label={t('header.details', { name: title })}
      onDragEnter={(event) => enter(event, 1)}
      onDragOver={(event) => enter(event, 0)}
      onDragLeave={(event) => enter(event, -1)}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        setProblems(attach([...event.dataTransfer.files]));
      }}
    >
      {children}
      <AttachProblems problems={problems} onDismiss={() => setProblems([])} />
      {over && <div className="drop-hint">{t('composer.dropHere')}</div>}
    </section>
  );
}
