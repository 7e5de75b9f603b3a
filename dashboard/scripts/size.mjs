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

let over = false;
for (const [entry, budget] of Object.entries(budgets)) {
  let total = 0;
  for (const file of [...closure(entry)].map((key) => manifest[key].file)) {
    const kb = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024;
    total += kb;
    console.log(`${kb.toFixed(1).padStart(8)} KB  ${file}`);
  }
  console.log(
    `${total.toFixed(1).padStart(8)} KB  JavaScript before the first paint of ${entry}, gzip (budget ${budget} KB)`,
  );
  over ||= total > budget;
}
process.exit(over ? 1 : 0);
