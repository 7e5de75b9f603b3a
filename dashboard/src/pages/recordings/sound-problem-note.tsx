import Alert from '@cloudscape-design/components/alert';
import { useTranslation } from 'react-i18next';
import type { SoundProblem, UnfitSound } from '../../recordings/sound-problem';

const unfit: readonly SoundProblem[] = ['unreadable', 'tooLong', 'tooLarge', 'silent', 'silentFile'];
const isUnfit = (problem: SoundProblem): problem is UnfitSound => unfit.includes(problem);

/** Why there is no new sound, what is kept, and what to do. */
export function SoundProblemNote({ problem }: { problem: SoundProblem }) {
  const { t } = useTranslation();
  return (
    <Alert type="error">
      {isUnfit(problem) ? t(`sound.problem.${problem}`) : `${t(`audio.problem.${problem}`)} ${t('sound.orFile')}`}{' '}
      {t('sound.kept')}
    </Alert>
  );
}
