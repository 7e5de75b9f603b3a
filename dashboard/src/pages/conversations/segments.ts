/** How a text goes out by SMS. */
export interface Segments {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  /** Characters of the encoding that still fit into the last segment. */
  left: number;
}

// The alphabet of GSM 03.38: https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** These take two characters each, which stay together. */
const EXTENSION = new Set('\f^{}\\[~]|€');

/** What one segment holds: alone, and as one of several, which carry a header. */
const ROOM = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } };

/** Counts the segments of a text: https://www.twilio.com/docs/glossary/what-sms-character-limit */
export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const gsm = characters.every((character) => BASIC.has(character) || EXTENSION.has(character));
  const encoding = gsm ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map((character) => (gsm ? (EXTENSION.has(character) ? 2 : 1) : character.length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, joined } = ROOM[encoding];
  if (total <= alone) return { encoding, segments: total === 0 ? 0 : 1, left: alone - total };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, segments, left: joined - used };
}
