import type { Standing } from '../desk/selectors';

/** A status at a glance, by colour and by shape; the text beside it says the same. */
export function StatusDot({ status }: { status: Standing['status'] }) {
  return <span className="status-dot" data-status={status} aria-hidden="true" />;
}
