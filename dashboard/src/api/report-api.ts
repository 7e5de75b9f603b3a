import createClient from 'openapi-fetch';
import { authorized, settle, type TokenSource } from './http';
import type { Card, QueueDetails } from './report-model';
import type { paths } from './report-schema';

/** The REST API of figures. Every method rejects with a Problem. */
export interface ReportApi {
  cards(queueIds: readonly string[]): Promise<Card[]>;
  details(queueId: string): Promise<QueueDetails>;
}

export function createReportApi(token: TokenSource, baseUrl: string, fetcher: typeof fetch = fetch): ReportApi {
  const http = createClient<paths>({
    baseUrl,
    fetch: authorized(token, fetcher),
    querySerializer: { array: { style: 'form', explode: false } }, // lists are written as a,b,c
  });
  return {
    cards: async (queueIds) =>
      (await settle(http.GET('/api/cards', { params: { query: { queueIds: [...queueIds] } } }))).cards,
    details: (id) => settle(http.GET('/api/queues/{id}/details', { params: { path: { id } } })),
  };
}
