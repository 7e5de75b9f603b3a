import type { FileView, Profile } from './api';

/** A message that the centre does not have yet. */
export interface Pending {
  id: string;
  text: string;
  files: FileView[];
  /** Why the centre refused it for good; until then it waits. */
  refused?: string;
}

export interface Remembered {
  token?: string;
  /** When the token was last renewed, in milliseconds. */
  renewed?: number;
  profile?: Profile;
  /** What waits to be sent, oldest first. */
  outbox: Pending[];
  /** Key of the last message that the visitor has seen. */
  seen?: string;
  sound?: boolean;
}

/** What the browser keeps between pages. All of a site's tabs share it, so that it is read anew each time. */
export class Memory {
  private own: Remembered = { outbox: [] };
  private readonly name: string;

  constructor(
    key: string,
    private readonly storage: Storage | undefined = storageOf(window),
  ) {
    this.name = `guichet:${key}`;
    if (!storage) return;
    addEventListener('storage', (event) => {
      if (event.key === this.name) this.onChange();
    });
  }

  /** Another tab has changed something. */
  onChange: () => void = () => {};

  get(): Remembered {
    try {
      const kept = JSON.parse(this.storage?.getItem(this.name) ?? 'null') as Partial<Remembered> | null;
      if (kept) this.own = { ...kept, outbox: Array.isArray(kept.outbox) ? kept.outbox : [] };
    } catch {
      // Not ours, or not to be had: what this page remembers itself is enough for now.
    }
    return this.own;
  }

  set(change: Partial<Remembered>): void {
    this.own = { ...this.get(), ...change };
    try {
      this.storage?.setItem(this.name, JSON.stringify(this.own));
    } catch {
      // Full or forbidden: this page remembers as long as it lives.
    }
  }
}

/** A browser may forbid even looking at its storage. */
function storageOf(page: Window): Storage | undefined {
  try {
    return page.localStorage;
  } catch {
    return undefined;
  }
}
