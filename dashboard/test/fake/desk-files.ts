import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The tests' own build, so that they leave alone what is being served; several worktrees may share its folder's parent. */
const dist = process.env['DESK_BUILD'] ?? fileURLToPath(new URL('../../node_modules/.cache/desk', import.meta.url));
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** What production sends with the page. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "media-src 'self' blob:",
].join('; ');

/** Sends a file of the built desk; any address without an extension is the desk itself. */
export async function sendDeskFile(path: string, response: ServerResponse): Promise<void> {
  const name = extname(path) ? path : '/index.html';
  try {
    const body = await readFile(join(dist, name));
    response
      .writeHead(200, { 'Content-Type': contentTypes[extname(name)] ?? '', 'Content-Security-Policy': policy })
      .end(body);
  } catch {
    response.writeHead(404).end();
  }
}
