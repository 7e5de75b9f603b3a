// Writes src/api/*schema.d.ts, one for each API's OpenAPI file; with --check, only tells whether they are up to date.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const schemas = { agentapi: 'schema.d.ts', reportapi: 'report-schema.d.ts' };

for (const [api, name] of Object.entries(schemas)) {
  const source = new URL(`../../functions/${api}/openapi.json`, import.meta.url);
  const target = new URL(`../src/api/${name}`, import.meta.url);
  const banner = `// Generated from functions/${api}/openapi.json by \`npm run generate\`. Do not edit.\n\n`;
  const generated = banner + astToString(await openapiTS(source));
  if (!process.argv.includes('--check')) {
    await writeFile(target, generated);
    continue;
  }
  const current = await readFile(target, 'utf8').catch(() => '');
  if (current !== generated) {
    console.error(`src/api/${name} is not what functions/${api}/openapi.json gives: run \`npm run generate\`.`);
    process.exitCode = 1;
  }
}
