import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import { keptChromium } from '../chromium';
import { FakeCenter } from '../fake/fake-center';
import { dropPeers, type Look, lend, openMediaNode, signIn } from './browser';

interface Person {
  id: string;
  name: string;
}

/** What a test of the desk stands on: one browser and one media node for the files of a worker, and a centre for each test. */
export interface Stage {
  browser: Browser;
  center: FakeCenter;
  /** The page that plays the media node. */
  node: Page;
  /** For people who look at the screens: what the pages show, in the folder that PICTURES names. */
  keepPictures: (name: string) => Promise<void>;
  /** Signs a person in, in a browser profile of their own: whom the provider knows, if nobody else is named. */
  open: (path?: string, look?: Look, person?: Person) => Promise<Page>;
}

let kept: Pick<Stage, 'browser' | 'node'> | undefined;

async function keep(): Promise<Pick<Stage, 'browser' | 'node'>> {
  const browser = await keptChromium();
  if (kept?.browser !== browser) kept = { browser, node: await openMediaNode(browser) };
  return kept;
}

/** Sets it up and takes it down for every test of the file. */
export function setStage(): Stage {
  const stage = { keepPictures, open } as Stage;
  const desks = () => stage.browser.contexts().filter((context) => context !== stage.node.context());

  async function keepPictures(name: string): Promise<void> {
    const folder = process.env['PICTURES'];
    const file = name.replaceAll(/\W+/g, '-').slice(0, 150);
    const pages = desks().flatMap((context) => context.pages());
    if (folder) for (const [i, page] of pages.entries()) await page.screenshot({ path: `${folder}/${file}-${i}.png` });
  }

  async function open(path?: string, look?: Look, person?: Person): Promise<Page> {
    if (person) Object.assign(stage.center.provider, { person: person.id, personName: person.name });
    return signIn(stage.browser, stage.center, path, look);
  }

  beforeAll(async () => void Object.assign(stage, await keep()));

  beforeEach(async () => {
    stage.center = new FakeCenter();
    await stage.center.listen();
    lend(stage.node, stage.center);
  });
  // A page may be asking for audio at any moment: the desks go first, and what they asked is refused from then on.
  afterEach(async ({ task }) => {
    await keepPictures(task.name);
    stage.center.answerOffer = undefined;
    for (const context of desks()) await context.close();
    await dropPeers(stage.node);
    await stage.center.close();
  });
  return stage;
}
