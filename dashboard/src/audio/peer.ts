import { postOffer, type WhipSession } from './whip';

/** How long to collect addresses: local ones come at once, and the node learns the rest from our packets. */
const GATHERING_LIMIT = 1_000;
const CONNECT_LIMIT = 8_000;

/** One peer connection with the media node that is up. */
export interface Peer {
  session: WhipSession;
  replaceMicrophone(track: MediaStreamTrack): Promise<void>;
  close(): void;
}

export interface PeerOptions {
  microphone: MediaStreamTrack;
  ticket: () => Promise<string>;
  onRemoteTrack: (track: MediaStreamTrack) => void;
  onLost: () => void;
  signal: AbortSignal;
}

/** How long "disconnected" may last before it counts as lost; ICE itself would wait for half a minute. */
const DISCONNECTED_LIMIT = 1_500;

/** The phone network's codec end to end: what the node passes on needs no transcoding. */
function preferPcmu(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  const pcmu = codecs.filter(({ mimeType }) => mimeType.toLowerCase() === 'audio/pcmu');
  if (pcmu.length > 0) transceiver.setCodecPreferences(pcmu);
}

function until(
  target: EventTarget,
  event: string,
  done: () => boolean,
  limit: number,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      target.removeEventListener(event, check);
      resolve(done());
    };
    const check = () => done() && finish();
    const timer = setTimeout(finish, limit);
    target.addEventListener(event, check);
    signal.addEventListener('abort', finish, { once: true });
    check();
  });
}

function watch(pc: RTCPeerConnection, onLost: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  pc.addEventListener('connectionstatechange', () => {
    clearTimeout(timer);
    if (pc.connectionState === 'failed' || pc.connectionState === 'closed') onLost();
    if (pc.connectionState === 'disconnected') timer = setTimeout(onLost, DISCONNECTED_LIMIT);
  });
  // A node that closes the session, because the agent is wanted on another one, says so here at once; the connection itself
  // looks well for seconds. If it closed it for another tab or device, the server knows of that one before the time is over.
  const transport = pc.getSenders()[0]?.transport;
  transport?.addEventListener('statechange', () => {
    if (transport.state !== 'closed') return;
    clearTimeout(timer);
    timer = setTimeout(onLost, DISCONNECTED_LIMIT);
  });
}

/** Opens a peer connection; resolves when audio can flow and rejects, leaving nothing behind, when it can't. */
export async function openPeer({ microphone, ticket, onRemoteTrack, onLost, signal }: PeerOptions): Promise<Peer> {
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  let session: WhipSession | undefined;
  let closing = false;
  // The node is told first: closing the connection ends the session there, and then there would be nothing to remove.
  const close = () => {
    closing = true;
    const removed = session?.remove() ?? Promise.resolve();
    void removed.finally(() => pc.close());
  };
  try {
    const transceiver = pc.addTransceiver(microphone, { direction: 'sendrecv' });
    preferPcmu(transceiver);
    pc.addEventListener('track', ({ track }) => onRemoteTrack(track));
    const [, bearer] = await Promise.all([gather(pc, signal), ticket()]);
    signal.throwIfAborted();
    session = await postOffer(pc.localDescription?.sdp ?? '', bearer, signal);
    await pc.setRemoteDescription({ type: 'answer', sdp: session.answer });
    const connected = () => pc.connectionState === 'connected';
    if (!(await until(pc, 'connectionstatechange', connected, CONNECT_LIMIT, signal))) {
      throw new Error('no media path to the node');
    }
    signal.throwIfAborted();
    watch(pc, () => !closing && onLost());
    return { session, close, replaceMicrophone: (track) => transceiver.sender.replaceTrack(track) };
  } catch (error) {
    close();
    throw error;
  }
}

async function gather(pc: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  await pc.setLocalDescription();
  await until(pc, 'icegatheringstatechange', () => pc.iceGatheringState === 'complete', GATHERING_LIMIT, signal);
}
