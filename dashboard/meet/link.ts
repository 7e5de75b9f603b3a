/** What a meeting's link says. Whether it is true, only the media node can tell. */
export interface Link {
  token: string;
  roomId: string;
  role: 'host' | 'guest';
  /** Of a host; guests say theirs. */
  name: string;
}

/** Reads the link's ticket from the address's fragment, which browsers send to nobody. */
export function parseLink(hash: string): Link | undefined {
  const token = hash.replace(/^#/, '');
  try {
    const [payload = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const ticket: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const { rom, rol, nam } = ticket as Record<string, unknown>;
    if (typeof rom !== 'string' || rom === '') return undefined;
    return { token, roomId: rom, role: rol === 'host' ? 'host' : 'guest', name: typeof nam === 'string' ? nam : '' };
  } catch {
    return undefined;
  }
}
