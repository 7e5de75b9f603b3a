import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { callerLines, usePhoneFormat } from '../desk/caller';

/** Who is calling: the name if there is one, and the number. */
export function Identity({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { title, detail } = callerLines(t, contact, usePhoneFormat());
  return (
    <div className="call-identity">
      <p className="call-who">{title}</p>
      {detail && <p className="call-number">{detail}</p>}
    </div>
  );
}
