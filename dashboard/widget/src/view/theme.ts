import base from './base.css?inline';
import call from './call.css?inline';
import messages from './messages.css?inline';
import panel from './panel.css?inline';

const OWN = '#3d4a8f';

/** The styles of one widget. They are made by script: no policy of the host page has to allow inline styles. */
export function styleSheets(colour: string | undefined): CSSStyleSheet[] {
  const accent = /^#[0-9a-f]{6}$/i.test(colour ?? '') ? (colour as string) : OWN;
  return [sheet(base + panel + messages + call), sheet(`:host{--accent:${accent};--on-accent:${textOn(accent)}}`)];
}

function sheet(rules: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(rules);
  return made;
}

/** Black or white, whichever has the better contrast: of any colour that is at least 4.5 to 1. */
export function textOn(colour: string): '#000' | '#fff' {
  const light = luminance(colour);
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? '#000' : '#fff';
}

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
