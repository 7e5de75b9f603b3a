import type { Client } from 'openapi-fetch';
import { settle } from './http';
import type { components, operations, paths } from './report-schema';

type Schemas = components['schemas'];

export type Report = Schemas['Report'];
export type ReportRow = Schemas['ReportRow'];

/** What is reported; days are dates of the centre's clock, and `to` belongs to the report. */
export type ReportQuery = operations['getReport']['parameters']['query'];

/** The REST API of reports, for supervisors. Every method rejects with a Problem. */
export interface ReportsApi {
  report(query: ReportQuery): Promise<Report>;
  /** The same for spreadsheets, with headings and numbers as the language writes them. */
  file(query: ReportQuery, language: 'en' | 'fr'): Promise<Blob>;
}

export function createReportsApi(http: Client<paths>): ReportsApi {
  return {
    report: (query) => settle(http.GET('/api/reports', { params: { query } })),
    file: (query, language) =>
      settle(http.GET('/api/reports.csv', { params: { query: { ...query, language } }, parseAs: 'blob' })),
  };
}
