import { expect, it, vi } from 'vitest';
import { createDeskApi } from './client';
import { problemFrom } from './problem';

const origin = 'https://guichet.example';

const answer = (status: number, body: unknown, type = 'application/json') =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': type } });

function setUp(...answers: (Response | Error)[]) {
  const requests: Request[] = [];
  const fetcher = vi.fn(async (request: Request) => {
    requests.push(request);
    const next = answers.shift() ?? answer(500, {});
    if (next instanceof Error) throw next;
    return next;
  });
  const token = vi.fn(async (renewed: boolean) => (renewed ? 'second' : 'first'));
  return { api: createDeskApi(token, origin, fetcher as unknown as typeof fetch), requests, token };
}

it('sends the token and the body', async () => {
  const { api, requests } = setUp(answer(200, { id: 'call-1' }));
  await expect(api.accept('call/1', 'offer-1')).resolves.toEqual({ id: 'call-1' });
  const [request] = requests;
  expect(request?.url).toBe(`${origin}/api/contacts/call%2F1/accept`);
  expect(request?.headers.get('Authorization')).toBe('Bearer first');
  expect(await request?.json()).toEqual({ offerId: 'offer-1' });
});

it('renews a refused token once and repeats the request with its body', async () => {
  const { api, requests } = setUp(answer(401, {}), answer(200, { id: 'agent-1' }));
  await api.setStatus({ status: 'paused', reason: 'lunch' });
  expect(requests.map((request) => request.headers.get('Authorization'))).toEqual(['Bearer first', 'Bearer second']);
  expect(await requests[1]?.json()).toEqual({ status: 'paused', reason: 'lunch' });
});

it('gives up after the second refusal', async () => {
  const { api, requests } = setUp(answer(401, {}), answer(401, {}));
  await expect(api.desk()).rejects.toMatchObject({ status: 401 });
  expect(requests).toHaveLength(2);
});

it('names the case of a refusal', async () => {
  const problem = { type: '/problems/offer-gone', title: 'Conflict', status: 409, detail: 'offer o is over' };
  const { api } = setUp(answer(409, problem, 'application/problem+json'));
  await expect(api.accept('c', 'o')).rejects.toMatchObject({
    status: 409,
    slug: 'offer-gone',
    message: 'offer o is over',
  });
});

it('tells an unreachable server from a refusal', async () => {
  const { api } = setUp(new TypeError('Failed to fetch'));
  await expect(api.team()).rejects.toMatchObject({ status: 0, slug: 'unreachable' });
});

it('expects no body of a decline and unwraps tickets', async () => {
  const { api } = setUp(answer(204, undefined), answer(200, { ticket: 't-1', expiresAt: '' }));
  await expect(api.decline('c', 'o')).resolves.toBeUndefined();
  await expect(api.mediaTicket()).resolves.toBe('t-1');
});

it('asks for the cards of several queues as the API wants lists', async () => {
  const { api, requests } = setUp(answer(200, { cards: [] }));
  await expect(api.cards.cards(['que_a', 'que_b'])).resolves.toEqual([]);
  expect(requests[0]?.url).toBe(`${origin}/api/cards?queueIds=que_a,que_b`);
});

it.each([
  ['a page of a proxy', '<html>', '', 'HTTP 502'],
  ['nothing', undefined, '', 'HTTP 502'],
  ['a problem without slug', { type: 'about:blank', title: 'Bad Gateway' }, '', 'Bad Gateway'],
  ['numbers where text is due', { type: 4, detail: 5 }, '', 'HTTP 502'],
])('reads a refusal that carries %s', (_, body, slug, message) => {
  expect(problemFrom(502, body)).toMatchObject({ status: 502, slug, message });
});
