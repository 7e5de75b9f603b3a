import type { Chat, Colleague } from '../api/chat-model';
import type { Queue } from '../api/model';
import { folded } from '../i18n/folded';
import type { Dialled } from './dialled';

/** Where somebody was found. */
export type WhomGroup = 'agents' | 'queues' | 'lines' | 'dialled' | 'customers';

/** Somebody, or a queue, whom the agent can call or whom a call can be passed to. */
export interface WhomEntry {
  id: string;
  group: WhomGroup;
  /** Empty when only the number is known. */
  name: string;
  /** E.164 */
  number?: string;
  agentId?: string;
  queueId?: string;
  /** Of a colleague. */
  presence?: Presence;
}

export type Presence = 'free' | 'busy' | 'away';

export const presenceOf = ({ online, busy }: Pick<Colleague, 'online' | 'busy'>): Presence => {
  if (!online) return 'away';
  return busy ? 'busy' : 'free';
};

/** Who can be rung comes first. */
const order: readonly Presence[] = ['free', 'busy', 'away'];
const byPresence = (a: Colleague, b: Colleague): number =>
  order.indexOf(presenceOf(a)) - order.indexOf(presenceOf(b)) || a.name.localeCompare(b.name);

const others = (colleagues: readonly Colleague[], me: string): Colleague[] =>
  colleagues.filter(({ id }) => id !== me).sort(byPresence);

/** The colleagues themselves, but for the agent. */
export const agentEntries = (colleagues: readonly Colleague[], me: string): WhomEntry[] =>
  others(colleagues, me).map((colleague) => ({
    id: `agent ${colleague.id}`,
    group: 'agents',
    name: colleague.name,
    agentId: colleague.id,
    presence: presenceOf(colleague),
  }));

/** The colleagues' own numbers. */
export const lineEntries = (colleagues: readonly Colleague[], me: string): WhomEntry[] =>
  others(colleagues, me).flatMap((colleague) =>
    colleague.lines.map((number) => ({
      id: `line ${number}`,
      group: 'lines' as const,
      name: colleague.name,
      number,
      presence: presenceOf(colleague),
    })),
  );

/** The queues that take calls. */
export const queueEntries = (queues: readonly Queue[]): WhomEntry[] =>
  queues
    .filter(({ kind }) => kind === 'voice')
    .map(({ id, name }) => ({ id: `queue ${id}`, group: 'queues', name, queueId: id }));

export const dialledEntries = (dialled: readonly Dialled[]): WhomEntry[] =>
  dialled.map(({ number, name }) => ({ id: `dialled ${number}`, group: 'dialled', name, number }));

/** The customers of conversations, as far as a number of theirs is known; each once. */
export function customerEntries(chats: readonly Chat[]): WhomEntry[] {
  const byNumber = new Map<string, WhomEntry>();
  for (const { customer } of chats) {
    const number = customer.phone ?? customer.id;
    if (!/^\+\d{7,15}$/.test(number) || byNumber.get(number)?.name) continue;
    byNumber.set(number, { id: `customer ${number}`, group: 'customers', name: customer.name ?? '', number });
  }
  return [...byNumber.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Digits as they are found in E.164: zeros in front are a prefix, of a country's or of the world's. */
const digitsOf = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '');

/** Fewer digits than this are found in too many numbers. */
const FEWEST = 2;

/** Whether a name or a number is what the agent writes. Every word counts, in any order, accents aside. */
export function isFound({ name, number }: Pick<WhomEntry, 'name' | 'number'>, query: string): boolean {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  if (words.every((word) => folded(name).includes(word))) return true;
  const digits = digitsOf(query);
  return /^[\s\d+().*#/-]+$/.test(query) && digits.length >= FEWEST && Boolean(number?.includes(digits));
}

/** So many of a group are shown before anything is written. */
const FEW = 4;

/** The entries that fit; a few of each group while nothing is written. */
export function findWhom(entries: readonly WhomEntry[], query: string): WhomEntry[] {
  if (query.trim() !== '') return entries.filter((entry) => isFound(entry, query));
  const counts = new Map<WhomGroup, number>();
  return entries.filter(({ group }) => {
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    return group === 'agents' || group === 'queues' || count <= FEW;
  });
}
