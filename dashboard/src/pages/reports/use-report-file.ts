import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportQuery } from '../../api/reports-api';
import { useDesk } from '../../desk/desk-context';

interface ReportFile {
  busy: boolean;
  failed: boolean;
  /** The name of the file that was saved. */
  saved: string;
  download: () => Promise<void>;
}

/** Fetches a report as a file for spreadsheets, and hands it to the browser to be saved. */
export function useReportFile(query: ReportQuery): ReportFile {
  const { t, i18n } = useTranslation();
  const { reports } = useDesk();
  const [state, setState] = useState({ busy: false, failed: false, saved: '' });
  const { from, to, group = 'queue' } = query;
  return {
    ...state,
    download: async () => {
      if (state.busy) return;
      setState({ busy: true, failed: false, saved: '' });
      try {
        const file = await reports.file(query, i18n.language === 'fr' ? 'fr' : 'en');
        const name = t('reports.fileName', { group: t(`reports.group.${group}`).toLowerCase(), from, to });
        save(file, `${name}.csv`);
        setState({ busy: false, failed: false, saved: `${name}.csv` });
      } catch {
        setState({ busy: false, failed: true, saved: '' });
      }
    },
  };
}

/** Milliseconds after which the browser has surely taken the file. */
const TAKEN = 60_000;

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), TAKEN);
}
