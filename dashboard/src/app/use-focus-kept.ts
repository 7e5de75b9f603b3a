import { type RefObject, useLayoutEffect, useRef } from 'react';

/** When what a region shows changes under a focused button, the focus stays in the region instead of falling to the page's start. */
export function useFocusKept(region: RefObject<HTMLElement | null>, shown: string): void {
  const inside = useRef(false);
  useLayoutEffect(() => {
    const note = () => {
      inside.current = region.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [region]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when something else is shown, and only then
  useLayoutEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (inside.current && lost) region.current?.focus({ preventScroll: true });
  }, [shown]);
}
