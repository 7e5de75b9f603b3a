import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskState } from '../desk/desk-context';
import { selectCall } from '../desk/selectors';

/** Names the browser's tab after the page, and after the call while one rings. */
export function PageTitle({ title }: { title: string }) {
  const { t } = useTranslation();
  const center = useDeskState((state) => state.centerName) || t('app.name');
  const ringing = useDeskState((state) => selectCall(state).stage === 'ringing');
  const page = ringing ? t('call.incoming') : title;
  useEffect(() => {
    document.title = t('app.pageTitle', { page, center });
  }, [t, page, center]);
  return null;
}
