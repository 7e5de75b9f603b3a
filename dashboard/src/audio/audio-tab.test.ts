import { expect, it } from 'vitest';
import { joinAudioTabs } from './audio-tab';

/** Web Locks as far as one exclusive lock needs them: a queue, stealing, and aborting a request that waits. */
class FakeLocks {
  private holder: { release: (reason: unknown) => void } | undefined;
  private waiting: { grant: () => void; signal: AbortSignal | undefined }[] = [];

  request = ((_: string, options: LockOptions, callback: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const grant = () => {
        const me = { release: reject };
        this.holder = me;
        callback()
          .then(resolve, reject)
          .finally(() => {
            if (this.holder !== me) return;
            this.holder = undefined;
            this.waiting = this.waiting.filter(({ signal }) => !signal?.aborted);
            this.waiting.shift()?.grant();
          });
      };
      if (options.steal) {
        const robbed = this.holder;
        grant();
        robbed?.release(new DOMException('stolen', 'AbortError'));
      } else if (this.holder) this.waiting.push({ grant, signal: options.signal });
      else grant();
    })) as unknown as LockManager['request'];
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

function openTab(locks: FakeLocks) {
  const tab = { held: false, changes: 0 };
  const joined = joinAudioTabs(
    (held) => {
      tab.held = held;
      tab.changes += 1;
    },
    locks as unknown as LockManager,
  );
  return Object.assign(tab, joined);
}

it('gives the audio to one tab at a time, and to the next when that one closes', async () => {
  const locks = new FakeLocks();
  const [first, second] = [openTab(locks), openTab(locks)];
  await settled();
  expect([first.held, second.held]).toEqual([true, false]);
  first.close();
  await settled();
  expect(second.held).toBe(true);
});

it('lets a tab take the audio, and gives it back when that tab closes', async () => {
  const locks = new FakeLocks();
  const [first, second] = [openTab(locks), openTab(locks)];
  await settled();
  second.take();
  await settled();
  expect([first.held, second.held]).toEqual([false, true]);
  second.close();
  await settled();
  expect(first.held).toBe(true);
});

it('takes nothing from itself', async () => {
  const tab = openTab(new FakeLocks());
  await settled();
  const { changes } = tab;
  tab.take();
  await settled();
  expect([tab.held, tab.changes]).toEqual([true, changes]);
});

it('holds the audio where the browser has no locks', () => {
  let held = false;
  joinAudioTabs(
    (now) => {
      held = now;
    },
    null as unknown as LockManager,
  );
  expect(held).toBe(true);
});
