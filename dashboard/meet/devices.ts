import { h } from './dom';
import type { LocalMedia } from './local-media';
import type { Key, Translate } from './texts';

const kinds = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' } as const satisfies Record<
  MediaDeviceKind,
  Key
>;

/** Whether the page can choose where sound comes out. */
const choosesSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

/** The fields in which the person chooses microphone, camera and speaker. */
export class Devices {
  readonly element = h('div', { class: 'devices' });
  /** The chosen speaker; empty: the system's own. */
  speaker = '';
  onSpeaker: (id: string) => void = () => undefined;
  private readonly local: LocalMedia;
  private readonly t: Translate;

  constructor(local: LocalMedia, t: Translate, signal: AbortSignal) {
    this.local = local;
    this.t = t;
    navigator.mediaDevices.addEventListener('devicechange', () => void this.refresh(), { signal });
  }

  /** Lists the devices again; their names are known once the browser has been allowed to use one. */
  async refresh(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    const fields = Object.entries(kinds)
      .filter(([kind]) => kind !== 'audiooutput' || choosesSpeaker)
      .map(([kind, key]) =>
        this.field(
          key,
          all.filter((device) => device.kind === kind && device.deviceId !== ''),
        ),
      );
    if (this.element.contains(document.activeElement)) return; // the person is choosing
    this.element.replaceChildren(...fields.filter((field) => field !== undefined));
  }

  private field(key: 'microphone' | 'camera' | 'speaker', devices: MediaDeviceInfo[]): HTMLElement | undefined {
    if (devices.length === 0) return undefined;
    const select = h('select');
    const used = key === 'speaker' ? this.speaker : this.local.using(key);
    for (const [index, { deviceId, label }] of devices.entries()) {
      const name = label || this.t('unnamed', { kind: this.t(key), number: index + 1 });
      select.append(h('option', { value: deviceId, selected: deviceId === used }, name));
    }
    select.onchange = () => {
      if (key !== 'speaker') return void this.local.choose(key, select.value);
      this.speaker = select.value;
      this.onSpeaker(this.speaker);
    };
    return h('label', {}, h('span', {}, this.t(key)), select);
  }
}
