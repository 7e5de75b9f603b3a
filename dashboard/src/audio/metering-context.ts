let context: AudioContext | undefined;

/** One context measures every stream; it is made when the first meter shows, and woken if the browser paused it. */
export function meteringContext(): AudioContext {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  return context;
}
