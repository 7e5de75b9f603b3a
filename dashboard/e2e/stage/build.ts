import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { writeTone } from './tone';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the built dashboard in `dist`, the runner in `guichet` and the agent's voice in `agent.wav`. */
    built: string;
  }
}

const dashboard = resolve(import.meta.dirname, '../..');

/**
 * The pitch of the fake microphone that agents speak with: 30 Hz or more from every note of the hold music and its two harmonics, and from
 * the tones of a keypad.
 */
export const agentHz = 820;

/** Builds, once for all files, what a person who runs the centre has; a folder of its own keeps other builds out of it. */
export default function setup(project: TestProject): () => void {
  const built = mkdtempSync(join(tmpdir(), 'guichet-e2e-'));
  const run = (cwd: string, command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } });
  run(resolve(dashboard, '..'), 'go', 'build', '-o', join(built, 'guichet'), './infra/local');
  run(dashboard, 'npx', 'vite', 'build', '--logLevel', 'error', '--emptyOutDir', '--outDir', join(built, 'dist'));
  run(
    dashboard,
    'npx',
    'vite',
    'build',
    '--logLevel',
    'error',
    '--config',
    'widget/vite.config.ts',
    '--outDir',
    join(built, 'dist/webchat'),
  );
  writeTone(join(built, 'agent.wav'), agentHz);
  project.provide('built', built);
  return () => rmSync(built, { recursive: true, force: true });
}
