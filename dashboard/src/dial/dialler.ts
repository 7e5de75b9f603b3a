import type { CallApi } from '../api/call-api';
import type { Contact } from '../api/model';
import { type ErrorKey, errorKeyOf } from '../desk/failure';
import { createRepeatIds } from '../desk/repeat-ids';
import type { DialledNumbers } from './dialled';

export interface DiallerState {
  open: boolean;
  /** What the agent has written: a number, or the beginning of a name. It stays until a call is made of it. */
  text: string;
  /** The name of who was chosen by it. */
  name: string;
  calling: boolean;
  /** Why the last call was not made. */
  problem: ErrorKey | undefined;
}

interface Ports {
  dial: CallApi['dial'];
  newId: () => string;
  dialled: DialledNumbers;
  onCalled: (contact: Contact) => void;
  /** What to do about a call that was not made. */
  onFailed: (problem: ErrorKey, seen: boolean) => void;
}

const closed: DiallerState = { open: false, text: '', name: '', calling: false, problem: undefined };

/** Calls the numbers that the agent dials, one at a time. It keeps what was written until it has become a call. */
export class Dialler {
  private state = closed;
  private readonly listeners = new Set<() => void>();
  private readonly ids;

  constructor(private readonly ports: Ports) {
    this.ids = createRepeatIds(ports.newId);
  }

  readonly get = (): DiallerState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly toggle = (): void => this.set({ open: !this.state.open });

  readonly close = (): void => this.set({ open: false });

  /** What was written before is gone, and so is what was wrong with it. */
  readonly write = (text: string, name = ''): void => this.set({ text, name, problem: undefined });

  /** A call that nobody knows about is asked for again under the same id: it is one call. */
  readonly call = async (): Promise<void> => {
    const { text: to, name, calling } = this.state;
    if (calling || to.trim() === '') return;
    this.set({ calling: true, problem: undefined });
    try {
      const contact = await this.ports.dial(this.ids.of(to), to);
      this.ids.answered();
      if (contact.from) this.ports.dialled.add({ number: contact.from, name });
      this.set(closed);
      this.ports.onCalled(contact);
    } catch (error) {
      const problem = errorKeyOf(error);
      if (problem !== 'unreachable') this.ids.answered();
      this.set({ calling: false, problem });
      this.ports.onFailed(problem, this.state.open);
    }
  };

  private set(part: Partial<DiallerState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of [...this.listeners]) listener();
  }
}
