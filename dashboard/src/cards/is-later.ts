import type { Card } from '../api/report-model';

/** Whether a card was read later than another one of the same queue: then it holds. */
export const isLater = (card: Card, than: Card | undefined): boolean =>
  than === undefined || Date.parse(card.at) > Date.parse(than.at);
