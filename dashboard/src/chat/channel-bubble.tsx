import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type en from '../i18n/en.json';
import { wordText } from '../i18n/word';

/** A channel's name; one that this dashboard does not know yet shows as the server calls it. */
export const channelName = (t: TFunction, channel: string): string => wordText(t, `channel.${channel}`, channel);

type KnownChannel = keyof typeof en.channel;

/** Drawn on a grid of 16, in white on the channel's colour. */
const drawings: Readonly<Record<KnownChannel, string>> = {
  sms: 'M3 3h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H8l-3 3v-3H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM5 7h.01M8 7h.01M11 7h.01',
  messenger:
    'M8 2c3.5 0 6 2.4 6 5.6s-2.5 5.6-6 5.6c-.7 0-1.3-.1-1.9-.3L4 14v-2.2C2.7 10.8 2 9.4 2 7.6 2 4.4 4.5 2 8 2zM4.8 9l2.2-2.4 2 1.6L11.2 6',
  instagram:
    'M5 2.5h6A2.5 2.5 0 0 1 13.5 5v6a2.5 2.5 0 0 1-2.5 2.5H5A2.5 2.5 0 0 1 2.5 11V5A2.5 2.5 0 0 1 5 2.5zM8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM11.2 4.8h.01',
  webchat: 'M2 3.5h12v9H2zM2 6h12M4 4.8h.01M6 4.8h.01M5 8.5h6M5 10.5h4',
};

const isKnown = (channel: string): channel is KnownChannel => channel in drawings;

/** The channel of a conversation: a coloured sign, and its name for those who don't see it. */
export function ChannelBubble({ channel }: { channel: string }) {
  const { t } = useTranslation();
  const name = channelName(t, channel);
  return (
    <span className="channel-bubble" data-channel={channel} title={name}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={drawings[isKnown(channel) ? channel : 'sms']} />
      </svg>
      <span className="visually-hidden">{name}</span>
    </span>
  );
}
