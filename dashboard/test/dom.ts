// For tests that need a document: imported by those that say `@vitest-environment jsdom`.

// jsdom has no layout, so no media query ever matches.
window.matchMedia ??= (media: string) => ({
  media,
  matches: false,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
});
