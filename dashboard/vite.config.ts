import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The one origin that `npm run dev` borrows everything but the dashboard from. */
const origin = process.env['GUICHET_ORIGIN'] ?? 'http://localhost:8080';
const borrowed = ['/api', '/media', '/realtime', '/config.json', '/oidc', '/simulator', '/channels', '/webchat', '/s3'];

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    sourcemap: false,
    manifest: true,
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false }, // the one module that the two pages would share
    rolldownOptions: {
      input: ['index.html', 'meet/index.html'], // the desk, and the page of meetings
      // What the desk needs before its first paint is one file; it would be forty, by who else uses what.
      output: {
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'], test: (id) => !id.includes('/meet/') }] },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(borrowed.map((path) => [path, { target: origin, ws: true }])),
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'widget/src/**/*.test.ts', 'meet/**/*.test.ts', 'test/**/*.unit.test.ts'],
    environment: 'node',
    setupFiles: ['test/regions.ts'],
    isolate: false, // modules are loaded once; what a test has put in the place of others is taken away after it
    restoreMocks: true,
    unstubGlobals: true,
    css: false,
    testTimeout: 30_000, // a busy machine is no failure
    server: { deps: { inline: [/@cloudscape-design/] } },
  },
});
