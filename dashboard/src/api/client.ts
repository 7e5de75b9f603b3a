import createClient from 'openapi-fetch';
import { type ActivityApi, createActivityApi } from './activity-api';
import { type CallApi, createCallApi } from './call-api';
import { type CardApi, createCardApi } from './card-api';
import { type ChatApi, createChatApi } from './chat-api';
import { authorized, settle, type TokenSource } from './http';
import type { Agent, Contact, DeskSnapshot, Patch, Status } from './model';
import { createRecordingApi, type RecordingApi } from './recording-api';
import type { paths as ReportPaths } from './report-schema';
import { createReportsApi, type ReportsApi } from './reports-api';
import type { paths } from './schema';
import { createVoicemailApi, type VoicemailApi } from './voicemail-api';

export interface StatusChange {
  status: Status;
  reason?: string;
  /** Absent: every joined queue. */
  queues?: string[];
  /** When call and wrap-up are over; for every joined queue. */
  later?: boolean;
}

/** The REST API in the desk's own words. Every method rejects with a Problem. */
export interface DeskApi {
  desk(): Promise<DeskSnapshot>;
  team(): Promise<Patch>;
  setStatus(change: StatusChange): Promise<Agent>;
  accept(contactId: string, offerId: string): Promise<Contact>;
  decline(contactId: string, offerId: string): Promise<void>;
  end(contactId: string): Promise<Contact>;
  hold(contactId: string, on: boolean): Promise<Contact>;
  /** Sends digits into the call. The id is made here: sent twice, they sound once. */
  sendDigits(contactId: string, id: string, digits: string): Promise<void>;
  endWrapUp(contactId: string): Promise<Agent>;
  /** Gives an agent a status, for supervisors. */
  setStatusOf(agentId: string, change: StatusChange): Promise<Agent>;
  endWrapUpOf(agentId: string, contactId: string): Promise<Agent>;
  realtimeTicket(): Promise<string>;
  mediaTicket(): Promise<string>;
  calls: CallApi;
  chats: ChatApi;
  recordings: RecordingApi;
  voicemails: VoicemailApi;
  cards: CardApi;
  activity: ActivityApi;
  reports: ReportsApi;
}

export function createDeskApi(token: TokenSource, baseUrl: string, fetcher: typeof fetch = fetch): DeskApi {
  const http = createClient<paths>({ baseUrl, fetch: authorized(token, fetcher) });
  const figures = createClient<ReportPaths>({
    baseUrl,
    fetch: authorized(token, fetcher),
    querySerializer: { array: { style: 'form', explode: false } }, // lists are written as a,b,c
  });
  const contact = (contactId: string) => ({ params: { path: { contactId } } });
  return {
    desk: () => settle(http.GET('/api/desk')),
    team: () => settle(http.GET('/api/agents')),
    setStatus: (body) => settle(http.PUT('/api/desk/status', { body })),
    setStatusOf: (agentId, body) =>
      settle(http.PUT('/api/agents/{agentId}/status', { params: { path: { agentId } }, body })),
    accept: (id, offerId) =>
      settle(http.POST('/api/contacts/{contactId}/accept', { ...contact(id), body: { offerId } })),
    decline: async (id, offerId) => {
      await settle(http.POST('/api/contacts/{contactId}/decline', { ...contact(id), body: { offerId } }));
    },
    end: (id) => settle(http.POST('/api/contacts/{contactId}/end', contact(id))),
    hold: (id, on) => settle(http.PUT('/api/contacts/{contactId}/hold', { ...contact(id), body: { on } })),
    sendDigits: async (contactId, id, digits) => {
      await settle(http.POST('/api/contacts/{contactId}/digits', { ...contact(contactId), body: { id, digits } }));
    },
    endWrapUp: (contactId) => settle(http.POST('/api/desk/wrap-up/end', { body: { contactId } })),
    endWrapUpOf: (agentId, contactId) =>
      settle(http.POST('/api/agents/{agentId}/wrap-up/end', { params: { path: { agentId } }, body: { contactId } })),
    realtimeTicket: async () => (await settle(http.POST('/api/realtime-tickets'))).ticket,
    mediaTicket: async () => (await settle(http.POST('/api/media-tickets'))).ticket,
    calls: createCallApi(http),
    chats: createChatApi(http),
    recordings: createRecordingApi(http),
    voicemails: createVoicemailApi(http),
    cards: createCardApi(figures),
    activity: createActivityApi(figures),
    reports: createReportsApi(figures),
  };
}
