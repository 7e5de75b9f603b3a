import type { TFunction } from 'i18next';
import type { Contact } from '../api/model';
import type { PhoneFormat } from './phone-format';

/** What is known of the caller: a title, and under it the number when the title is a name. */
export function callerLines(
  t: TFunction,
  contact: Pick<Contact, 'inWidget' | 'callerName' | 'from'>,
  format: PhoneFormat['whole'],
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
