import { defineConfig } from 'vite';

/** Builds the one file that a site embeds, and the page that shows it, beside the dashboard's own files. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: 'es2022',
    outDir: '../dist/webchat',
    emptyOutDir: true,
    lib: { entry: 'src/main.ts', formats: ['iife'], name: 'guichetWebchat', fileName: () => 'widget.js' },
  },
});
