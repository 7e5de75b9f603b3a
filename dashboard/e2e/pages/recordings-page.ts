import type { Locator } from 'playwright-core';
import type { DeskPage } from './desk-page';
import { fill } from './words';

/** The agent's pre-recorded audio messages, and the form of one. */
export class RecordingsPage {
  private constructor(private readonly desk: DeskPage) {}

  static async open(desk: DeskPage): Promise<RecordingsPage> {
    const { page, words } = desk;
    await desk.button(words.nav.settings).click();
    await page.getByRole('link', { name: words.recordings.title }).click();
    await page.getByRole('heading', { level: 1, name: words.recordings.title }).waitFor();
    return new RecordingsPage(desk);
  }

  private get words() {
    return this.desk.words;
  }

  row(name: string): Locator {
    return this.desk.page.getByRole('row').filter({ hasText: name });
  }

  /** Opens one of the tabs. */
  async tab(which: 'tab' | 'archiveTab', number: number): Promise<void> {
    const name = fill(this.words.recordings[which], { number: String(number) });
    await this.desk.page.getByRole('tab', { name, exact: true }).click();
  }

  /** Begins a new message. */
  async add(name: string, tags: string[] = []): Promise<void> {
    await this.desk.button(this.words.recordings.add).first().click();
    await this.rename(name);
    for (const tag of tags) await this.addTag(tag);
  }

  async rename(name: string): Promise<void> {
    await this.desk.page.getByRole('textbox', { name: this.words.recordings.name, exact: true }).fill(name);
  }

  async addTag(tag: string): Promise<void> {
    await this.desk.page.getByRole('combobox', { name: this.words.recordings.tags }).fill(tag);
    await this.desk.page.keyboard.press('Enter');
    await this.desk.button(fill(this.words.attach.remove, { name: tag })).waitFor();
  }

  /** Records with the microphone until the clock shows so many seconds, less than ten. */
  async record(seconds: number): Promise<void> {
    const { record, recordAgain, recordedSoFar, stop } = this.words.sound;
    await this.desk.button(record).or(this.desk.button(recordAgain)).click();
    await this.desk.page.getByRole('timer', { name: recordedSoFar }).getByText(`0:0${seconds}`).waitFor();
    await this.desk.button(stop).click();
    await this.desk.page.getByText(this.words.sound.unsaved).waitFor();
  }

  /** Takes the sound from a file. */
  async choose(file: string): Promise<void> {
    await this.desk.page.locator('input[type=file]').setInputFiles(file);
    await this.desk.page.getByText(this.words.sound.unsaved).waitFor();
  }

  /** Saves; returns once the list says so. */
  async save(name: string): Promise<void> {
    await this.desk.button(this.words.recordingForm.save).click();
    await this.says('saved', name);
  }

  async says(what: 'saved' | 'archived' | 'unarchived' | 'deleted', name: string): Promise<void> {
    await this.desk.page.getByText(fill(this.words.recordings[what], { name })).waitFor();
  }

  /** A button of one message's row, or of the form's new sound. */
  action(what: 'listen' | 'stopListening' | 'editOne' | 'archiveOne' | 'unarchiveOne' | 'deleteOne', name: string) {
    return this.desk.button(fill(this.words.recordings[what], { name }));
  }

  get confirmDelete(): Locator {
    return this.desk.button(this.words.recordings.delete);
  }
}
