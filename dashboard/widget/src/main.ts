import { Problem } from './api';
import { chooseLanguage, Speaker } from './texts';
import { Widget } from './widget';

declare global {
  interface Window {
    Guichet?: { open: () => void; close: () => void };
  }
}

/** How long to wait until the centre is asked again how the widget looks, in milliseconds. */
const AGAIN = 30_000;

/** Starts the widget that the script's tag asks for; a page has one, however often the script is in it. */
function begin(script: HTMLScriptElement): void {
  const { key, language } = script.dataset;
  if (!key || window.Guichet) return;
  const speaker = new Speaker(chooseLanguage([language, document.documentElement.lang, ...navigator.languages]));
  const widget = new Widget(new URL(script.src).origin, key, speaker);
  window.Guichet = { open: () => widget.open(), close: () => widget.close() };
  const start = () => {
    widget.start().catch((problem: unknown) => {
      if (problem instanceof Problem && problem.passing) setTimeout(start, AGAIN);
      else reportError(problem); // no such widget, or not on this site: the site's own developers should see it
    });
  };
  if (document.body) start();
  else addEventListener('DOMContentLoaded', start, { once: true });
}

// A script that is being run is an element of the page, also when it is loaded asynchronously.
if (document.currentScript instanceof HTMLScriptElement) begin(document.currentScript);
