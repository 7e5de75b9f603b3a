import { type Offer, type Source, sources } from './protocol';

/** What others send: tracks by person and source. */
export type Remote = Map<string, Partial<Record<Source, MediaStreamTrack>>>;

export interface PeerEvents {
  remote(remote: Remote): void;
  connected(): void;
  /** The media connection is gone for good. */
  failed(): void;
}

/** The most that a camera sends, by how many receive it: nobody makes several sizes of a picture, so it suits the room. */
function cameraEncoding(people: number): RTCRtpEncodingParameters {
  if (people <= 2) return { maxBitrate: 1_500_000, scaleResolutionDownBy: 1 };
  if (people <= 4) return { maxBitrate: 600_000, scaleResolutionDownBy: 2 };
  return { maxBitrate: 300_000, scaleResolutionDownBy: 3 };
}

const screenEncoding: RTCRtpEncodingParameters = { maxBitrate: 2_500_000 };

/** How long a disconnected connection may recover, in milliseconds. */
const patience = 4000;

/** The media connection of one stay in the room. The node makes every offer. */
export class Peer {
  private readonly pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  private readonly slots = new Map<Source, RTCRtpTransceiver>();
  private readonly own: Partial<Record<Source, MediaStreamTrack>>;
  private readonly events: PeerEvents;
  private people = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(own: Partial<Record<Source, MediaStreamTrack>>, events: PeerEvents) {
    this.own = { ...own };
    this.events = events;
    this.pc.onconnectionstatechange = () => this.watch();
  }

  /** Takes an offer and returns the answer. */
  async answer(offer: Offer): Promise<string> {
    await this.pc.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    const byMid = new Map(this.pc.getTransceivers().map((transceiver) => [transceiver.mid, transceiver]));
    const remote: Remote = new Map();
    for (const { mid, source, person } of offer.sections) {
      const transceiver = byMid.get(mid);
      if (!transceiver) continue;
      if (person === undefined) {
        transceiver.direction = 'sendonly';
        this.slots.set(source, transceiver);
      } else {
        remote.set(person, { ...remote.get(person), [source]: transceiver.receiver.track });
      }
    }
    for (const source of sources) await this.apply(source);
    const answer = await this.pc.createAnswer();
    await this.pc.setLocalDescription(answer);
    this.events.remote(remote);
    await this.limit();
    return answer.sdp ?? '';
  }

  /** Sends a track from now on, or nothing. */
  async send(source: Source, track: MediaStreamTrack | undefined): Promise<void> {
    if (track) this.own[source] = track;
    else delete this.own[source];
    await this.apply(source);
    await this.limit();
  }

  /** Suits what is sent to the number of people. */
  async setPeople(people: number): Promise<void> {
    this.people = people;
    await this.limit();
  }

  close(): void {
    clearTimeout(this.timer);
    this.pc.onconnectionstatechange = null;
    this.pc.close();
  }

  private async apply(source: Source): Promise<void> {
    const sender = this.slots.get(source)?.sender;
    const track = this.own[source] ?? null;
    if (sender && sender.track !== track) await sender.replaceTrack(track);
  }

  private async limit(): Promise<void> {
    for (const source of ['camera', 'screen'] as const) {
      const sender = this.slots.get(source)?.sender;
      const parameters = sender?.getParameters();
      const [encoding] = parameters?.encodings ?? [];
      if (!sender?.track || !parameters || !encoding) continue;
      Object.assign(encoding, source === 'camera' ? cameraEncoding(this.people) : screenEncoding);
      await sender.setParameters(parameters).catch(() => undefined); // a newer change is under way
    }
  }

  private watch(): void {
    clearTimeout(this.timer);
    const state = this.pc.connectionState;
    if (state === 'connected') this.events.connected();
    if (state === 'disconnected') this.timer = setTimeout(() => this.events.failed(), patience);
    if (state === 'failed') this.events.failed();
  }
}
