import type { Contact } from '../api/model';
import { useCallText } from '../desk/call-text';

/** Who the customer is: the name if there is one, and the number; and how often they have been called back. */
export function Identity({ contact, asGuest = false }: { contact: Contact; asGuest?: boolean }) {
  const { who, detail, attempt } = useCallText()(contact, asGuest);
  return (
    <div className="call-identity">
      <p className="call-who">{who}</p>
      {detail && <p className="call-number">{detail}</p>}
      {attempt && <p className="call-attempt">{attempt}</p>}
    </div>
  );
}
