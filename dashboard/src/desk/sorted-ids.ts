const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Writes the lowest bits of a number in Crockford's base 32. */
function encode(value: bigint, characters: number): string {
  let text = '';
  for (let rest = value; text.length < characters; rest >>= 5n) text = (ALPHABET[Number(rest & 31n)] ?? '') + text;
  return text;
}

/** Makes ids: the prefix of their kind and a ULID of the server's time. Ids made within one millisecond go up by one. */
export function createSortedIds(prefix: 'ms' | 'pl' | 'ct' | 'gu', now: () => number): () => string {
  let last = 0;
  let random = 0n;
  return () => {
    const time = Math.max(Math.floor(now()), last);
    if (time > last) {
      const bytes = crypto.getRandomValues(new Uint8Array(10));
      bytes[0] = (bytes[0] ?? 0) & 0x7f; // leaves room to count upwards
      random = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    } else random += 1n;
    last = time;
    return `${prefix}_${encode(BigInt(time), 10)}${encode(random, 16)}`;
  };
}
