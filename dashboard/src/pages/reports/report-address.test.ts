import { describe, expect, it } from 'vitest';
import { addressOf, changed, type ReportAddress, searchOf } from './report-address';

const of = (search: string) => addressOf(new URLSearchParams(search));
const usual: ReportAddress = { period: 'last7', by: 'day', group: 'queue', ids: [], view: 'table', figure: 'queued' };

describe('the address of a report', () => {
  it.each<[string, ReportAddress]>([
    ['period=last7&by=day&group=queue', usual],
    ['period=lastMonth&by=hour&group=queue', { ...usual, period: 'lastMonth', by: 'hour' }],
    [
      'from=2026-11-01&to=2026-11-24&by=period&group=agent&id=a%26b&id=c&view=chart&figure=talkSeconds',
      {
        period: { from: '2026-11-01', to: '2026-11-24' },
        by: 'period',
        group: 'agent',
        ids: ['a&b', 'c'],
        view: 'chart',
        figure: 'talkSeconds',
      },
    ],
  ])('“%s” says which it is, and the other way round', (search, address) => {
    expect(of(search)).toEqual(address);
    expect(searchOf(address).toString()).toBe(search);
  });

  it('that makes no sense is that of the usual report', () => {
    expect(of('')).toEqual(usual);
    expect(of('from=2026-11-01&period=century&by=minute&group=planet&figure=luck&view=smell&id=')).toEqual(usual);
    expect(of('group=agent&figure=queued').figure, 'agents have no such figure').toBe('calls');
  });

  it('keeps what still makes sense when the report is of something else', () => {
    const hourly: ReportAddress = { ...usual, by: 'hour', ids: ['q-support'], figure: 'handled' };
    expect(changed(hourly, { view: 'chart' })).toEqual({ ...hourly, view: 'chart' });
    expect(changed(hourly, { group: 'agent' })).toEqual({ ...hourly, group: 'agent', by: 'day', ids: [] });
    expect(changed({ ...hourly, figure: 'abandonPercent' }, { group: 'campaign' }).figure).toBe('taken');
  });
});
