import { h, icon, type Shape, setAttribute } from './dom';
import type { Source } from './protocol';
import type { Key, Translate } from './texts';

const words: Record<Source, { on: Key; off: Key; shortcut: string }> = {
  microphone: { on: 'microphoneOn', off: 'microphoneOff', shortcut: 'm' },
  camera: { on: 'cameraOn', off: 'cameraOff', shortcut: 'v' },
  screen: { on: 'screenOn', off: 'screenOff', shortcut: 's' },
};

/** A button that says what it will do, and shows what is on. */
export class Toggle {
  readonly element: HTMLButtonElement;
  readonly shortcut: string;
  private readonly label = h('span');
  private on = false;
  private readonly source: Source;
  private readonly t: Translate;

  constructor(source: Source, t: Translate, act: (on: boolean) => Promise<void>) {
    this.source = source;
    this.t = t;
    this.shortcut = words[source].shortcut;
    const shape: Shape = source;
    this.element = h(
      'button',
      { type: 'button', class: 'toggle', 'aria-keyshortcuts': this.shortcut },
      icon(shape),
      this.label,
    );
    this.element.onclick = async () => {
      this.element.setAttribute('aria-busy', 'true');
      await act(!this.on);
      this.element.removeAttribute('aria-busy');
    };
  }

  update(on: boolean): void {
    this.on = on;
    setAttribute(this.element, 'data-on', on);
    const text = this.t(on ? words[this.source].off : words[this.source].on);
    if (this.label.textContent !== text) this.label.textContent = text;
  }
}

/** Presses the buttons by their letters, wherever the focus is but in a field. */
export function pressByLetter(toggles: readonly Toggle[], signal: AbortSignal): void {
  addEventListener(
    'keydown',
    (event) => {
      const field = event.target instanceof Element && event.target.closest('input, select, textarea');
      if (field || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      toggles.find(({ shortcut }) => shortcut === event.key.toLowerCase())?.element.click();
    },
    { signal },
  );
}
