import { defineConfig, type Plugin } from 'vite';

/** Escapes what is not ASCII: a site's page may be in another encoding, and a script without its own is read in the page's. */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle: (_, bundle) => {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = file.code.replace(/[\u0080-\uffff]/g, escape16);
    }
  },
};

function escape16(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Builds the one file that a site embeds, and the page that shows it, beside the dashboard's own files. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [ascii],
  build: {
    target: 'es2022',
    outDir: '../dist/webchat',
    emptyOutDir: true,
    lib: { entry: 'src/main.ts', formats: ['iife'], name: 'guichetWebchat', fileName: () => 'widget.js' },
  },
});
