import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { DeskPage } from '../pages/desk-page';
import { SignInPage } from '../pages/sign-in-page';
import { SimulatorPage } from '../pages/simulator-page';
import type { Language } from '../pages/words';
import { agentVoice, launch } from './browsers';
import { Center, type CenterOptions } from './center';
import { listen } from './ear';
import { Faults } from './faults';
import { KeptSession, type Person, sessionOf } from './session';

/** Milliseconds that a page may take on a machine that has much else to do. */
const PATIENCE = 45_000;

/** How a person looks at the page. */
export interface Look extends BrowserContextOptions {
  language?: Language;
}

/** One centre for the tests of a file, with people in browsers of their own. Every test starts with nobody there. */
export class Stage {
  readonly faults = new Faults();
  private center: Center | undefined;
  private agents: Browser | undefined;
  private callers: Browser | undefined;
  private people: Person[] = [];
  private readonly sessions = new Map<string, KeptSession>();

  constructor(private readonly options: CenterOptions) {}

  get origin(): string {
    return this.running.origin;
  }

  /** What the runner has printed. */
  get said(): string {
    return this.running.said();
  }

  private get running(): Center {
    if (!this.center) throw new Error('the centre has not started');
    return this.center;
  }

  async open(): Promise<void> {
    const built = inject('built');
    const opened = [Center.start(built, this.options), launch(agentVoice(built)), launch()] as const;
    [this.center, this.agents, this.callers] = await Promise.all(opened);
  }

  async close(): Promise<void> {
    await this.center?.stop();
  }

  /** A fresh browser profile on the centre's page. */
  async visit(path = '/', look: Look = {}): Promise<Page> {
    return this.page(this.agents, path, look);
  }

  /** Another tab of the same browser profile. */
  async tab(page: Page): Promise<Page> {
    const other = await page.context().newPage();
    await other.goto(this.origin);
    return other;
  }

  /** An agent, or whoever has this name, signed in: by the real page the first time, and then as after a reload. */
  async signIn(id: string, look: Look = {}): Promise<DeskPage> {
    const known = this.sessions.get(id);
    if (!known || !(await known.goesOn(this.origin))) {
      const desk = await this.signInOn(await this.visit('/', look), id, look.language);
      this.sessions.set(id, await KeptSession.of(desk.page));
      return desk;
    }
    const page = await this.blank(this.agents, look);
    await known.giveTo(page);
    await page.goto(this.origin);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return this.adopt(page, id, look.language);
  }

  async signInOn(page: Page, id: string, language: Language = 'en'): Promise<DeskPage> {
    await new SignInPage(page, language).signIn(id);
    return this.adopt(page, id, language);
  }

  /** Takes note of somebody whom the test itself signed in. */
  async adopt(page: Page, id: string, language: Language = 'en'): Promise<DeskPage> {
    this.people.push(await sessionOf(page, id));
    return new DeskPage(page, language);
  }

  /** An agent who is at the desk and ready in all queues, with audio. */
  async ready(id: string, look: Look = {}): Promise<DeskPage> {
    const desk = await this.comes(id, look);
    await desk.audioUp();
    return desk;
  }

  /** An agent who gets ready in all queues, in one of which somebody waits: it rings at once. */
  async comes(id: string, look: Look = {}): Promise<DeskPage> {
    const desk = await this.signIn(id, look);
    await desk.openDesk();
    await desk.logIn();
    return desk;
  }

  /** A visitor of a site that has the widget, whose microphone beeps. */
  async visitor(look: Look = {}): Promise<Page> {
    return this.page(this.callers, '/webchat/demo.html', look);
  }

  /** A customer in front of the telephone. */
  async customer(look: Look = {}): Promise<SimulatorPage> {
    const page = await this.page(this.callers, '/simulator', look);
    const simulator = new SimulatorPage(page);
    await simulator.isReady();
    return simulator;
  }

  private async page(browser: Browser | undefined, path: string, look: Look): Promise<Page> {
    const page = await this.blank(browser, look);
    await page.goto(this.origin + path);
    return page;
  }

  private async blank(browser: Browser | undefined, look: Look): Promise<Page> {
    if (!browser) throw new Error('the browsers have not started');
    const { language = 'en', ...rest } = look;
    const context = await browser.newContext({
      locale: language === 'fr' ? 'fr-FR' : 'en-GB',
      viewport: { width: 1280, height: 800 },
      ...rest,
    });
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(listen);
    this.faults.follow(context);
    return context.newPage();
  }

  /** Everybody hangs up, finishes and leaves, whatever a test left behind. */
  async clear(failed: boolean): Promise<void> {
    const faults = this.faults.take();
    const contexts = [this.agents, this.callers].flatMap((browser) => browser?.contexts() ?? []);
    if (failed) await keepPictures(contexts.flatMap((context) => context.pages()));
    for (const context of contexts) await context.close();
    await hangUpAll(this.origin);
    for (const person of this.people.splice(0)) await person.leave();
    expect(faults, 'nothing broke in the browsers').toEqual([]);
  }
}

/** Shows what everybody saw when a test failed, in the folder that E2E_PICTURES names. */
async function keepPictures(pages: Page[]): Promise<void> {
  const folder = process.env['E2E_PICTURES'];
  if (!folder) return;
  const name = expect.getState().currentTestName?.replaceAll(/\W+/g, '-').slice(0, 80);
  for (const [i, page] of pages.entries()) await page.screenshot({ path: join(folder, `${name}-${i + 1}.png`) });
}

async function hangUpAll(origin: string): Promise<void> {
  const state = await fetch(`${origin}/simulator/api/state`);
  const { calls } = (await state.json()) as { calls: { sid: string; ended?: string }[] };
  for (const { sid } of calls.filter(({ ended }) => !ended)) {
    const headers = { 'Content-Type': 'application/json', Origin: origin };
    await fetch(`${origin}/simulator/api/calls/${sid}/hangup`, { method: 'POST', headers, body: '{}' });
  }
}

/** Opens a stage before the tests of a file, clears it after each and takes it down after the last. */
export function openStage(options: CenterOptions = {}): Stage {
  const stage = new Stage(options);
  beforeAll(() => stage.open());
  afterEach(({ task }) => stage.clear(task.result?.state === 'fail'));
  afterAll(() => stage.close());
  return stage;
}
