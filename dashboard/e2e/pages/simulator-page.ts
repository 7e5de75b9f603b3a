import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { agentHz } from '../stage/build';
import { near } from '../stage/ear';

/** The seed's numbers. */
export const support = '+33199001000';
export const sales = '+442079460000';
export const unused = '+33199001099';

export interface Dial {
  to?: string;
  from?: string;
  name?: string;
  toneHz?: number;
}

/** A customer's telephone. */
export class SimulatorPage {
  constructor(readonly page: Page) {}

  private part(id: string): Locator {
    return this.page.getByTestId(id);
  }

  async isReady(): Promise<void> {
    await this.part('number-select').locator(`option[value="${support}"]`).waitFor({ state: 'attached' });
  }

  /** Places a call with a test tone; returns once it is on its way. */
  async call({ to = support, from = '+33639980042', name = '', toneHz = 1000 }: Dial = {}): Promise<PhoneCall> {
    await this.part('number-select').selectOption(to);
    await this.part('from-number').fill(from);
    await this.part('from-name').fill(name);
    await this.part('tone-hz').fill(String(toneHz));
    const answer = this.page.waitForResponse(
      (r) => r.url().endsWith('/simulator/api/calls') && r.request().method() === 'POST',
    );
    await this.part('call-button').click();
    const { sid } = (await (await answer).json()) as { sid: string };
    return new PhoneCall(this.page, sid);
  }
}

/** Customers' telephones ring here, too. */
export async function incomingCall(page: Page): Promise<PhoneCall> {
  const answer = page.locator('[data-sid] [data-action=answer]:visible').first();
  await answer.waitFor();
  const sid = await answer.locator('xpath=ancestor::*[@data-sid][1]').getAttribute('data-sid');
  return new PhoneCall(page, sid ?? '');
}

/** What the telephone of a number does by itself when it is called. */
export async function telephoneOf(
  origin: string,
  number: string,
  does: 'ring' | 'answer' | 'busy' | 'no-answer' | 'voicemail',
  toneHz = 440,
): Promise<void> {
  const answer = await fetch(`${origin}/simulator/api/phones`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ number, does, toneHz }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

/** One call as its caller sees and hears it. */
export class PhoneCall {
  private readonly card: Locator;

  constructor(page: Page, sid: string) {
    this.card = page.locator(`[data-sid="${sid}"]`);
  }

  private part(id: string): Locator {
    return this.card.getByTestId(id);
  }

  /** The strongest frequency that the caller hears, in Hz; 0 in silence. */
  async heardHz(): Promise<number> {
    return Number(await this.part('heard-hz').getAttribute('data-hz'));
  }

  /** The loudness of what the caller hears, in dBFS. */
  async heardLevel(): Promise<number> {
    return Number(await this.part('heard-level').getAttribute('data-dbfs'));
  }

  /** Waits until the caller hears this pitch. */
  async hears(hz: number): Promise<void> {
    await expect.poll(() => this.heardHz(), { message: `the caller hears ${hz} Hz` }).toSatisfy(near(hz));
  }

  /** Takes note of every pitch that the caller hears from now on: a tone may be over before anybody asks for it. */
  async listen(): Promise<{ heard: () => Promise<number[]> }> {
    const notes = await this.part('heard-hz').evaluateHandle((element) => {
      const pitches: number[] = [];
      new MutationObserver(() => pitches.push(Number(element.getAttribute('data-hz')))).observe(element, {
        attributeFilter: ['data-hz'],
      });
      return pitches;
    });
    return { heard: () => notes.jsonValue() };
  }

  /** Waits until the caller has heard several notes, none of them the agent's voice. */
  async hearsMusic(): Promise<void> {
    const notes = new Set<number>();
    const heard = async () => {
      const hz = await this.heardHz();
      if (hz > 0 && !near(agentHz)(hz)) notes.add(Math.round(hz / 20));
      return notes.size;
    };
    await expect.poll(heard, { message: 'notes that the caller hears' }).toBeGreaterThanOrEqual(3);
  }

  /** Waits until the transcript says this. */
  async says(text: string | RegExp): Promise<void> {
    await this.card.locator('.transcript').getByText(text).first().waitFor();
  }

  async transcript(): Promise<string> {
    return (await this.card.locator('.transcript').textContent()) ?? '';
  }

  /** Presses a key of the telephone. */
  async press(key: string): Promise<void> {
    await this.part(`key-${key}`).click();
  }

  async answer(): Promise<void> {
    await this.card.locator('[data-action=answer]').click();
  }

  async decline(): Promise<void> {
    await this.card.locator('[data-action=decline]').click();
  }

  async hangUp(): Promise<void> {
    await this.part('hangup-button').click();
    await this.ended();
  }

  async ended(): Promise<void> {
    await this.card.and(this.card.page().getByTestId('recent-call')).waitFor();
  }
}
