import type { Locator } from 'playwright-core';
import type { DeskPage } from './desk-page';
import { fill } from './words';

/** The supervisor's desk: queues and agents. */
export class TeamPage {
  constructor(private readonly desk: DeskPage) {}

  static async open(desk: DeskPage): Promise<TeamPage> {
    await desk.page.getByRole('link', { name: desk.words.nav.team, exact: true }).click();
    await desk.page.getByRole('heading', { level: 1, name: desk.words.team.title }).waitFor();
    return new TeamPage(desk);
  }

  private table(name: string): Locator {
    return this.desk.page.getByRole('table', { name, exact: true });
  }

  /** An agent's row. */
  row(name: string): Locator {
    return this.table(this.desk.words.team.agents).getByRole('row').filter({ hasText: name });
  }

  queueRow(name: string): Locator {
    return this.table(this.desk.words.team.queuesTitle)
      .getByRole('row')
      .filter({ has: this.desk.page.getByRole('link', { name, exact: true }) });
  }

  /** How many agents do something; shows them alone when clicked. */
  kind(kind: keyof DeskPage['words']['team']['kind'], count: number): Locator {
    return this.desk.page.getByRole('button', { name: `${this.desk.words.team.kind[kind]} ${count}`, exact: true });
  }

  async find(text: string): Promise<void> {
    await this.desk.page.getByRole('searchbox', { name: this.desk.words.team.find }).fill(text);
  }

  endWrapUp(name: string): Locator {
    return this.desk.page.getByRole('button', { name: fill(this.desk.words.team.endWrapUpOf, { name }) });
  }

  /** Gives an agent a status: everywhere, or in one queue; after a call, unless it is to be now. */
  async setStatus(name: string, status: string, { queue = '', now = false } = {}): Promise<void> {
    const { team, status: statuses } = this.desk.words;
    await this.desk.button(fill(team.changeStatusOf, { name })).click();
    const dialog = this.desk.page.getByRole('dialog', { name: fill(team.statusOf, { name }) });
    if (queue) {
      await dialog.getByRole('button', { name: team.where }).click();
      await dialog.getByRole('option', { name: queue, exact: true }).click();
    }
    if (now) await dialog.getByRole('radio', { name: statuses.atOnce }).check();
    await dialog.getByRole('radio', { name: status, exact: true }).check();
    const confirm = status === statuses.out ? team.logOut : team.setStatus;
    await dialog.getByRole('button', { name: confirm, exact: true }).click();
  }
}
