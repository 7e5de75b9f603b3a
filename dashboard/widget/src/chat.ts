import { type Api, type FileView, type Message, type Page, Problem, type Profile, type WidgetInfo } from './api';
import type { Call } from './call/call';
import { Link, type News } from './link';
import type { Memory, Pending } from './memory';
import { MessageIds } from './message-id';
import { Outbox } from './outbox';
import { Thread } from './thread';

/** Times in milliseconds. */
const POLL_OPEN = 5_000;
const POLL_CLOSED = 30_000;
const TYPING_EVERY = 3_000;
const TYPING_HOLDS = 6_000;
const SESSION_AGE = 7 * 24 * 3_600_000;

export interface ChatPorts {
  onChange: () => void;
  /** An agent's message that this page has not shown before. */
  onArrival: (message: Message) => void;
}

/** One visitor's chat with one centre: what is known of it, and what can be done. It knows nothing of how it looks. */
export class Chat {
  info: WidgetInfo | undefined;
  shown = false;
  typing = false;
  unread = 0;
  /** Whether there are messages before those that are known. */
  earlier = false;
  loading = false;
  /** Whether the last attempt to read the messages failed. */
  failed = false;
  readonly thread = new Thread();
  readonly outbox: Outbox;
  private readonly ids = new MessageIds();
  private readonly link: Link;
  private typingEnds: ReturnType<typeof setTimeout> | undefined;
  private poll: ReturnType<typeof setTimeout> | undefined;
  private lastTyping = 0;
  private starting: Promise<void> | undefined;
  private catchingUp: Promise<void> | undefined;
  private told = '';

  constructor(
    private readonly api: Api,
    private readonly memory: Memory,
    private readonly language: string,
    private readonly call: Pick<Call, 'on' | 'look' | 'hear'>,
    private readonly ports: ChatPorts,
  ) {
    api.token = memory.get().token;
    this.outbox = new Outbox({
      api,
      memory,
      session: (again) => this.session(again),
      details: () => ({ ...this.memory.get().profile, language: this.language }),
      newId: () => this.ids.next(),
      onSent: (message, now) => this.sent(message, now),
      onChange: () => this.ports.onChange(),
    });
    this.link = new Link({
      ticket: async () => (await this.api.ticket()).ticket,
      openSocket: (ticket) => this.api.realtime(ticket),
      onUp: () => void this.catchUp(),
      onDown: () => this.schedulePoll(),
      onNews: (news) => this.takeNews(news),
      onTyping: () => this.showTyping(true),
      onCall: (news) => this.call.hear(news),
      onVersion: (version) => {
        if (version > (this.thread.state?.version ?? 0)) void this.catchUp();
      },
    });
    memory.onChange = () => this.ports.onChange();
    addEventListener('online', () => this.wake());
    addEventListener('offline', () => this.ports.onChange());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.wake();
    });
  }

  /** Learns how the widget looks, and goes on with the chat that there was, if any. */
  async start(): Promise<void> {
    this.info = await this.api.widget();
    if (this.api.token) void this.catchUp();
    this.outbox.flush();
    this.ports.onChange();
  }

  get connected(): boolean {
    return navigator.onLine && !this.failed;
  }

  get profile(): Profile {
    return this.memory.get().profile ?? { name: '', email: '' };
  }

  get pending(): Pending[] {
    return this.outbox.list().filter(({ id }) => !this.thread.has(id));
  }

  show(shown: boolean): void {
    this.shown = shown;
    if (shown && this.api.token && !this.thread.state) void this.catchUp();
    this.follow();
    this.mark();
    this.ports.onChange();
  }

  send(text: string, files: FileView[]): void {
    this.lastTyping = 0;
    this.outbox.add({ id: this.ids.next(), text, files });
  }

  /** The visitor is writing. Before the first message nobody listens. */
  writes(): void {
    const now = Date.now();
    if (!this.thread.state || now - this.lastTyping < TYPING_EVERY) return;
    this.lastTyping = now;
    this.api.typing().catch(() => {});
  }

  async upload(file: File): Promise<FileView> {
    await this.session(false);
    const { name, type, size } = file;
    const announced = { name, type, bytes: size };
    const upload = await this.api.announce(announced).catch(async (problem) => {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
      await this.session(true);
      return this.api.announce(announced);
    });
    await this.api.put(upload, file);
    return { id: upload.id, name, type, bytes: size, state: 'stored' };
  }

  async fileUrl(file: string, message: string): Promise<string> {
    return (await this.api.link(file, message)).url;
  }

  async setProfile(profile: Profile): Promise<void> {
    if (this.api.token) await this.api.profile({ ...profile, language: this.language });
    this.memory.set({ profile });
    this.ports.onChange();
  }

  async loadEarlier(): Promise<void> {
    const first = this.thread.list()[0];
    if (!first || this.loading) return;
    this.loading = true;
    this.ports.onChange();
    try {
      const page = await this.api.messages({ before: first.key });
      this.thread.add(page.messages);
      this.earlier = page.more;
    } finally {
      this.loading = false;
      this.ports.onChange();
    }
  }

  /** Tells the centre how far the messages have come, once each. */
  mark(): void {
    const key = this.thread.lastKey();
    const seeing = this.shown && document.visibilityState === 'visible';
    if (key && seeing && key > (this.memory.get().seen ?? '')) this.memory.set({ seen: key });
    this.unread = this.thread.unread(this.memory.get().seen);
    const mine = this.thread.list().every(({ from }) => from === 'visitor');
    const telling = `${seeing ? 'seen' : 'delivered'} ${key}`;
    if (!key || mine || telling === this.told || (!seeing && this.told === `seen ${key}`)) return;
    this.told = telling;
    this.api.read(seeing ? { delivered: key, seen: key } : { delivered: key }).catch(() => {
      this.told = '';
    });
  }

  private wake(): void {
    this.ports.onChange();
    this.link.wake();
    this.outbox.flush();
    this.mark();
    if (this.api.token && !this.link.up) void this.catchUp();
  }

  /** Whether news may come: of an open chat or a call, or of a chat that the visitor looks at. */
  private get listening(): boolean {
    const { state } = this.thread;
    return Boolean(state && (state.open || this.shown || this.call.on));
  }

  private follow(): void {
    if (this.listening) this.link.start();
    else this.link.stop();
    this.schedulePoll();
  }

  /** Asks now and then while there is no connection that would tell. */
  private schedulePoll(): void {
    clearTimeout(this.poll);
    if (!(this.failed || this.listening) || this.link.up || !this.api.token) return;
    this.poll = setTimeout(() => void this.catchUp(), this.shown || this.call.on ? POLL_OPEN : POLL_CLOSED);
  }

  private session(again: boolean): Promise<void> {
    if (again) {
      this.api.token = undefined;
      this.starting = undefined;
    }
    this.starting ??= this.openSession().catch((problem) => {
      this.starting = undefined;
      throw problem;
    });
    return this.starting;
  }

  private async openSession(): Promise<void> {
    const { token: kept, renewed = 0 } = this.memory.get();
    if (this.api.token && this.api.token === kept && Date.now() - renewed < SESSION_AGE) return;
    const { token, now } = await this.api.session();
    this.api.token = token;
    this.ids.sync(now);
    this.memory.set({ token, renewed: Date.now() });
  }

  /** Reads what this page may have missed; several who ask at once get one answer. */
  catchUp(): Promise<void> {
    this.catchingUp ??= this.readNews().finally(() => {
      this.catchingUp = undefined;
      this.follow();
      this.ports.onChange();
    });
    return this.catchingUp;
  }

  private async readNews(): Promise<void> {
    this.loading = !this.thread.state;
    try {
      let after = this.thread.resumeFrom();
      let page: Page;
      do {
        const found = this.call.look();
        page = await this.api.messages(after ? { after } : {});
        found(page.call);
        this.ids.sync(page.now);
        if (!after) this.earlier = page.more;
        this.take(page.messages, page.thread);
        const last = page.messages.at(-1);
        if (!after || !last) break;
        after = last.key;
      } while (page.more);
      this.failed = false;
    } catch (problem) {
      this.failed = true;
      if (problem instanceof Problem && problem.status === 401) this.forget();
    } finally {
      this.loading = false;
    }
  }

  /** The centre does not know this visitor any more: what follows is a new chat. */
  private forget(): void {
    this.failed = false;
    this.api.token = undefined;
    this.starting = undefined;
    this.thread.clear();
    this.call.look()(null);
    this.memory.set({ token: '', seen: '' });
  }

  private sent(message: Message, now: string): void {
    this.ids.sync(now);
    this.thread.add([message]);
    this.failed = false;
    if (this.thread.state?.open) this.ports.onChange();
    else void this.catchUp(); // the chat is new, or open again
  }

  private takeNews({ thread, messages }: News): void {
    this.take(messages, thread);
    this.follow();
  }

  private take(messages: Message[], state: Page['thread']): void {
    const first = !this.thread.state;
    const fresh = this.thread.add(messages).filter(({ from }) => from === 'agent');
    this.thread.setState(state);
    if (fresh.length > 0) this.showTyping(false);
    const { seen } = this.memory.get();
    this.mark();
    for (const message of fresh) if (!first && message.key > (seen ?? '')) this.ports.onArrival(message);
    this.ports.onChange();
  }

  private showTyping(on: boolean): void {
    clearTimeout(this.typingEnds);
    this.typing = on;
    if (on) this.typingEnds = setTimeout(() => this.showTyping(false), TYPING_HOLDS);
    this.ports.onChange();
  }
}
