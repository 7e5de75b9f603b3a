/** The messages between the page and the media node, as docs/media-node.md describes them. */

export const sources = ['microphone', 'camera', 'screen'] as const;

/** One of the three things that a person sends. */
export type Source = (typeof sources)[number];

/** What a person has switched on. */
export type Media = Record<Source, boolean>;

export interface Person {
  id: string;
  name: string;
  role: 'host' | 'guest';
  media: Media;
}

/** What a section of an offer carries. Without a person it is ours to send in. */
export interface Section {
  mid: string;
  source: Source;
  person?: string;
}

export interface Offer {
  type: 'offer';
  sdp: string;
  sections: Section[];
}

export type FromNode =
  | { type: 'welcome'; id: string; people?: Person[] }
  | { type: 'joined' | 'changed'; person: Person }
  | { type: 'left'; id: string }
  | Offer;

export type ToNode =
  | { type: 'join'; ticket: string; name: string; session: string; media: Media }
  | { type: 'answer'; sdp: string }
  | { type: 'state'; media: Media };

/** Why the node lets the page in no more. Every other end of the connection is one to come back from. */
export type Refusal = 'invalid' | 'expired' | 'full' | 'over';

const refusals: Record<number, Refusal> = { 4401: 'invalid', 4408: 'expired', 4409: 'full', 4410: 'over' };

export function refusalOf(code: number): Refusal | undefined {
  return refusals[code];
}
