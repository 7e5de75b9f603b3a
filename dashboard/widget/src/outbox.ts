import { type Api, type Message, Problem } from './api';
import type { Memory, Pending } from './memory';

export interface OutboxPorts {
  api: Pick<Api, 'post'>;
  memory: Memory;
  /** Makes sure that there is a session; again: the one that there was is none any more. */
  session: (again: boolean) => Promise<void>;
  /** What goes with each message: who writes, if they said so. */
  details: () => object;
  newId: () => string;
  onSent: (message: Message, now: string) => void;
  onChange: () => void;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/** Sends what was written, oldest first, one at a time, each once: what the centre has already is the same message to it. */
export class Outbox {
  /** The centre asked for a pause. */
  slowed = false;
  private tries = 0;
  private sending = false;
  private askedAgain = false;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: OutboxPorts) {}

  list(): Pending[] {
    return this.ports.memory.get().outbox;
  }

  add(entry: Pending): void {
    this.save([...this.list(), entry]);
    if (!this.slowed) this.flush();
  }

  remove(id: string): void {
    this.save(this.list().filter((entry) => entry.id !== id));
  }

  /** Tries a refused message again, in its place. */
  again(id: string): void {
    this.change(id, { id: this.ports.newId() });
    this.flush();
  }

  /** Sends now what waits; the other tabs of the site leave it to this one. */
  flush(): void {
    clearTimeout(this.retry);
    this.askedAgain = this.sending;
    if (this.sending) return;
    this.sending = true;
    const done = () => {
      this.sending = false;
      if (this.askedAgain) this.flush();
    };
    const { locks } = navigator;
    const run = locks ? locks.request('guichet-outbox', () => this.sendAll()) : this.sendAll();
    run.then(done, done);
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      const next = this.list().find(({ refused }) => !refused);
      if (!next || !navigator.onLine) return;
      try {
        await this.send(next);
      } catch (problem) {
        if (!this.settle(next, problem)) return;
      }
    }
  }

  private async send({ id, text, files }: Pending): Promise<void> {
    const message = { id, text, files: files.map((file) => file.id), ...this.ports.details() };
    await this.ports.session(false);
    const answer = await this.ports.api.post(message).catch(async (problem) => {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
      await this.ports.session(true);
      return this.ports.api.post(message);
    });
    this.tries = 0;
    this.slowed = false;
    this.remove(id);
    this.ports.onSent(answer.message, answer.now);
  }

  /** Tells whether to go on with the next message. */
  private settle(entry: Pending, problem: unknown): boolean {
    const passing = !(problem instanceof Problem) || problem.passing;
    if (!passing) {
      this.change(entry.id, { refused: problem.slug });
      return true;
    }
    const { status, retryAfter } = problem instanceof Problem ? problem : { status: 0, retryAfter: 0 };
    this.slowed = status === 429;
    this.askedAgain = false; // the wait comes first
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.tries++);
    this.retry = setTimeout(() => this.flush(), Math.max(wait, retryAfter * 1000));
    this.ports.onChange();
    return false;
  }

  private change(id: string, change: Partial<Pending>): void {
    const changed = (entry: Pending): Pending => {
      const { refused: _, ...rest } = entry;
      return { ...rest, ...change };
    };
    this.save(this.list().map((entry) => (entry.id === id ? changed(entry) : entry)));
  }

  private save(outbox: Pending[]): void {
    this.ports.memory.set({ outbox });
    this.ports.onChange();
  }
}
