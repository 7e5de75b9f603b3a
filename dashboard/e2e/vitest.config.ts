import { defineConfig } from 'vitest/config';

/** Tests that drive real browsers against the whole centre on this machine. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    environment: 'node',
    isolate: false, // browsers are started once a worker
    globalSetup: ['stage/build.ts'],
    // Most of the time a person is waited for, or a sound: two centres keep two processors busy, more would make sound stutter.
    maxWorkers: 2,
    // Real browsers on shared processors: what fails once may be the machine's doing, what fails twice is ours.
    retry: 1,
    testTimeout: 300_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 45_000, interval: 100 } },
  },
});
