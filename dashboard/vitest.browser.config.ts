import { defineConfig } from 'vitest/config';

/** Tests that drive the built dashboard in Chromium against the fake backend of test/. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts', 'widget/test/browser/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    expect: { poll: { timeout: 15_000 } },
  },
});
