import Link from '@cloudscape-design/components/link';
import type { Day } from '../../i18n/days';
import { hrefOf } from './address';
import { useAddress } from './use-address';

/** Leads to the calls of a day. */
export function DayLink({ day, children }: { day: Day; children: string }) {
  const { address, go } = useAddress();
  const { compare: _, ...kept } = address;
  return (
    <Link
      href={hrefOf({ ...kept, tab: 'day', day })}
      onFollow={(event) => {
        event.preventDefault();
        go({ tab: 'day', day, compare: undefined });
      }}
    >
      {children}
    </Link>
  );
}
