import Alert from '@cloudscape-design/components/alert';
import { useTranslation } from 'react-i18next';

/** Says which files could not be attached, and why. */
export function AttachProblems({ problems, onDismiss }: { problems: string[]; onDismiss: () => void }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <div role="alert">
      <Alert type="error" dismissible dismissAriaLabel={t('error.dismiss')} onDismiss={onDismiss}>
        {problems.map((problem) => (
          <p key={problem} className="attach-problem">
            {problem}
          </p>
        ))}
      </Alert>
    </div>
  );
}
