import createClient from 'openapi-fetch';
import type { Agent, Contact, DeskSnapshot, Patch, Status } from './model';
import { problemFrom, unreachable } from './problem';
import type { paths } from './schema';

/** Gives the access token to send; `renewed` asks for another one because the last was refused. */
export type TokenSource = (renewed: boolean) => Promise<string>;

export interface StatusChange {
  status: Status;
  reason?: string;
  /** Absent: every joined queue. */
  queues?: string[];
}

/** The REST API in the desk's own words. Every method rejects with a Problem. */
export interface DeskApi {
  desk(): Promise<DeskSnapshot>;
  team(): Promise<Patch>;
  setStatus(change: StatusChange): Promise<Agent>;
  accept(contactId: string, offerId: string): Promise<Contact>;
  decline(contactId: string, offerId: string): Promise<void>;
  end(contactId: string): Promise<Contact>;
  endWrapUp(contactId: string): Promise<Agent>;
  endWrapUpOf(agentId: string, contactId: string): Promise<Agent>;
  realtimeTicket(): Promise<string>;
  mediaTicket(): Promise<string>;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

async function settle<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok) throw problemFrom(response.status, error);
  return data as T;
}

/** Sends with the token, and once more with a renewed one when the first was refused. */
function authorized(token: TokenSource, fetcher: typeof fetch) {
  const send = async (request: Request, renewed: boolean) => {
    const copy = request.clone();
    copy.headers.set('Authorization', `Bearer ${await token(renewed)}`);
    return fetcher(copy).catch((cause: unknown) => {
      throw unreachable(cause);
    });
  };
  return async (request: Request) => {
    const response = await send(request, false);
    return response.status === 401 ? send(request, true) : response;
  };
}

export function createDeskApi(token: TokenSource, baseUrl: string, fetcher: typeof fetch = fetch): DeskApi {
  const http = createClient<paths>({ baseUrl, fetch: authorized(token, fetcher) });
  const contact = (contactId: string) => ({ params: { path: { contactId } } });
  return {
    desk: () => settle(http.GET('/api/desk')),
    team: () => settle(http.GET('/api/agents')),
    setStatus: (body) => settle(http.PUT('/api/desk/status', { body })),
    accept: (id, offerId) =>
      settle(http.POST('/api/contacts/{contactId}/accept', { ...contact(id), body: { offerId } })),
    decline: async (id, offerId) => {
      await settle(http.POST('/api/contacts/{contactId}/decline', { ...contact(id), body: { offerId } }));
    },
    end: (id) => settle(http.POST('/api/contacts/{contactId}/end', contact(id))),
    endWrapUp: (contactId) => settle(http.POST('/api/desk/wrap-up/end', { body: { contactId } })),
    endWrapUpOf: (agentId, contactId) =>
      settle(http.POST('/api/agents/{agentId}/wrap-up/end', { params: { path: { agentId } }, body: { contactId } })),
    realtimeTicket: async () => (await settle(http.POST('/api/realtime-tickets'))).ticket,
    mediaTicket: async () => (await settle(http.POST('/api/media-tickets'))).ticket,
  };
}
