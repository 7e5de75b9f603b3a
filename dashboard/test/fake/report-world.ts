import type { Figures } from '../../src/api/report-model';
import type { ReportRow } from '../../src/api/reports-api';
import { addDays, dayIn, daysOf } from '../../src/i18n/days';
import type { ApiCall } from './chat-routes';
import { Refusal, type World } from './world';

/** What happened to the calls of a queue or an agent in a day. */
const figuresOf = (queued: number): Figures => ({
  queued,
  handled: Math.ceil(queued * 0.8),
  abandoned: Math.floor(queued * 0.2),
  abandonPercent: 20,
  serviceLevelPercent: 83.333,
  averageWaitSeconds: 14.4,
  longestWaitSeconds: 95,
  talkSeconds: 3600 * queued,
  averageHandleSeconds: 151,
});

const ofAgent = (calls: number): Figures => ({
  calls,
  handled: calls,
  talkSeconds: 110 * calls,
  wrapUpSeconds: 30 * calls,
  handleSeconds: 140 * calls,
  averageHandleSeconds: 140,
  idleSeconds: 60 * calls,
  occupancyPercent: 70,
});

/** Reports of a centre where something happens every day, up to today. */
export class ReportWorld {
  zone = 'Europe/Paris';
  /** Nothing has happened yet. */
  empty = false;

  constructor(private readonly world: World) {}

  get today(): string {
    return dayIn(this.zone, Date.now());
  }

  private rows(query: URLSearchParams): ReportRow[] {
    const [from = '', to = ''] = [query.get('from') ?? '', query.get('to') ?? ''];
    const group = query.get('group') ?? 'queue';
    const by = query.get('by') ?? 'day';
    const ids = (query.get('ids') ?? '').split(',').filter(Boolean);
    const named =
      group === 'agent'
        ? [...this.world.agents.values()]
        : group === 'queue'
          ? this.world.queues
          : [{ id: group === 'channel' ? 'voice' : 'q-campaign', name: 'One' }];
    const picked = named.filter(({ id }) => ids.length === 0 || ids.includes(id));
    const [last = ''] = [to, this.today].sort();
    const days = Array.from({ length: Math.max(0, daysOf(from, last)) }, (_, i) => addDays(from, i));
    return (by === 'period' ? days.slice(0, 1) : days).flatMap((date) =>
      picked.map(({ id, name }, i) => {
        const n = 1 + ((Date.parse(date) / 86_400_000) % 7) + 10 * i;
        const at = `${date}T08:00:00Z`;
        return { id, name, date, from: at, figures: group === 'agent' ? ofAgent(n) : figuresOf(n) };
      }),
    );
  }

  /** Answers the API; undefined when the path is another's. A file is a text. */
  answer({ path, query, person }: ApiCall): unknown {
    if (path !== '/api/reports' && path !== '/api/reports.csv') return undefined;
    if (this.world.agent(person).role === 'agent') throw new Refusal(403, 'not-a-supervisor');
    const rows = this.empty ? [] : this.rows(query);
    if (path.endsWith('.csv')) return `\uFEFF${rows.map(({ date, name }) => `${date},${name}`).join('\r\n')}`;
    const sum = rows.reduce((n, { figures }) => n + (figures.queued ?? figures.calls ?? 0), 0);
    const total = query.get('group') === 'agent' ? ofAgent(sum) : figuresOf(sum);
    const { zone } = this;
    const given = Object.fromEntries(['from', 'to', 'by', 'group'].map((name) => [name, query.get(name)]));
    return { ...given, zone, rows, total: rows.length > 0 ? total : {} };
  }
}
