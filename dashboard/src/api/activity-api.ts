import type { Client } from 'openapi-fetch';
import { settle } from './http';
import type { components, paths } from './report-schema';

type Schemas = components['schemas'];

export type ActivityOfDay = Schemas['ActivityOfDay'];
export type ActivityDay = Schemas['ActivityDay'];
export type ActivityOfWeek = Schemas['ActivityOfWeek'];
export type DayCount = Schemas['DayCount'];
export type CallCount = Schemas['CallCount'];
export type LoggedCall = Schemas['LoggedCall'];

/** Days are dates of the centre's clock. No agent: one's own calls; any other's are for supervisors. */
export interface DayQuery {
  agentId?: string;
  date: string;
  compare: string;
}

export interface WeekQuery {
  agentId?: string;
  /** The first of the seven days. */
  from: string;
}

/** The REST API of agents' calls. Every method rejects with a Problem. */
export interface ActivityApi {
  day(query: DayQuery): Promise<ActivityOfDay>;
  week(query: WeekQuery): Promise<ActivityOfWeek>;
}

export function createActivityApi(http: Client<paths>): ActivityApi {
  return {
    day: (query) => settle(http.GET('/api/activity/day', { params: { query } })),
    week: (query) => settle(http.GET('/api/activity/week', { params: { query } })),
  };
}
