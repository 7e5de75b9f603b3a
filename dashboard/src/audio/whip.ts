/** A session at the media node: WHIP, RFC 9725, with an answer that carries audio back as well. */
export interface WhipSession {
  /** Last segment of the session's URL; the agent's record names the session that carries the audio by it. */
  id: string;
  answer: string;
  /** Ends the session at the node, even while the page is being left. Settles, and never rejects, soon after. */
  remove: () => Promise<void>;
}

/** Milliseconds; a node that can't be reached ends a session by itself when its consent checks go unanswered. */
const REMOVE_PATIENCE = 2_000;

/** Sends a complete offer. The ticket that opens a session also ends it. Rejects when the node can't be reached or refuses. */
export async function postOffer(offer: string, ticket: string, signal: AbortSignal): Promise<WhipSession> {
  const response = await fetch('/media/whip', {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${ticket}` },
    body: offer,
    signal,
  });
  const location = response.headers.get('Location');
  if (response.status !== 201 || !location) throw new Error(`the media node answered ${response.status}`);
  const url = new URL(location, response.url);
  return {
    id: url.pathname.split('/').at(-1) ?? '',
    answer: await response.text(),
    remove: () =>
      fetch(url, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${ticket}` },
        keepalive: true,
        signal: AbortSignal.timeout(REMOVE_PATIENCE),
      }).then(
        () => undefined,
        () => undefined,
      ),
  };
}
