import { WhipSession } from './whip';

/** How long to collect addresses, in milliseconds: local ones come at once, and the node learns the rest from packets. */
const GATHERING_LIMIT = 1_000;
const CONNECT_LIMIT = 10_000;

export interface LineOptions {
  microphone: MediaStreamTrack;
  ticket: string;
  onTrack: (track: MediaStreamTrack) => void;
  /** The line is interrupted, or is back. */
  onUp: (up: boolean) => void;
  signal: AbortSignal;
}

/** The way of the audio between this page and the media node. */
export interface Line {
  /** Looks for another way to the node. Rejects with a Problem that does not pass when the node has no such line. */
  restart(): Promise<void>;
  replaceMicrophone(track: MediaStreamTrack): Promise<void>;
  close(): void;
}

/** Opens a line at the centre's media node; rejects, leaving nothing behind, when there is no way to it. */
export async function openLine(origin: string, options: LineOptions): Promise<Line> {
  const { microphone, ticket, onTrack, onUp, signal } = options;
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  let session: WhipSession | undefined;
  // The node is told first: closing the connection ends the session there, and then there would be nothing to remove. Nor is
  // there when the node has closed it.
  const close = () => {
    pc.onconnectionstatechange = null;
    const over = pc.getSenders()[0]?.transport?.state === 'closed';
    const removed = over ? undefined : session?.remove();
    void Promise.resolve(removed).then(() => pc.close());
  };
  try {
    const transceiver = pc.addTransceiver(microphone, { direction: 'sendrecv' });
    preferPcmu(transceiver);
    pc.ontrack = ({ track }) => onTrack(track);
    session = await WhipSession.open(origin, await offer(pc), ticket, signal);
    const { answer } = session;
    await pc.setRemoteDescription({ type: 'answer', sdp: answer });
    await connected(pc, signal);
    const tell = () => {
      const { connectionState: state } = pc;
      if (state === 'connected') onUp(true);
      else if (state !== 'connecting') onUp(false);
    };
    pc.onconnectionstatechange = tell;
    const opened = session;
    const restart = async () => {
      await restartIce(pc, opened);
      tell(); // a way that was never quite lost changes no state
    };
    return { restart, close, replaceMicrophone: (track) => transceiver.sender.replaceTrack(track) };
  } catch (error) {
    close();
    throw error;
  }
}

/** The phone network's codec end to end: what the node passes on needs no transcoding. It answers with no other anyway. */
function preferPcmu(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  const pcmu = codecs.filter(({ mimeType }) => /\/pcmu$/i.test(mimeType));
  if (pcmu.length > 0) transceiver.setCodecPreferences?.(pcmu); // Firefox has it since version 128
}

/** Makes an offer that has its addresses in it: none is sent later. */
async function offer(pc: RTCPeerConnection, options: RTCOfferOptions = {}): Promise<string> {
  await pc.setLocalDescription(await pc.createOffer(options));
  await new Promise<void>((resolve) => {
    const check = () => {
      if (pc.iceGatheringState === 'complete') resolve();
    };
    setTimeout(resolve, GATHERING_LIMIT);
    pc.onicegatheringstatechange = check;
    check();
  });
  return pc.localDescription?.sdp ?? '';
}

function connected(pc: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('no way to the media node'));
    setTimeout(fail, CONNECT_LIMIT);
    signal.addEventListener('abort', fail, { once: true });
    const check = () => {
      if (pc.connectionState === 'connected') resolve();
      if (pc.connectionState === 'failed' || signal.aborted) fail();
    };
    pc.onconnectionstatechange = check;
    check();
  });
}

async function restartIce(pc: RTCPeerConnection, session: WhipSession): Promise<void> {
  const theirs = await session.restart(fragmentOf(await offer(pc, { iceRestart: true })));
  await pc.setRemoteDescription({ type: 'answer', sdp: renew(session.answer, theirs) });
}

/** What a PATCH says of an offer (RFC 8840, section 9): its media line, credentials and addresses. */
export function fragmentOf(sdp: string): string {
  return lines(sdp, /^(m=|a=(mid|ice-ufrag|ice-pwd|candidate|end-of-candidates)\b)/).join('');
}

/** The session's answer with the credentials and, if it names any, the addresses of a fragment. */
export function renew(answer: string, fragment: string): string {
  const theirs = lines(fragment, /^a=candidate/);
  const value = (name: string) => lines(fragment, new RegExp(`^a=${name}:`))[0];
  const kept = theirs.length > 0 ? lines(answer, /^(?!a=candidate|a=end-of-candidates)/) : lines(answer, /^/);
  return kept
    .map((line) => {
      const name = /^a=(ice-ufrag|ice-pwd):/.exec(line)?.[1];
      return (name && value(name)) || line;
    })
    .concat(theirs)
    .join('');
}

function lines(sdp: string, pattern: RegExp): string[] {
  return sdp
    .split(/\r?\n/)
    .filter((line) => line && pattern.test(line))
    .map((line) => `${line}\r\n`);
}
