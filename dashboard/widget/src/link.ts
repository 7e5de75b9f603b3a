import { type CallNews, type Message, Problem, type ThreadState } from './api';

/** What the link needs from a WebSocket. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export interface News {
  thread: ThreadState;
  messages: Message[];
}

export interface LinkPorts {
  ticket: () => Promise<string>;
  openSocket: (ticket: string) => Socket;
  /** A connection is up: ask for what was missed, now that nothing can fall between the two. */
  onUp: () => void;
  onDown: () => void;
  onNews: (news: News) => void;
  onTyping: () => void;
  onCall: (call: CallNews) => void;
  /** The chat's version, at each heartbeat. */
  onVersion: (version: number) => void;
}

/** Times in milliseconds. */
export const HEARTBEAT = 60_000;
/** A connection that is new pings early, for news that came before the centre knew of it. */
export const SETTLE = 3_000;
export const PONG_PATIENCE = 10_000;
export const OPEN_PATIENCE = 15_000;
/** The service ends connections after two hours. */
export const RENEW = 110 * 60_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

const PING = JSON.stringify({ type: 'ping', visitor: true });

/** Keeps a realtime connection while it is wanted: reconnects with growing waits, and before the service's own limit. */
export class Link {
  private socket: Socket | undefined;
  private opening: Socket | undefined;
  private wanted = false;
  private asking = false;
  private tries = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: LinkPorts) {}

  get up(): boolean {
    return this.socket !== undefined;
  }

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.tries = 0;
    void this.connect();
  }

  stop(): void {
    this.wanted = false;
    clearTimeout(this.retry);
    clearTimeout(this.renewal);
    const { socket, opening } = this;
    this.opening = undefined;
    opening?.close();
    if (socket) this.lose(socket);
  }

  /** The page or the network is back: find out soon whether the connection still lives. */
  wake(): void {
    if (!this.wanted) return;
    if (this.socket) this.ping(this.socket);
    else {
      this.tries = 0;
      void this.connect();
    }
  }

  private async connect(): Promise<void> {
    clearTimeout(this.retry);
    if (this.asking || this.opening) return;
    this.asking = true;
    try {
      const ticket = await this.ports.ticket();
      if (this.wanted) this.open(this.ports.openSocket(ticket));
    } catch (problem) {
      this.again(problem instanceof Problem ? problem.retryAfter * 1000 : 0);
    } finally {
      this.asking = false;
    }
  }

  private open(socket: Socket): void {
    this.opening = socket;
    const patience = setTimeout(() => socket.close(), OPEN_PATIENCE);
    socket.onopen = () => {
      clearTimeout(patience);
      this.adopt(socket);
    };
    socket.onmessage = ({ data }) => this.receive(socket, data);
    socket.onclose = () => {
      clearTimeout(patience);
      if (this.opening === socket) {
        this.opening = undefined;
        this.again(0);
      } else this.lose(socket);
    };
  }

  private adopt(socket: Socket): void {
    const before = this.socket;
    this.opening = undefined;
    this.socket = socket;
    this.tries = 0;
    before?.close();
    clearTimeout(this.renewal);
    this.renewal = setTimeout(() => void this.connect(), RENEW);
    this.beat(socket, SETTLE);
    this.ports.onUp();
  }

  private beat(socket: Socket, after: number): void {
    clearTimeout(this.heartbeat);
    this.heartbeat = setTimeout(() => {
      this.ping(socket);
      this.beat(socket, HEARTBEAT);
    }, after);
  }

  private ping(socket: Socket): void {
    socket.send(PING);
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.lose(socket), PONG_PATIENCE);
  }

  /** A connection is of no use any more, even if it does not know yet. */
  private lose(socket: Socket): void {
    if (this.socket !== socket) return;
    this.socket = undefined;
    clearTimeout(this.patience);
    clearTimeout(this.heartbeat);
    socket.close();
    this.ports.onDown();
    this.again(0);
  }

  private again(atLeast: number): void {
    if (!this.wanted || this.opening) return;
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.tries++);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), Math.max(atLeast, (ceiling * (1 + Math.random())) / 2));
  }

  private receive(socket: Socket, data: unknown): void {
    if (socket !== this.socket) return;
    let message: { type?: string; version?: number; call?: CallNews } & Partial<News>;
    try {
      message = JSON.parse(String(data));
    } catch {
      return; // what is not understood is nothing: the next heartbeat tells if it mattered
    }
    if (message?.type === 'messages' && message.thread && message.messages) this.ports.onNews(message as News);
    if (message?.type === 'typing') this.ports.onTyping();
    if (message?.type === 'call' && message.call) this.ports.onCall(message.call);
    if (message?.type === 'pong') {
      clearTimeout(this.patience);
      this.ports.onVersion(message.version ?? 0);
    }
  }
}
