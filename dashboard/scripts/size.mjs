// Prints the compressed JavaScript that a browser loads before the first paint, and fails above the budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 350;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** Every chunk that the entry imports statically, itself included. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const files = [...closure(entry)].map((key) => manifest[key].file);
let total = 0;
for (const file of files) {
  const kb = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024;
  total += kb;
  console.log(`${kb.toFixed(1).padStart(8)} KB  ${file}`);
}
console.log(`${total.toFixed(1).padStart(8)} KB  JavaScript before first paint, gzip (budget ${BUDGET_KB} KB)`);
process.exit(total > BUDGET_KB ? 1 : 0);
