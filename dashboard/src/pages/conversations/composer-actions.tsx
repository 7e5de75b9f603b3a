import Button from '@cloudscape-design/components/button';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  disabled: boolean;
  onFiles: (files: File[]) => void;
  onCanned: () => void;
}

/** The icons below the field. */
export function ComposerActions({ disabled, onFiles, onCanned }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className="composer-actions">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('composer.attach')}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = ''; // so that the same file can be chosen again
        }}
      />
      <Button
        variant="icon"
        iconSvg={<ClipIcon />}
        disabled={disabled}
        ariaLabel={t('composer.attach')}
        onClick={() => input.current?.click()}
      />
      <Button
        variant="icon"
        iconSvg={<CannedIcon />}
        disabled={disabled}
        ariaLabel={t('composer.canned')}
        onClick={onCanned}
      />
    </span>
  );
}

function ClipIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d="m13.5 7.6-5.6 5.6a3.1 3.1 0 0 1-4.4-4.4L9 3.3a2 2 0 0 1 2.9 2.9l-5.3 5.3a1 1 0 0 1-1.4-1.4l4.8-4.8" />
    </svg>
  );
}

/** A speech bubble with lines in it: a text that is ready. */
function CannedIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d="M2 2.5h12v8.5H7.5L4.5 13.5V11H2zM4.5 5.5h7M4.5 8h4.5" />
    </svg>
  );
}
