import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { HangUpIcon, PhoneIcon } from '../app/icons';

interface Look {
  background: { default: string; hover: string; active: string; disabled: string };
  icon: ReactNode;
}

/** White on these keeps a contrast above 4.5 in light and dark mode. */
const green: Look = {
  background: { default: '#14743b', hover: '#0e5c2e', active: '#0a4723', disabled: '#14743b' },
  icon: <PhoneIcon />,
};
const red: Look = {
  background: { default: '#c42318', hover: '#a11a11', active: '#80130c', disabled: '#c42318' },
  icon: <HangUpIcon />,
};

const white = { default: '#ffffff', hover: '#ffffff', active: '#ffffff', disabled: '#ffffff' };

interface Props {
  look: 'green' | 'red';
  keys: string | undefined;
  /** What pressing it means beyond its name. */
  hint?: string | undefined;
  loading: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: string;
}

/** The green phone and the red phone. */
export function PhoneButton({ look, keys, hint, loading, disabled = false, onClick, children }: Props) {
  const { background, icon } = look === 'green' ? green : red;
  const style: ButtonProps.Style = { root: { background, color: white, borderColor: background, paddingBlock: '8px' } };
  const tooltip = [hint, keys].filter(Boolean).join(' · ');
  return (
    <Button
      variant="primary"
      fullWidth
      iconSvg={icon}
      style={disabled ? { root: { paddingBlock: '8px' } } : style}
      loading={loading}
      disabled={disabled}
      onClick={onClick}
      nativeButtonAttributes={{
        ...(keys ? { 'aria-keyshortcuts': keys } : {}),
        ...(tooltip ? { title: tooltip } : {}),
      }}
    >
      {children}
    </Button>
  );
}
