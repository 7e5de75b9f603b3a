import { meteringContext } from './metering-context';
import { Speaker } from './speaker';

const DELAY_SECONDS = 1;

/** Lets people hear themselves: plays a stream back a second later on the chosen speaker. Returns the way to stop. */
export function startEcho(stream: MediaStream, speakerId: string): () => void {
  const context = meteringContext();
  const source = context.createMediaStreamSource(stream);
  const delay = new DelayNode(context, { maxDelayTime: DELAY_SECONDS, delayTime: DELAY_SECONDS });
  const outlet = new MediaStreamAudioDestinationNode(context);
  source.connect(delay).connect(outlet);
  const speaker = new Speaker();
  void speaker.use(speakerId).then(() => speaker.play(outlet.stream));
  return () => {
    source.disconnect();
    void speaker.play(undefined);
  };
}
