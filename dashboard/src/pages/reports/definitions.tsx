import Modal from '@cloudscape-design/components/modal';
import { useTranslation } from 'react-i18next';
import { figuresOf, type Group } from './report-figures';

/** What each figure means, in words. */
export function Definitions({ group, onDismiss }: { group: Group; onDismiss: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal visible size="large" header={t('reports.definitions')} onDismiss={onDismiss}>
      <p className="report-when">{t(`reports.when.${group}`)}</p>
      <dl className="report-definitions">
        {figuresOf[group].map((figure) => (
          <div key={figure}>
            <dt>{t(`reports.figure.${figure}`)}</dt>
            <dd>{t(`reports.means.${figure}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
