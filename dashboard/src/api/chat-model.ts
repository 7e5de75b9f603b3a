import type { components } from './schema';

type Schemas = components['schemas'];

export type Chat = Schemas['Chat'];
export type Message = Schemas['Message'];
export type MessagePage = Schemas['MessagePage'];
export type ResolvedPage = Schemas['ResolvedPage'];
export type Attachment = Schemas['Attachment'];
export type ChatEvent = Schemas['ChatEvent'];
export type Colleague = Schemas['Colleague'];
export type CannedMessage = Schemas['CannedMessage'];
export type Meeting = Schemas['Meeting'];
export type SetAside = Schemas['SetAside'];
export type FileTicket = Schemas['Upload'];
export type FileLink = Schemas['FileLink'];
export type Delivery = NonNullable<Message['delivery']>;
