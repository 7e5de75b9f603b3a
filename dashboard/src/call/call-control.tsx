import Icon, { type IconProps } from '@cloudscape-design/components/icon';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode, Ref } from 'react';

interface Props {
  icon: IconProps.Name | ReactNode;
  children: string;
  /** As in aria-keyshortcuts. */
  keys?: string | undefined;
  /** Of a button that stays down. */
  pressed?: boolean | undefined;
  /** Of a button that opens something. */
  expanded?: boolean | undefined;
  controls?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
  /** What it was pressed for is under way: until then it does nothing more. */
  loading?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

/** One of the buttons in a row under the call: an icon with its name below. */
export function CallControl({
  icon,
  children,
  keys,
  pressed,
  expanded,
  controls,
  ref,
  loading = false,
  disabled,
  onClick,
}: Props) {
  return (
    <button
      ref={ref}
      type="button"
      className="call-control"
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-controls={controls}
      aria-keyshortcuts={keys}
      aria-busy={loading}
      aria-disabled={loading || disabled}
      title={keys}
      onClick={() => !loading && !disabled && onClick()}
    >
      <span className="call-control-icon" aria-hidden="true">
        {loading ? <Spinner /> : typeof icon === 'string' ? <Icon name={icon as IconProps.Name} /> : icon}
      </span>
      {children}
    </button>
  );
}
