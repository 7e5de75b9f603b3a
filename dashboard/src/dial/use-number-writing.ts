import { useDeskState } from '../desk/desk-context';
import { useNumberPlan } from '../desk/phone-format';
import { asTyped } from './as-typed';

/** Gives what stands in a field after somebody has typed: numbers are written the way people do. */
export function useNumberWriting(): (before: string, typed: string, atEnd: boolean) => string {
  const { begun } = useNumberPlan();
  const country = useDeskState((state) => state.settings.country);
  return (before, typed, atEnd) => asTyped(before, typed, atEnd, (digits) => begun(digits, country));
}
