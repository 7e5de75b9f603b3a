import { type FromNode, type Refusal, refusalOf, type ToNode } from './protocol';

export interface SignalEvents {
  /** The connection is open: what to say first. */
  greet(): ToNode;
  message(message: FromNode): void;
  /** The connection is lost and being opened again. */
  lost(): void;
  refused(why: Refusal): void;
}

/** Milliseconds before the first, second, … attempt to come back. */
const pauses = [300, 1000, 2000, 4000, 8000];

/** The connection to the room, which comes back by itself until it is refused or closed. */
export class Signal {
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private closed = false;
  private readonly url: string;
  private readonly events: SignalEvents;

  constructor(roomId: string, events: SignalEvents) {
    this.url = `${location.origin.replace(/^http/, 'ws')}/media/rooms/${encodeURIComponent(roomId)}`;
    this.events = events;
    addEventListener('online', this.hurry);
    this.open();
  }

  send(message: ToNode): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Begins anew, because the media connection is gone though this one may not know yet. */
  restart(): void {
    this.drop();
    this.comeBack();
  }

  /** Says goodbye. */
  close(): void {
    this.closed = true;
    removeEventListener('online', this.hurry);
    clearTimeout(this.timer);
    this.drop();
  }

  private readonly hurry = (): void => {
    if (this.timer !== undefined) this.open();
  };

  private open(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => this.send(this.events.greet());
    socket.onmessage = ({ data }) => {
      this.attempts = 0;
      this.events.message(JSON.parse(String(data)) as FromNode);
    };
    socket.onclose = ({ code }) => {
      const refusal = refusalOf(code);
      if (refusal === undefined) return this.comeBack();
      this.close();
      this.events.refused(refusal);
    };
  }

  private drop(): void {
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close(1000);
    this.socket = undefined;
  }

  private comeBack(): void {
    if (this.closed || this.timer !== undefined) return;
    this.events.lost();
    const pause = pauses[Math.min(this.attempts, pauses.length - 1)] ?? 0;
    this.attempts += 1;
    this.timer = setTimeout(() => this.open(), pause * (0.75 + Math.random() / 2));
  }
}
