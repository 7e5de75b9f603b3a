import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { preferences } from './preferences';

const system = window.matchMedia('(prefers-color-scheme: dark)');

function apply(): void {
  const { appearance } = preferences.get();
  const dark = appearance === 'dark' || (appearance === 'system' && system.matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
}

/** Keeps the page light or dark as the person or the system wants it. */
export function followAppearance(): void {
  apply();
  preferences.subscribe(apply);
  system.addEventListener('change', apply);
}
