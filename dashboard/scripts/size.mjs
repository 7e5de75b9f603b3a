// Prints the compressed JavaScript that a browser loads before the first paint of each page, and fails above a budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** KB by page. */
const budgets = { 'index.html': 350, 'meet/index.html': 60 };
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** Every chunk that the entry imports statically, itself included. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

/** The texts of the language that is spoken are loaded before the first paint, too: the larger ones are counted. */
const texts = { 'index.html': ['src/i18n/en.json', 'src/i18n/fr.json'] };
const compressed = (key) => gzipSync(readFileSync(new URL(manifest[key].file, dist)), { level: 9 }).length;

let over = false;
for (const [entry, budget] of Object.entries(budgets)) {
  let total = 0;
  const [spoken] = (texts[entry] ?? []).sort((a, b) => compressed(b) - compressed(a));
  for (const key of [...closure(entry), ...(spoken ? [spoken] : [])]) {
    const kb = compressed(key) / 1024;
    total += kb;
    console.log(`${kb.toFixed(1).padStart(8)} KB  ${manifest[key].file}`);
  }
  console.log(
    `${total.toFixed(1).padStart(8)} KB  JavaScript before the first paint of ${entry}, gzip (budget ${budget} KB)`,
  );
  over ||= total > budget;
}
process.exit(over ? 1 : 0);
