import type { components } from './report-schema';

type Schemas = components['schemas'];

/** What is going on in one queue or campaign, and what has happened today. The figures' meanings are in docs/metrics.md. */
export type Card = Schemas['Card'];
export type VoiceCard = Schemas['VoiceCard'];
export type ChatCard = Schemas['ChatCard'];
export type CampaignCard = Schemas['CampaignCard'];
/** What a card stands for. */
export type QueueDetails = Schemas['QueueDetails'];
export type QueueAgent = Schemas['QueueAgent'];
export type QueueContact = Schemas['QueueContact'];
export type QueueHour = Schemas['QueueHour'];
export type Figures = Schemas['Figures'];
