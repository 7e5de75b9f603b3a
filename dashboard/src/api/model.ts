import type { Chat, Message } from './chat-model';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Agent = Schemas['Agent'];
export type Membership = Schemas['Membership'];
export type Contact = Schemas['Contact'];
export type Queue = Schemas['Queue'];
/** A number from which the agent may call. */
export type Line = Schemas['Line'];
/** A third party in a call, or rung for it. */
export type Guest = Schemas['Guest'];
export type Recording = Schemas['Recording'];
/** A recorded message that plays into a call. */
export type Playback = Schemas['Playback'];
export type DeskSnapshot = Schemas['Desk'];
/** What a desk has to know of the centre's settings. */
export type CenterSettings = Schemas['Settings'];
export type Status = Membership['status'];

/** A message that a caller has left. */
export type Voicemail = Schemas['Voicemail'];

/** Whole objects, never differences; see shared/deskapi/realtime.go. */
export interface Patch {
  agents?: Agent[];
  contacts?: Contact[];
  chats?: Chat[];
  messages?: Message[];
  voicemails?: Voicemail[];
}

/** Somebody is writing in a chat: a colleague, or the customer when no agent is named. */
export interface Typing {
  chatId: string;
  agentId?: string;
}

/** The versions that the server holds of the agent's own records, answered to every ping. */
export interface Pong {
  agentVersion: number;
  contactId?: string;
  contactVersion?: number;
}
