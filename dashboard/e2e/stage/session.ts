import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { Chat } from '../../src/api/chat-model';
import type { DeskSnapshot, Recording } from '../../src/api/model';
import { keepSession } from '../../test/session';

/** Calls the API in the name of a signed-in person, beside the person's pages. */
export class Person {
  constructor(
    readonly id: string,
    private readonly origin: string,
    private readonly token: string,
  ) {}

  async request(method: string, path: string, body?: object): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' };
    return fetch(this.origin + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  }

  async desk(): Promise<DeskSnapshot> {
    const response = await this.request('GET', '/api/desk');
    expect(response.status).toBe(200);
    return (await response.json()) as DeskSnapshot;
  }

  /** Ends every conversation that is theirs, or nobody's. */
  private async resolveAll(): Promise<void> {
    const { chats } = (await (await this.request('GET', '/api/chats')).json()) as { chats: Chat[] };
    for (const chat of chats.filter(({ state, agentId }) => state === 'unassigned' || agentId === this.id)) {
      await this.request('POST', `/api/chats/${chat.id}/resolve`);
    }
  }

  /** Throws their recorded messages away. */
  private async deleteRecordings(): Promise<void> {
    const list = (await (await this.request('GET', '/api/recordings')).json()) as { recordings: Recording[] };
    for (const { id } of list.recordings) await this.request('DELETE', `/api/recordings/${id}`);
  }

  /** Hangs up, resolves, throws away, ends wrap-up and logs out, as far as any of it is called for. */
  async leave(): Promise<void> {
    if ((await this.request('GET', '/api/desk')).status === 403) return; // no agent
    await vi.waitFor(async () => expect((await this.desk()).contact, `${this.id}'s call ends`).toBeUndefined(), 30_000);
    await this.resolveAll();
    await this.deleteRecordings();
    const { agent } = await this.desk();
    if (agent.wrapUp) {
      await this.request('POST', '/api/desk/wrap-up/end', { contactId: agent.wrapUp.contactId });
    }
    if (agent.memberships.some(({ status }) => status !== 'out')) {
      await this.request('PUT', '/api/desk/status', { status: 'out' });
    }
  }
}

/** What a page keeps of a sign-in, for the pages of later tests. */
export class KeptSession {
  private constructor(
    private readonly key: string,
    private readonly user: string,
  ) {}

  static async of(page: Page): Promise<KeptSession> {
    const [key, user] = await page.evaluate(() => {
      const name = Object.keys(sessionStorage).find((one) => one.startsWith('guichet.user:')) ?? '';
      return [name, sessionStorage.getItem(name) ?? '{}'] as const;
    });
    return new KeptSession(key, user);
  }

  get token(): string {
    return (JSON.parse(this.user) as { access_token?: string }).access_token ?? '';
  }

  /** Whether the centre still knows who it is. */
  async goesOn(origin: string): Promise<boolean> {
    const { status } = await fetch(`${origin}/api/desk`, { headers: { Authorization: `Bearer ${this.token}` } });
    return status !== 401;
  }

  giveTo(page: Page): Promise<unknown> {
    return keepSession(page, [this.key, this.user]);
  }
}

export async function sessionOf(page: Page, id: string): Promise<Person> {
  return new Person(id, new URL(page.url()).origin, (await KeptSession.of(page)).token);
}
