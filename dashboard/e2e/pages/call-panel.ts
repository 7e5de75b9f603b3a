import type { Locator, Page } from 'playwright-core';
import { fill, type Words } from './words';

/** What rings, the call that is on, and the wrap-up after it. */
export class CallPanel {
  readonly panel: Locator;

  constructor(
    page: Page,
    private readonly words: Words,
  ) {
    this.panel = page.getByRole('region', { name: words.call.region, exact: true });
  }

  private button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  heading(text: string): Locator {
    return this.panel.getByRole('heading', { name: text, exact: true });
  }

  /** The green phone. */
  get accept(): Locator {
    return this.button(this.words.call.accept);
  }

  get decline(): Locator {
    return this.button(this.words.call.decline);
  }

  /** The red phone. */
  get end(): Locator {
    return this.button(this.words.call.end);
  }

  get endWrapUp(): Locator {
    return this.button(this.words.call.endWrapUp);
  }

  get mute(): Locator {
    return this.button(this.words.call.mute);
  }

  get hold(): Locator {
    return this.button(this.words.call.hold);
  }

  get resume(): Locator {
    return this.button(this.words.call.resume);
  }

  /** What is shown while the customer is on hold. */
  get held(): Locator {
    return this.panel.getByRole('region', { name: this.words.call.holdRegion, exact: true });
  }

  get mutedWarning(): Locator {
    return this.panel.getByText(this.words.call.mutedWarning);
  }

  get keypadButton(): Locator {
    return this.button(this.words.keypad.title);
  }

  get keypad(): Locator {
    return this.panel.getByRole('group', { name: this.words.keypad.title });
  }

  get showRecordings(): Locator {
    return this.button(this.words.playing.showList);
  }

  play(name: string): Locator {
    return this.button(fill(this.words.playing.playOne, { name }));
  }

  playAndEnd(name: string): Locator {
    return this.button(fill(this.words.playing.playAndEndOne, { name }));
  }

  /** What is shown while a recorded message plays. */
  get playing(): Locator {
    return this.panel.getByRole('region', { name: this.words.playing.region });
  }

  get stopPlaying(): Locator {
    return this.button(this.words.playing.stop);
  }

  /** Stops a message that was to end the call. */
  get stopPlayingAndStay(): Locator {
    return this.button(this.words.playing.stopAndStay);
  }

  /** Where an agent says to whom the call is to go. */
  get passing(): Locator {
    return this.panel.getByRole('group', { name: this.words.passing.title });
  }

  /** Opens it, and chooses an agent or a queue, or writes a number. */
  async choose(whom: string): Promise<void> {
    if (!(await this.passing.isVisible())) await this.button(this.words.passing.transfer).click();
    await this.passing.getByRole('combobox').fill(whom);
    const option = this.passing.getByRole('option', { name: whom });
    if (!/^[+0-9 ]+$/.test(whom)) await option.first().click();
  }

  async consult(whom: string): Promise<void> {
    await this.choose(whom);
    await this.passing.getByRole('button', { name: this.words.passing.consult, exact: true }).click();
  }

  async transferTo(whom: string): Promise<void> {
    await this.choose(whom);
    await this.passing.getByRole('button', { name: this.words.passing.now, exact: true }).click();
  }

  /** The third party in the call, or rung for it. */
  get guest(): Locator {
    return this.panel.getByRole('region', { name: this.words.guest.region });
  }

  get conference(): Locator {
    return this.button(this.words.guest.conference);
  }

  handOver(name: string): Locator {
    return this.button(fill(this.words.guest.handOver, { name }));
  }

  /** Leaves a call into which one was invited. */
  get leave(): Locator {
    return this.button(this.words.call.leave);
  }

  async rings(): Promise<void> {
    await this.accept.waitFor();
  }

  async connected(): Promise<void> {
    await this.panel.getByText(this.words.call.connected, { exact: true }).waitFor();
  }

  async wrapUp(): Promise<void> {
    await this.endWrapUp.waitFor();
  }

  wrapUpShown(): Promise<boolean> {
    return this.endWrapUp.isVisible();
  }

  /** Neither ringing, nor a call, nor wrap-up. */
  async idle(): Promise<void> {
    await this.heading(this.words.call.idleTitle).waitFor();
  }

  /** Neither, on a page that shows the panel only while there is something to show. */
  async gone(): Promise<void> {
    await this.panel.waitFor({ state: 'detached' });
  }

  /** Seconds that the clock of the call or of the wrap-up shows. */
  async clock(): Promise<number> {
    const shown = (await this.panel.getByRole('timer').textContent()) ?? '';
    return shown.split(':').reduce((seconds, part) => 60 * seconds + Number(part), 0);
  }

  /** Waits until each of these is there: the queue, the caller's name, the number as people write it. */
  async shows(...texts: string[]): Promise<void> {
    for (const text of texts) await this.panel.getByText(text, { exact: true }).waitFor();
  }
}
