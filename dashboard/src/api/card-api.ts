import type { Client } from 'openapi-fetch';
import { settle } from './http';
import type { Card, QueueDetails } from './report-model';
import type { paths } from './report-schema';

/** The REST API of what goes on in queues. Every method rejects with a Problem. */
export interface CardApi {
  cards(queueIds: readonly string[]): Promise<Card[]>;
  details(queueId: string): Promise<QueueDetails>;
}

export function createCardApi(http: Client<paths>): CardApi {
  return {
    cards: async (queueIds) =>
      (await settle(http.GET('/api/cards', { params: { query: { queueIds: [...queueIds] } } }))).cards,
    details: (id) => settle(http.GET('/api/queues/{id}/details', { params: { path: { id } } })),
  };
}
