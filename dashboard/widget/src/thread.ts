import type { Message, ThreadState } from './api';

/** How far back a look for news begins before the last known message, in milliseconds: one may be stored out of order. */
const OVERLAP = 120_000;

/** The messages that this page knows of. They may come twice, late and in any order. */
export class Thread {
  state: ThreadState | undefined;
  private readonly known = new Map<string, Message>();

  /** Takes messages in and returns those that were new. */
  add(messages: readonly Message[]): Message[] {
    const fresh: Message[] = [];
    for (const message of messages) {
      const before = this.known.get(message.id);
      if (!before) fresh.push(message);
      if (!before || message.version >= before.version) this.known.set(message.id, message);
    }
    return fresh;
  }

  setState(state: ThreadState | null): void {
    if (state && state.version >= (this.state?.version ?? 0)) this.state = state;
  }

  has(id: string): boolean {
    return this.known.has(id);
  }

  /** All messages, oldest first. */
  list(): Message[] {
    return [...this.known.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** From where on to ask for news; undefined when nothing is known. */
  resumeFrom(): string | undefined {
    const last = this.list().at(-1);
    return last && new Date(Date.parse(last.at) - OVERLAP).toISOString();
  }

  lastKey(): string | undefined {
    return this.list().at(-1)?.key;
  }

  /** How many of the agents' messages come after a key. */
  unread(seen: string | undefined): number {
    return this.list().filter(({ from, key }) => from === 'agent' && key > (seen ?? '')).length;
  }

  clear(): void {
    this.known.clear();
    this.state = undefined;
  }
}
