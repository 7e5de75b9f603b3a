import type { Locator } from 'playwright-core';
import type { DeskPage } from './desk-page';
import { fill } from './words';

/** The supervisor's table of agents. */
export class TeamPage {
  constructor(private readonly desk: DeskPage) {}

  static async open(desk: DeskPage): Promise<TeamPage> {
    await desk.page.getByRole('link', { name: desk.words.nav.team, exact: true }).click();
    await desk.page.getByRole('heading', { level: 1, name: desk.words.team.title }).waitFor();
    return new TeamPage(desk);
  }

  row(name: string): Locator {
    return this.desk.page.getByRole('row').filter({ hasText: name });
  }

  endWrapUp(name: string): Locator {
    return this.desk.page.getByRole('button', { name: fill(this.desk.words.team.endWrapUpOf, { name }) });
  }
}
