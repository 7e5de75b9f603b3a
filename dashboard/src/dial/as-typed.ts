/** What may stand in a number as people write it. */
const WRITTEN = /^[\s\d+().*#/-]*$/;

/** Whether it can only be a number: no name. */
export const isNumber = (text: string): boolean => WRITTEN.test(text) && /\d/.test(text);

const signs = (text: string): string => text.replace(/[^\d+*#]/g, '');

/**
 * Writes a number the way people do while it is typed. Names, codes with * and #, and what is edited before its end stay as
 * they are. `write` knows how the beginning of a number is written.
 */
export function asTyped(before: string, typed: string, atEnd: boolean, write: (digits: string) => string): string {
  if (!atEnd || !isNumber(typed) || /[*#]/.test(typed)) return typed;
  let number = signs(typed);
  // What was deleted is a sign of the formatting, which would come back: a digit goes with it.
  if (typed.length < before.length && number === signs(before)) number = number.slice(0, -1);
  return write(number);
}
