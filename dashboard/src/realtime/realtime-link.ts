import type { Patch, Pong, Typing } from '../api/model';
import type { Card } from '../api/report-model';
import { Backoff } from './backoff';
import { readMessage } from './messages';

/** What a desk needs from a WebSocket. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose' | 'onerror'>;

export interface LinkPorts {
  ticket: () => Promise<string>;
  openSocket: (ticket: string) => Socket;
  /**
   * A connection is up: fetch a snapshot now, after connecting, so that nothing falls between the two. Called again
   * when the server's list of connections is sure to have this one (`settled`), so that nothing fell between those either.
   */
  onUp: (settled: boolean) => void;
  onLost: () => void;
  onPatch: (patch: Patch) => void;
  onPong: (pong: Pong) => void;
  onTyping: (typing: Typing) => void;
  onCards: (cards: readonly Card[]) => void;
  /** No ticket was given. Return false when asking again is useless. */
  onRefused: (error: unknown) => boolean;
  random?: () => number;
}

/** Milliseconds; the first three agree with shared/deskapi/realtime.go. */
export const SETTLE = 5_000;
export const HEARTBEAT = 60_000;
export const RECONNECT = 110 * 60_000;
export const PONG_PATIENCE = 3_000;
export const OPEN_PATIENCE = 10_000;

interface Connection {
  socket: Socket;
  stop: () => void;
}

/**
 * Keeps one realtime connection up: heartbeats, jittered reconnection, and a planned change of connection that
 * opens the next one before it closes the last. It knows nothing of what the messages mean.
 */
export class RealtimeLink {
  private current: Connection | undefined;
  private attempting = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private answered = true;
  private readonly backoff: Backoff;

  constructor(private readonly ports: LinkPorts) {
    this.backoff = new Backoff(500, 20_000, ports.random);
    void this.open();
  }

  /** The network is back or the page is looked at again: find out now whether the connection lives. */
  wake(): void {
    if (this.stopped) return;
    if (this.current) this.probe(this.current);
    else {
      this.backoff.reset();
      this.retryIn(0);
    }
  }

  /** The network is gone: don't wait for the connection to notice. */
  sleep(): void {
    if (this.current) this.lose(this.current);
  }

  /** Sends what is worth nothing later: without a connection it is dropped. */
  send(message: object): void {
    this.current?.socket.send(JSON.stringify(message));
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    this.current?.stop();
    this.current = undefined;
  }

  private async open(): Promise<void> {
    if (this.attempting || this.stopped) return;
    this.attempting = true;
    try {
      await this.connect(await this.ports.ticket());
      this.attempting = false;
    } catch (error) {
      this.attempting = false;
      if (this.stopped) return;
      if (this.ports.onRefused(error)) this.retryIn(this.backoff.next());
    }
  }

  /** Settles when the socket is open; only then does it replace the one before. */
  private connect(ticket: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.stopped) return resolve();
      const socket = this.ports.openSocket(ticket);
      const patience = setTimeout(() => socket.close(), OPEN_PATIENCE);
      socket.onopen = () => {
        clearTimeout(patience);
        this.adopt(socket);
        resolve();
      };
      socket.onclose = () => {
        clearTimeout(patience);
        reject(new Error('the realtime connection did not open'));
      };
    });
  }

  private adopt(socket: Socket): void {
    if (this.stopped) {
      socket.close();
      return;
    }
    const previous = this.current;
    const timers = [
      setInterval(() => this.current && this.probe(this.current, PONG_PATIENCE * 2), HEARTBEAT),
      setTimeout(() => void this.open(), RECONNECT),
      setTimeout(() => this.ports.onUp(true), SETTLE),
    ];
    const connection: Connection = {
      socket,
      stop: () => {
        for (const timer of timers) clearTimeout(timer);
        socket.onclose = null;
        socket.onmessage = null;
        socket.close();
      },
    };
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = () => this.lose(connection);
    this.current = connection;
    previous?.stop();
    this.backoff.reset();
    this.ports.onUp(false);
  }

  private receive(data: unknown): void {
    const message = readMessage(data);
    if (message?.type === 'patch') this.ports.onPatch(message.patch);
    if (message?.type === 'typing') this.ports.onTyping(message.typing);
    if (message?.type === 'cards') this.ports.onCards(message.cards);
    if (message?.type === 'pong') {
      this.answered = true;
      this.ports.onPong(message.pong);
    }
  }

  /** Sends a heartbeat, which renews the lease; a connection that does not answer it is dead. */
  private probe(connection: Connection, patience = PONG_PATIENCE): void {
    this.answered = false;
    connection.socket.send(JSON.stringify({ type: 'ping' }));
    setTimeout(() => {
      if (!this.answered && this.current === connection) this.lose(connection);
    }, patience);
  }

  private lose(connection: Connection): void {
    if (this.current !== connection) return;
    connection.stop();
    this.current = undefined;
    this.ports.onLost();
    this.retryIn(this.backoff.next());
  }

  private retryIn(wait: number): void {
    if (this.stopped) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.open(), wait);
  }
}
