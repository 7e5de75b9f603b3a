import { Devices } from './devices';
import { h, setAttribute } from './dom';
import type { Link } from './link';
import type { LocalMedia, Problem } from './local-media';
import type { Key, Translate } from './texts';
import { Toggle } from './toggle';

export interface Arrival {
  name: string;
  /** Where sound comes out; empty: the system's own. */
  speaker: string;
}

const explanations: Record<'microphone' | 'camera', Record<Problem, Key>> = {
  microphone: {
    denied: 'microphoneDenied',
    missing: 'microphoneMissing',
    busy: 'microphoneBusy',
    unsupported: 'unsupported',
  },
  camera: { denied: 'cameraDenied', missing: 'cameraMissing', busy: 'cameraBusy', unsupported: 'unsupported' },
};

/** Where a person looks at themselves and says who they are before joining. */
export function openLobby(
  root: HTMLElement,
  link: Link,
  name: string,
  local: LocalMedia,
  t: Translate,
): Promise<Arrival> {
  const done = new AbortController();
  const preview = h('video', { class: 'mirrored', autoplay: true, playsinline: true, 'aria-label': t('preview') });
  preview.muted = true;
  const off = h('p', { class: 'off' }, t('cameraIsOff'));
  const problems = h('div', { class: 'problems', role: 'alert' });
  const devices = new Devices(local, t, done.signal);
  const microphone = new Toggle('microphone', t, (on) => local.setMicrophone(on));
  const camera = new Toggle('camera', t, (on) => local.setCamera(on));
  const meter = h('meter', { min: '0', max: '1', 'aria-label': t('level') });
  const form = nameForm(link, name, t);

  const update = (): void => {
    microphone.update(local.on.microphone);
    camera.update(local.on.camera);
    const track = local.tracks.camera;
    preview.srcObject = track ? new MediaStream([track]) : null;
    setAttribute(preview, 'hidden', !track);
    setAttribute(off, 'hidden', track !== undefined);
    explain(problems, local, t);
    void devices.refresh();
  };
  local.onChange = update;
  root.replaceChildren(
    h(
      'main',
      { class: 'lobby' },
      h('h1', { tabindex: '-1' }, t('join')),
      h('p', {}, t('intro')),
      h('div', { class: 'preview' }, preview, off),
      h('div', { class: 'toolbar' }, microphone.element, camera.element, meter),
      problems,
      form.element,
      devices.element,
    ),
  );
  update();
  void local.start().then(update);
  showLevel(meter, local, done.signal);
  return form.submitted.then((given) => {
    done.abort();
    return { name: given, speaker: devices.speaker };
  });
}

function nameForm(link: Link, name: string, t: Translate): { element: HTMLFormElement; submitted: Promise<string> } {
  const join = h('button', { type: 'submit', class: 'primary' }, t('joinNow'));
  const element = h('form', { novalidate: true });
  if (link.role === 'host') {
    element.append(h('p', {}, t('asHost', { name: link.name || t('agent') })), join);
    return { element, submitted: new Promise((resolve) => listen(element, () => resolve(link.name))) };
  }
  const input = h('input', {
    id: 'name',
    value: name,
    maxlength: '60',
    autocomplete: 'name',
    required: true,
    'aria-describedby': 'name-hint',
  });
  const hint = h('p', { id: 'name-hint', class: 'hint' }, t('nameHint'));
  element.append(h('label', { for: 'name' }, t('yourName')), input, hint, join);
  const submitted = new Promise<string>((resolve) => {
    listen(element, () => {
      const given = input.value.trim();
      if (given !== '') return resolve(given);
      hint.textContent = t('nameMissing');
      hint.setAttribute('role', 'alert');
      input.setAttribute('aria-invalid', 'true');
      input.focus();
    });
  });
  return { element, submitted };
}

function listen(form: HTMLFormElement, act: () => void): void {
  form.onsubmit = (event) => {
    event.preventDefault();
    act();
  };
}

function explain(place: HTMLElement, local: LocalMedia, t: Translate): void {
  const keys = (['microphone', 'camera'] as const).flatMap((device) => {
    const problem = local.problems[device];
    return problem ? [explanations[device][problem]] : [];
  });
  const shown = [...new Set(keys)].map((key) => h('p', {}, t(key)));
  if (shown.length > 0) {
    const again = h('button', { type: 'button' }, t('tryAgain'));
    again.onclick = () => void local.start();
    shown.push(h('p', {}, again));
  }
  if (place.textContent !== shown.map((p) => p.textContent).join('')) place.replaceChildren(...shown);
}

/** Shows how loud the microphone is, so that the person sees that it works. */
function showLevel(meter: HTMLMeterElement, local: LocalMedia, signal: AbortSignal): void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 512 });
  const samples = new Float32Array(analyser.fftSize);
  let heard: MediaStreamTrack | undefined;
  let source: MediaStreamAudioSourceNode | undefined;
  const timer = setInterval(() => {
    const track = local.tracks.microphone;
    if (track !== heard) {
      source?.disconnect();
      heard = track;
      source = track && context.createMediaStreamSource(new MediaStream([track]));
      source?.connect(analyser);
    }
    analyser.getFloatTimeDomainData(samples);
    const peak = source ? samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) : 0;
    meter.value = Math.min(1, peak * 2);
  }, 100);
  addEventListener('pointerdown', () => void context.resume(), { signal }); // some browsers wait for that
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    void context.close();
  });
}
