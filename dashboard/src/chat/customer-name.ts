import { useTranslation } from 'react-i18next';
import type { Chat } from '../api/chat-model';
import { usePhoneFormat } from '../desk/phone-format';

/** Who writes, as far as it is known: a name, else a number or an e-mail address; and the number under a name. */
export function useCustomerName(): (chat: Chat) => { title: string; detail: string } {
  const { t } = useTranslation();
  const format = usePhoneFormat();
  return ({ channel, customer: { id, name, phone, email } }) => {
    const number = phone ?? (channel === 'sms' ? id : undefined);
    const contact = number ? format(number) : (email ?? '');
    return name ? { title: name, detail: contact } : { title: contact || t('chat.unknownCustomer'), detail: '' };
  };
}
