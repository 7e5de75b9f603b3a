/**
 * Ids for requests that may be sent again: the same wish keeps its id until it is known what became of it, so that asking
 * twice is asking once.
 */
export interface RepeatIds {
  of(wish: string): string;
  /** The server has answered: the next wish is another one, even if it is the same. */
  answered(): void;
}

export function createRepeatIds(newId: () => string): RepeatIds {
  let last: { wish: string; id: string } | undefined;
  return {
    of(wish) {
      if (last?.wish !== wish) last = { wish, id: newId() };
      return last.id;
    },
    answered() {
      last = undefined;
    },
  };
}
