import type { ActivityDay, CallCount, DayCount, LoggedCall } from '../../src/api/activity-api';
import { addDays, dayIn } from '../../src/i18n/days';
import type { ApiCall } from './chat-routes';
import { Refusal, type World } from './world';

const zero = { calls: 0, talkSeconds: 0, handleSeconds: 0 };

function count(calls: readonly LoggedCall[]): CallCount {
  if (calls.length === 0) return zero;
  const talkSeconds = calls.reduce((sum, call) => sum + call.talkSeconds, 0);
  const handleSeconds = calls.reduce((sum, call) => sum + call.handleSeconds, 0);
  const n = calls.length;
  const averages = { averageTalkSeconds: talkSeconds / n, averageHandleSeconds: handleSeconds / n };
  return { calls: n, talkSeconds, handleSeconds, ...averages };
}

/** The calls that agents have had, in memory. */
export class ActivityWorld {
  zone = 'Europe/Paris';
  private readonly logged: { agentId: string; day: string; call: LoggedCall }[] = [];
  private sequence = 0;

  constructor(private readonly world: World) {}

  get today(): string {
    return dayIn(this.zone, Date.now());
  }

  /** A call of two minutes, with half a minute of wrap-up, so many days ago. */
  log(agentId: string, daysAgo = 0, change: Partial<LoggedCall> = {}): LoggedCall {
    this.sequence += 1;
    const day = addDays(this.today, -daysAgo);
    const at = (minutes: number) => new Date(Date.parse(`${day}T08:00:00Z`) + minutes * 60_000).toISOString();
    const call: LoggedCall = {
      contactId: `logged-${this.sequence}`,
      kind: 'inbound',
      queueId: 'q-support',
      number: '+33612345678',
      acceptedAt: at(5 * this.sequence),
      endedAt: at(5 * this.sequence + 2),
      outcome: 'handled',
      waitSeconds: 4,
      talkSeconds: 110,
      holdSeconds: 10,
      wrapUpSeconds: 30,
      handleSeconds: 150,
      ...change,
    };
    this.logged.push({ agentId, day, call });
    return call;
  }

  private listed(agentId: string, day: string): ActivityDay {
    const calls = this.logged.filter((one) => one.agentId === agentId && one.day === day).map(({ call }) => call);
    const of = (belongs: (call: LoggedCall) => boolean) => {
      const list = calls.filter(belongs);
      return { ...count(list), list };
    };
    return {
      date: day,
      queueTaken: of(({ queueId }) => Boolean(queueId)),
      otherTaken: of(({ kind }) => kind === 'direct'),
      otherMade: of(({ kind }) => kind === 'outbound'),
    };
  }

  private counted(days: readonly ActivityDay[], date: string): DayCount {
    const of = (type: 'queueTaken' | 'otherTaken' | 'otherMade') => count(days.flatMap((day) => day[type].list));
    return { date, queueTaken: of('queueTaken'), otherTaken: of('otherTaken'), otherMade: of('otherMade') };
  }

  /** Answers the API; undefined when the path is another's. */
  answer({ path, query, person }: ApiCall): unknown {
    if (!path.startsWith('/api/activity/')) return undefined;
    const agentId = query.get('agentId') ?? person;
    if (agentId !== person && this.world.agent(person).role === 'agent') throw new Refusal(403, 'not-a-supervisor');
    if (!this.world.agents.has(agentId)) throw new Refusal(404, 'agent-unknown');
    const { zone } = this;
    if (path.endsWith('/day')) {
      const compare = query.get('compare');
      const day = this.listed(agentId, query.get('date') ?? this.today);
      return { agentId, zone, day, ...(compare && { compare: this.listed(agentId, compare) }) };
    }
    const from = query.get('from') ?? '';
    const days = Array.from({ length: 7 }, (_, i) => this.listed(agentId, addDays(from, i)));
    return { agentId, zone, days: days.map((day) => this.counted([day], day.date)), total: this.counted(days, from) };
  }
}
