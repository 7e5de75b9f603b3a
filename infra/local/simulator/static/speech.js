// @ts-check
// Says aloud what the provider's text-to-speech would say.

let enabled = true;

/** @param {boolean} on */
export function enableSpeech(on) {
  enabled = on;
  if (!on) hush();
}

/** @param {{text?: string, language?: string}} line */
export function speak(line) {
  if (!enabled || !line.text || !("speechSynthesis" in window)) return;
  const words = new SpeechSynthesisUtterance(line.text);
  words.lang = line.language ?? "";
  speechSynthesis.speak(words);
}

export function hush() {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}
