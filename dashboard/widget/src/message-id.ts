const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How far an id may be before the centre's clock, in milliseconds, before it is the clock that is taken for wrong. */
const AHEAD = 4_000;

/** Makes ids of messages: "ms_" and a ULID (https://github.com/ulid/spec), each later than the one before. */
export class MessageIds {
  private last = 0;
  /** How far the centre's clock is before ours, in milliseconds. */
  private offset = 0;

  sync(serverTime: string, now = Date.now()): void {
    this.offset = Date.parse(serverTime) - now;
    if (this.last > now + this.offset + AHEAD) this.last = 0;
  }

  next(now = Date.now()): string {
    this.last = Math.max(now + this.offset, this.last + 1);
    let time = this.last;
    let id = '';
    for (let i = 0; i < 10; i++) {
      id = ALPHABET[time % 32] + id;
      time = Math.floor(time / 32);
    }
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += ALPHABET[byte % 32];
    return `ms_${id}`;
  }
}
