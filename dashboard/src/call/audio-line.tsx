import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import { useAudio } from '../desk/desk-context';

const indicator = {
  off: 'stopped',
  starting: 'loading',
  up: 'success',
  reconnecting: 'loading',
  blocked: 'error',
  elsewhere: 'info',
} as const;

/** One line on where the agent's audio stands. */
export function AudioLine() {
  const { t } = useTranslation();
  const { phase } = useAudio();
  return <StatusIndicator type={indicator[phase]}>{t(`audioLine.${phase}`)}</StatusIndicator>;
}
