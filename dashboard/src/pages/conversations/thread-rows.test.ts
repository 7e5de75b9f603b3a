import { expect, it } from 'vitest';
import { sampleMessage } from '../../../test/samples';
import { threadRows } from './thread-rows';

const at = (time: string, id: string, change = {}) => sampleMessage({ id, at: `${time}:00.000`, ...change });

it('separates days and joins what one author says in one go', () => {
  const rows = threadRows([
    at('2026-11-21T23:58', 'a'),
    at('2026-11-22T00:01', 'b'),
    at('2026-11-22T00:03', 'c'),
    at('2026-11-22T00:09', 'd'),
    at('2026-11-22T00:10', 'e', { from: 'agent', agentId: 'agent-1' }),
    at('2026-11-22T00:10', 'f', { from: 'agent', agentId: 'agent-1', kind: 'note' }),
    at('2026-11-22T00:11', 'g', { from: 'agent', agentId: 'agent-2', kind: 'note' }),
    at('2026-11-22T00:12', 'h', { from: 'system', kind: 'event' }),
  ]);
  const shape = rows.map(({ message, newDay, joins }) => `${newDay ? '|' : ''}${message.id}${joins ? '+' : ''}`);
  expect(shape).toEqual(['|a', '|b', 'c+', 'd', 'e', 'f', 'g', 'h']);
});
