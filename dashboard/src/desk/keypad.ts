import type { DeskApi } from '../api/client';
import { type ErrorKey, errorKeyOf } from './failure';

/** So many digits go in one request. */
const MOST = 32;

export interface KeypadState {
  /** The call that the digits are for. */
  contactId: string;
  /** What has been sent into it, and what is still to be. */
  sent: string;
  waiting: string;
  /** Why what waits was not sent; it waits until the agent decides. */
  problem: ErrorKey | undefined;
}

const nothing: KeypadState = { contactId: '', sent: '', waiting: '', problem: undefined };

/** Sends the digits that the agent presses into the call: in order, one request at a time, and each once. */
export class Keypad {
  private state = nothing;
  private readonly listeners = new Set<() => void>();
  /** What is under way, or failed: sent again under the same id, so that it sounds once. */
  private batch: { id: string; digits: string } | undefined;
  private sending = false;

  constructor(
    private readonly send: DeskApi['sendDigits'],
    private readonly newId: () => string,
  ) {}

  readonly get = (): KeypadState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  press(contactId: string, digit: string): void {
    if (contactId !== this.state.contactId) this.start(contactId);
    this.set({ waiting: this.state.waiting + digit });
    if (!this.state.problem) void this.flush();
  }

  retry(): void {
    this.set({ problem: undefined });
    void this.flush();
  }

  /** Gives up what could not be sent. */
  discard(): void {
    this.batch = undefined;
    this.set({ waiting: '', problem: undefined });
  }

  private start(contactId: string): void {
    this.batch = undefined;
    this.sending = false;
    this.set({ ...nothing, contactId });
  }

  private async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    const { contactId } = this.state;
    while (this.state.waiting) {
      this.batch ??= { id: this.newId(), digits: this.state.waiting.slice(0, MOST) };
      const { batch } = this;
      const problem = await this.send(contactId, batch.id, batch.digits).then(() => undefined, errorKeyOf);
      if (this.state.contactId !== contactId) return; // digits of a call that is over
      if (problem) {
        this.set({ problem });
        break;
      }
      this.batch = undefined;
      const { sent, waiting } = this.state;
      this.set({ sent: sent + batch.digits, waiting: waiting.slice(batch.digits.length) });
    }
    this.sending = false;
  }

  private set(part: Partial<KeypadState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of [...this.listeners]) listener();
  }
}
