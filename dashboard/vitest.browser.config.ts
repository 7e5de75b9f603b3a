import { defineConfig } from 'vitest/config';

/** Tests that drive the built dashboard in Chromium against the fake backend of test/. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts', 'widget/test/browser/**/*.test.ts'],
    environment: 'node',
    isolate: false, // most files share a browser
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A browser and its test take turns: two of them keep two processors busy.
    maxWorkers: 2,
    // Real browsers on shared processors: what fails once may be the machine's doing, what fails twice is ours.
    retry: 1,
    expect: { poll: { timeout: 15_000 } },
  },
});
