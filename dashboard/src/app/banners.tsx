import Button from '@cloudscape-design/components/button';
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AudioState } from '../audio/audio-state';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import type { Desk } from '../desk/desk-runtime';
import type { Notice } from '../desk/notice';
import { missedCall, selectMe } from '../desk/selectors';
import { useSessionLost } from '../session/use-session-lost';
import { useNewsBanner } from './news-banner';

type Banner = FlashbarProps.MessageDefinition;

/** What the agent must know at the top of every page, worst first. Most of it goes away by itself. */
export function Banners() {
  const items = [useSessionBanner(), useLinkBanner(), ...useAudioBanners(), useMissedBanner(), ...useNotices()];
  return <Flashbar items={items.filter((item) => item !== undefined)} />;
}

function useSessionBanner(): Banner | undefined {
  const { t } = useTranslation();
  const { lost, signIn } = useSessionLost();
  if (!lost) return undefined;
  return {
    id: 'session',
    type: 'error',
    header: t('banner.sessionTitle'),
    content: t('banner.session'),
    action: <Button onClick={signIn}>{t('landing.signInAgain')}</Button>,
  };
}

function useLinkBanner(): Banner | undefined {
  const { t } = useTranslation();
  const link = useDeskState((state) => state.link);
  if (link !== 'lost') return undefined;
  return {
    id: 'link',
    type: 'in-progress',
    loading: true,
    header: t('banner.reconnectingTitle'),
    content: t('banner.reconnecting'),
  };
}

function useMissedBanner(): Banner | undefined {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const me = useDeskState(selectMe);
  const pending = useDeskState((state) => state.pending.includes('status'));
  if (!me || !missedCall(me)) return undefined;
  const ready = () => void actions.setStatus({ status: 'ready' });
  return {
    id: 'missed',
    type: 'warning',
    header: t('banner.missedTitle'),
    content: t('banner.missed'),
    action: (
      <Button loading={pending} onClick={ready}>
        {t('status.goReady')}
      </Button>
    ),
  };
}

function useNotices(): Banner[] {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const newsBanner = useNewsBanner();
  const notices = useDeskState((state) => state.notices);
  return notices.flatMap((notice) => {
    const banner = 'news' in notice ? newsBanner(notice.news) : failureBanner(t, notice);
    if (!banner) return [];
    return {
      ...banner,
      id: notice.id,
      dismissible: true,
      dismissLabel: t('error.dismiss'),
      onDismiss: () => actions.dismiss(notice.id),
    };
  });
}

function failureBanner(t: TFunction, { message, whom, retry }: Extract<Notice, { message: string }>): Banner {
  return {
    type: 'error',
    header: whom ? t('error.titleOf', { name: whom }) : t('error.title'),
    content: t(`error.${message}`),
    ...(retry && { action: <Button onClick={retry}>{t('app.retry')}</Button> }),
  };
}

function useAudioBanners(): Banner[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const desk = useDesk();
  const audio = useAudio();
  const banners: Banner[] = [];
  if (audio.elsewhere) banners.push(elsewhereBanner(t, audio.elsewhere, desk));
  if (audio.problem) banners.push(problemBanner(t, audio, desk, () => void navigate('/settings')));
  if (audio.silenced) {
    banners.push({
      id: 'silenced',
      type: 'warning',
      header: t('banner.silencedTitle'),
      content: t('banner.silenced'),
      action: <Button onClick={() => desk.audio.unsilence()}>{t('banner.unsilence')}</Button>,
    });
  }
  return banners;
}

function elsewhereBanner(t: TFunction, where: 'tab' | 'device', desk: Desk): Banner {
  return {
    id: 'elsewhere',
    type: 'info',
    header: t(where === 'tab' ? 'banner.elsewhereTabTitle' : 'banner.elsewhereDeviceTitle'),
    content: t('banner.elsewhere'),
    action: <Button onClick={desk.takeAudio}>{t('banner.useHere')}</Button>,
  };
}

function problemBanner(t: TFunction, audio: AudioState, desk: Desk, onSettings: () => void): Banner {
  const { phase, problem = 'unknown' } = audio;
  return {
    id: 'audio',
    type: phase === 'up' || problem === 'unreachable' ? 'warning' : 'error',
    header: t(phase === 'up' ? 'audio.microphoneTitle' : 'audio.blockedTitle'),
    content: t(`audio.problem.${problem}`),
    action: (
      <span className="banner-actions">
        <Button onClick={() => desk.audio.restart()}>{t('audio.retry')}</Button>
        <Button onClick={onSettings}>{t('audio.openSettings')}</Button>
      </span>
    ),
  };
}
