import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PreviewServer, preview } from 'vite';

const dashboard = fileURLToPath(new URL('../..', import.meta.url));
const repository = join(dashboard, '..');

/** What the origin says of its pages, with nothing inline. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

export interface Guest {
  role?: 'host' | 'guest';
  name?: string;
  roomId?: string;
  /** Seconds from now. */
  expires?: number;
}

/** A real media node and the built page behind one origin. */
export class MeetingHouse {
  private readonly folder = mkdtempSync(join(tmpdir(), 'meet-'));
  private readonly key = randomBytes(32).toString('hex');
  private node: ChildProcess | undefined;
  private server: PreviewServer | undefined;
  private mediaPort = 0;
  private udpPorts: [number, number] = [0, 0];
  origin = '';

  async open(): Promise<void> {
    execFileSync('go', ['build', '-o', join(this.folder, 'node'), './media-node'], {
      cwd: repository,
      stdio: 'inherit',
    });
    this.mediaPort = await freePort();
    this.udpPorts = [await freePort(), await freePort()];
    await this.startNode();
    const media = { target: `http://127.0.0.1:${this.mediaPort}`, ws: true };
    this.server = await preview({
      root: dashboard,
      logLevel: 'silent',
      build: { outDir: 'node_modules/.cache/desk' },
      preview: {
        port: await freePort(),
        host: '127.0.0.1',
        proxy: { '/media': media },
        headers: { 'Content-Security-Policy': policy },
      },
    });
    const [url = ''] = this.server.resolvedUrls?.local ?? [];
    this.origin = url.replace(/\/$/, '');
  }

  /** Starts the node, on the same ports each time. */
  async startNode(): Promise<void> {
    this.node = spawn(join(this.folder, 'node'), {
      env: {
        ...process.env,
        MEDIA_KEY: this.key,
        MEDIA_HTTP: `127.0.0.1:${this.mediaPort}`,
        MEDIA_ADMIN_HTTP: `127.0.0.1:${await freePort()}`,
        MEDIA_UDP: `127.0.0.1:${this.udpPorts[0]}`,
        MEDIA_ROOM_UDP: `127.0.0.1:${this.udpPorts[1]}`,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (;;) {
      const health = await fetch(`http://127.0.0.1:${this.mediaPort}/media/healthz`).catch(() => undefined);
      if (health?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Kills the node as a crash does. */
  async killNode(): Promise<void> {
    const { node } = this;
    if (!node || node.exitCode !== null) return;
    const ended = new Promise((resolve) => node.once('exit', resolve));
    node.kill('SIGKILL');
    await ended;
  }

  link({ role = 'guest', name, roomId = 'rm_1', expires = 3600 }: Guest = {}): string {
    const ticket = {
      jti: '',
      use: 'room',
      agt: '',
      rom: roomId,
      rol: role,
      nam: name,
      exp: Math.floor(Date.now() / 1000) + expires,
    };
    const payload = Buffer.from(JSON.stringify(ticket)).toString('base64url');
    return `${this.origin}/meet/#${payload}.${this.sign('ticket', payload).toString('base64url')}`;
  }

  /** Closes a room as the control plane does, and returns the node's status. */
  async closeRoom(roomId: string): Promise<number> {
    const body = JSON.stringify({ roomId, linksExpireUnix: Math.floor(Date.now() / 1000) + 3600 });
    const at = Math.floor(Date.now() / 1000);
    const signature = `t=${at},v1=${this.sign('closing', `${at}.${body}`).toString('hex')}`;
    const headers = { 'Guichet-Signature': signature };
    return (await fetch(`${this.origin}/media/rooms/${roomId}/close`, { method: 'POST', body, headers })).status;
  }

  async close(): Promise<void> {
    await this.killNode();
    await this.server?.close();
    rmSync(this.folder, { recursive: true });
  }

  private sign(domain: string, payload: string): Buffer {
    return createHmac('sha256', this.key).update(`guichet/${domain}/${payload}`).digest();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
