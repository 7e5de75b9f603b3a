import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { DeskPage } from '../pages/desk/desk-page';
import { NotFound } from '../pages/not-found/not-found';
import { Start } from '../pages/start/start';

const TeamPage = lazy(() => import('../pages/team/team-page').then(({ TeamPage: page }) => ({ default: page })));
const ConversationsPage = lazy(() =>
  import('../pages/conversations/conversations-page').then(({ ConversationsPage: page }) => ({ default: page })),
);
const CannedPage = lazy(() =>
  import('../pages/canned/canned-page').then(({ CannedPage: page }) => ({ default: page })),
);
const QueuePage = lazy(() => import('../pages/queue/queue-page').then(({ QueuePage: page }) => ({ default: page })));
const RecordingsPage = lazy(() =>
  import('../pages/recordings/recordings-page').then(({ RecordingsPage: page }) => ({ default: page })),
);
const RecordingFormPage = lazy(() =>
  import('../pages/recordings/recording-form-page').then(({ RecordingFormPage: page }) => ({ default: page })),
);
const ReportsPage = lazy(() =>
  import('../pages/reports/reports-page').then(({ ReportsPage: page }) => ({ default: page })),
);
const SetAsidePage = lazy(() =>
  import('../pages/set-aside/set-aside-page').then(({ SetAsidePage: page }) => ({ default: page })),
);
const SettingsPage = lazy(() =>
  import('../pages/settings/settings-page').then(({ SettingsPage: page }) => ({ default: page })),
);
const ProductivityPage = lazy(() =>
  import('../pages/productivity/productivity-page').then(({ ProductivityPage: page }) => ({ default: page })),
);
const VoicemailPage = lazy(() =>
  import('../pages/voicemail/voicemail-page').then(({ VoicemailPage: page }) => ({ default: page })),
);

/** Every page and its address. What an agent works on comes with the first load; the rest when it is opened. */
export function Pages({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  return (
    <Routes>
      <Route path="/" element={<Start />} />
      <Route path="/desk" element={<DeskPage />} />
      <Route path="/desk/queues/:queueId" element={<QueuePage />} />
      <Route path="/conversations/:chatId?" element={<ConversationsPage />} />
      <Route path="/voicemail" element={<VoicemailPage />} />
      <Route path="/productivity" element={<ProductivityPage />} />
      <Route path="/reports" element={<ReportsPage />} />
      <Route path="/team" element={<TeamPage />} />
      <Route path="/settings" element={<SettingsPage onShowShortcuts={onShowShortcuts} />} />
      <Route path="/settings/canned-messages" element={<CannedPage />} />
      <Route path="/settings/recordings" element={<RecordingsPage />} />
      <Route path="/settings/recordings/new" element={<RecordingFormPage />} />
      <Route path="/settings/recordings/:id" element={<RecordingFormPage />} />
      <Route path="/settings/set-aside" element={<SetAsidePage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
