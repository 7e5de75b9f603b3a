import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { descendants, stillRunning } from './processes';

const STOP_PATIENCE = 30_000;

export interface CenterOptions {
  /** Go durations; absent leaves them to the queues of the seed. */
  ring?: string;
  wrapUp?: string;
  /** Between the attempts to reach a customer; a day unless a test waits for one: others' missed calls are not to ring. */
  spacing?: string;
  /** A busy centre with a past, as `make run ARGS=-demo` shows it. */
  demo?: boolean;
}

/** The whole centre, as `make run` starts it, on a free port and with nothing kept. */
export class Center {
  private constructor(
    private readonly runner: ChildProcess,
    readonly origin: string,
    /** Everything that the runner has said so far. */
    readonly said: () => string,
  ) {}

  static async start(
    built: string,
    { ring = '0s', wrapUp = '0s', spacing = '24h', demo = false }: CenterOptions,
  ): Promise<Center> {
    const flags = ['-port', '0', '-data', '', '-dashboard', join(built, 'dist'), '-ring', ring, '-wrap-up', wrapUp];
    flags.push('-spacing', spacing, ...(demo ? ['-demo'] : []));
    const runner = spawn(join(built, 'guichet'), flags, { env: { ...process.env, LC_ALL: 'C' } });
    let output = '';
    const origin = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        const address = /Desk\s+(http:\/\/\S+)\/\n/.exec(output)?.[1];
        if (address) resolve(address);
      };
      runner.stdout.on('data', read);
      runner.stderr.on('data', read);
      runner.once('error', reject);
      runner.once('exit', (code) => reject(new Error(`the centre ended with ${code}:\n${output}`)));
    });
    return new Center(runner, origin, () => output);
  }

  /** Ends it as Ctrl-C does, and checks that nothing of it is left and that nothing broke meanwhile. */
  async stop(): Promise<void> {
    const family = descendants(this.runner.pid ?? 0);
    expect(family.length, 'the database and the timers run as children').toBeGreaterThanOrEqual(2);
    const impatience = setTimeout(() => this.runner.kill('SIGKILL'), STOP_PATIENCE);
    this.runner.kill('SIGINT');
    const [code] = await once(this.runner, 'exit');
    clearTimeout(impatience);
    expect(code, this.said()).toBe(0);
    await vi.waitFor(() => expect(stillRunning(family), 'nothing is left running').toEqual([]), STOP_PATIENCE);
    await expect(fetch(this.origin)).rejects.toThrow();
    // A request that its browser has given up is no fault.
    expect(this.said()).not.toMatch(/level=ERROR(?!.*context canceled)|panic:/);
  }
}
