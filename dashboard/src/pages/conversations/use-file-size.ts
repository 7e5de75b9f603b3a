import { useTranslation } from 'react-i18next';
import { localeOf } from '../../i18n/locale';

/** Writes a number of bytes as people do. */
export function useFileSize(): (bytes: number) => string {
  const { t, i18n } = useTranslation();
  const write = (number: number) => number.toLocaleString(localeOf(i18n.language), { maximumFractionDigits: 1 });
  return (bytes) => {
    if (bytes < 1024) return t('attachment.bytes', { number: bytes });
    if (bytes < 1024 * 1024) return t('attachment.kilobytes', { number: Math.round(bytes / 1024) });
    return t('attachment.megabytes', { number: write(bytes / 1024 / 1024) });
  };
}
