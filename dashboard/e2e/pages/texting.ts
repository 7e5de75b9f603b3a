import { expect } from 'vitest';

/** Our side of the seed's channels. */
export const inboxes = {
  sms: '+33199001000',
  messenger: '1000000000001',
  instagram: '17840000000000001',
} as const;

export interface Written {
  id: string;
  from: 'customer' | 'business';
  text?: string;
  state: string;
  deleted?: boolean;
  files?: { type: string }[];
}

interface ThreadView {
  id: string;
  customer: string;
  messages: Written[];
}

/** A customer at their telephone, who writes through a provider that the simulator plays. */
export class Texting {
  private constructor(
    private readonly origin: string,
    private readonly thread: ThreadView,
  ) {}

  static async open(
    origin: string,
    channel: keyof typeof inboxes,
    customer = '',
    name = 'Jeanne Petit',
  ): Promise<Texting> {
    const thread = await send<ThreadView>(origin, '/threads', { channel, inbox: inboxes[channel], customer, name });
    return new Texting(origin, thread);
  }

  get number(): string {
    return this.thread.customer;
  }

  writes(text: string, more: object = {}): Promise<Written> {
    return this.act('write', { text, ...more });
  }

  /** Sends a picture, or any other file. */
  async sendsFile(name: string, type: string, content: Uint8Array<ArrayBuffer>): Promise<Written> {
    const response = await fetch(`${this.origin}/simulator/api/messages/files?name=${name}`, {
      method: 'POST',
      headers: { 'Content-Type': type, Origin: this.origin },
      body: content,
    });
    const { id } = (await response.json()) as { id: string };
    return this.act('write', { files: [id] });
  }

  act(what: 'write' | 'read' | 'react' | 'unsend' | 'elsewhere', body: object = {}): Promise<Written> {
    return send(this.origin, `/threads/${encodeURIComponent(this.thread.id)}/${what}`, body);
  }

  /** The provider delivers its last webhook once more. */
  repeats(): Promise<unknown> {
    return send(this.origin, `/threads/${encodeURIComponent(this.thread.id)}/repeat`, {});
  }

  /** What the customer has in front of them. */
  async messages(): Promise<Written[]> {
    const url = `${this.origin}/simulator/api/messages/threads/${encodeURIComponent(this.thread.id)}`;
    return ((await (await fetch(url)).json()) as ThreadView).messages;
  }

  /** Waits until the business has written this. */
  async reads(text: string): Promise<void> {
    const fromUs = async () => (await this.messages()).filter(({ from }) => from === 'business').map((m) => m.text);
    await expect.poll(fromUs).toContain(text);
  }

  static failNext(origin: string, channel: string, failure: string, count: number): Promise<unknown> {
    return send(origin, '/faults', { channel, failure, count });
  }
}

async function send<T>(origin: string, path: string, body: object): Promise<T> {
  const response = await fetch(`${origin}/simulator/api/messages${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, `${path}: ${text}`).toBe(true);
  return JSON.parse(text) as T;
}
