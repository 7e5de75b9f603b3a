import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import type { Contact } from '../api/model';

type Format = (e164: string) => string;

const asIs: Format = (e164) => e164;
let loading: Promise<Format> | undefined;
/** What a line that comes into sight later begins with: it must not be drawn twice, first with the number as it is. */
let loaded = asIs;

/** The number plans are fetched when they are first needed, after the first paint. */
function loadFormat(): Promise<Format> {
  loading ??= import('libphonenumber-js/min').then(({ parsePhoneNumberFromString }) => {
    loaded = (e164) => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
    return loaded;
  });
  return loading;
}

/** Writes E.164 numbers the way people do, as soon as the rules for it are there. */
export function usePhoneFormat(): Format {
  const [format, setFormat] = useState(() => loaded);
  useEffect(() => {
    let current = true;
    loadFormat().then(
      (there) => current && setFormat(() => there),
      () => {
        // Offline at that moment: plain numbers can be read too.
      },
    );
    return () => {
      current = false;
    };
  }, []);
  return format;
}

/** What is known of the caller: a title, and under it the number when the title is a name. */
export function callerLines(
  t: TFunction,
  contact: Pick<Contact, 'inWidget' | 'callerName' | 'from'>,
  format: Format,
): { title: string; detail: string } {
  if (contact.inWidget) {
    const where = t('call.inWidget');
    return contact.callerName
      ? { title: contact.callerName, detail: where }
      : { title: t('call.visitor'), detail: where };
  }
  const number = contact.from ? format(contact.from) : t('call.withheld');
  if (contact.callerName) return { title: contact.callerName, detail: number };
  return contact.from ? { title: number, detail: '' } : { title: t('call.unknownCaller'), detail: number };
}
