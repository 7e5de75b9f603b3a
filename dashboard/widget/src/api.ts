/** Why a request got no answer. Status 0: it did not reach the centre, or the answer did not reach us. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly slug: string,
    /** Seconds after which it is worth trying again; 0 when the centre did not say. */
    readonly retryAfter = 0,
  ) {
    super(slug);
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface WidgetInfo {
  name: string;
  greeting: Record<string, string>;
  colour?: string;
  files: { bytes: number; types: string[] };
}

export interface FileView {
  id: string;
  name?: string;
  type?: string;
  bytes?: number;
  state: 'fetching' | 'stored' | 'refused';
}

export interface Message {
  /** Of the visitor's own messages: as this widget named it. */
  id: string;
  /** Orders a thread's messages, as text. */
  key: string;
  from: 'visitor' | 'agent';
  agent?: string;
  at: string;
  text?: string;
  files?: FileView[];
  deleted?: boolean;
  version: number;
}

export interface ThreadState {
  open: boolean;
  /** Whether an agent has the chat. */
  held: boolean;
  agent?: string;
  /** Key of the last message that an agent has seen. */
  readTo?: string;
  version: number;
}

/** A call that an agent makes to the visitor. Of two with one id, the one with the higher version holds. */
export interface CallNews {
  id: string;
  state: 'ringing' | 'live' | 'over';
  /** First name. */
  agent?: string;
  version: number;
}

export interface Page {
  thread: ThreadState | null;
  messages: Message[];
  /** The call that rings or is live, if any. */
  call?: CallNews | null;
  more: boolean;
  now: string;
}

export interface Profile {
  name: string;
  email: string;
}

export interface Upload {
  id: string;
  url: string;
  headers: Record<string, string>;
}

/** How long a request may take, in milliseconds. */
const PATIENCE = 20_000;

/** The centre's side of one widget, over HTTP. */
export class Api {
  token: string | undefined;

  constructor(
    readonly origin: string,
    key: string,
    private readonly base = `${origin}/channels/webchat/${encodeURIComponent(key)}/`,
  ) {}

  widget = () => this.call<WidgetInfo>('GET', 'widget');
  session = () => this.call<{ token: string; now: string }>('POST', 'sessions');
  messages = (range: { before?: string; after?: string } = {}) =>
    this.call<Page>('GET', `messages?${new URLSearchParams(range)}`);
  post = (message: object) => this.call<{ message: Message; now: string }>('POST', 'messages', message);
  read = (marks: { delivered?: string; seen?: string }) => this.call<void>('POST', 'read', marks);
  typing = () => this.call<void>('POST', 'typing', { on: true });
  profile = (profile: Profile & { language: string }) => this.call<void>('POST', 'profile', profile);
  announce = (file: { name: string; type: string; bytes: number }) => this.call<Upload>('POST', 'files', file);
  link = (id: string, message: string) =>
    this.call<{ url: string }>('GET', `files/${encodeURIComponent(id)}?${new URLSearchParams({ message })}`);
  ticket = () => this.call<{ ticket: string }>('POST', 'tickets');
  answerCall = (id: string) => this.call<{ ticket: string }>('POST', 'call/answer', { id });
  /** It reaches the centre also when the page is being left. */
  endCall = (id: string) => this.call<void>('POST', 'call/end', { id }, true);

  realtime(ticket: string): WebSocket {
    return new WebSocket(`${this.origin.replace(/^http/, 'ws')}/realtime?ticket=${encodeURIComponent(ticket)}`);
  }

  /** Puts a file where the centre said. */
  async put(upload: Upload, file: Blob): Promise<void> {
    const response = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: file }).catch(() => null);
    if (!response?.ok) throw new Problem(response?.status ?? 0, 'upload');
  }

  private async call<T>(method: string, resource: string, body?: object, keepalive = false): Promise<T> {
    if (!navigator.onLine) throw new Problem(0, 'offline');
    const headers: Record<string, string> = {};
    if (this.token) headers['Authorization'] = `Bearer ${this.token}`;
    if (body) headers['Content-Type'] = 'application/json';
    const request = { method, headers, credentials: 'omit', keepalive, signal: AbortSignal.timeout(PATIENCE) } as const;
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(this.base + resource, body ? { ...request, body: JSON.stringify(body) } : request);
      answer = response.status === 204 ? undefined : await response.json();
    } catch {
      throw new Problem(0, 'network');
    }
    if (response.ok) return answer as T;
    const type = String((answer as { type?: string } | undefined)?.type ?? '');
    throw new Problem(response.status, type.split('/').at(-1) ?? '', Number(response.headers.get('Retry-After')) || 0);
  }
}
