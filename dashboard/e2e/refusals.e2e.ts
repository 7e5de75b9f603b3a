import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { DeskPage } from './pages/desk-page';
import { type Person, sessionOf } from './stage/session';
import { openStage } from './stage/stage';

const stage = openStage();

const personOf = (desk: DeskPage, id: string): Promise<Person> => sessionOf(desk.page, id);

/** The status with which the realtime connection is refused; 101 when it is not. */
async function realtime(ticket: string): Promise<number> {
  const socket = new WebSocket(`${stage.origin.replace('http', 'ws')}/realtime?ticket=${encodeURIComponent(ticket)}`);
  const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number);
  const status = await Promise.race([refused, once(socket, 'open').then(() => 101)]);
  socket.on('error', () => {});
  socket.terminate();
  return status;
}

async function ticket(person: Person, kind: 'realtime' | 'media'): Promise<string> {
  const response = await person.request('POST', `/api/${kind}-tickets`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { ticket: string }).ticket;
}

test('unsigned and wrongly signed webhooks are refused and ring nobody', async () => {
  const agent = await stage.ready('camille');
  const form = new URLSearchParams({ CallSid: 'CA0', From: '+33639980042', To: '+33199001000', CallStatus: 'ringing' });
  for (const path of ['incoming', 'status', 'wait', 'left', 'after-stream']) {
    for (const signature of [{}, { 'X-Twilio-Signature': 'bm90IGEgc2lnbmF0dXJl' }]) {
      const response = await fetch(`${stage.origin}/twilio/voice/${path}`, {
        method: 'POST',
        headers: signature,
        body: form,
      });
      expect(response.status, path).toBe(403);
    }
  }
  const report = { id: 'evt', type: 'contact.left', at: new Date().toISOString(), nodeId: 'n', agentId: 'camille' };
  const forged = await fetch(`${stage.origin}/hooks/media`, { method: 'POST', body: JSON.stringify(report) });
  expect(forged.status).toBe(403);
  expect((await (await personOf(agent, 'camille')).desk()).contact).toBeUndefined();
});

test('a realtime ticket opens one connection, and only its own kind', async () => {
  const camille = await personOf(await stage.signIn('camille'), 'camille');
  const once = await ticket(camille, 'realtime');
  expect(await realtime(once)).toBe(101);
  expect(await realtime(once), 'a second time').toBe(401);
  expect(await realtime(await ticket(camille, 'media')), 'a ticket for something else').toBe(401);
  expect(await realtime(`${(await ticket(camille, 'realtime')).slice(0, -2)}AA`), 'a forged one').toBe(401);
  expect(await realtime('')).toBe(401);
});

/** An offer as a browser makes it. */
const offerFrom = (desk: DeskPage): Promise<string> =>
  desk.page.evaluate(async () => {
    const peer = new RTCPeerConnection();
    peer.addTransceiver('audio');
    await peer.setLocalDescription();
    while (peer.iceGatheringState !== 'complete') {
      await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
    }
    return peer.localDescription?.sdp ?? '';
  });

test('a media ticket opens one audio session, and only its own kind', async () => {
  const desk = await stage.signIn('camille');
  const camille = await personOf(desk, 'camille');
  const body = await offerFrom(desk);
  const open = async (bearer: string) => {
    const headers = { 'Content-Type': 'application/sdp', ...(bearer && { Authorization: `Bearer ${bearer}` }) };
    return (await fetch(`${stage.origin}/media/whip`, { method: 'POST', headers, body })).status;
  };
  const once = await ticket(camille, 'media');
  expect(await open(once)).toBe(201);
  expect(await open(once), 'a second time').toBe(401);
  expect(await open(await ticket(camille, 'realtime')), 'a ticket for something else').toBe(401);
  expect(await open('')).toBe(401);
});

test('another agent’s contact is not found, whatever one tries', async () => {
  const agent = await stage.ready('camille');
  const alex = await personOf(await stage.signIn('alex'), 'alex');
  const customer = await stage.customer();
  await customer.call();
  await agent.call.rings();
  const { contact } = await (await personOf(agent, 'camille')).desk();
  const offered = { offerId: contact?.offer?.id };
  for (const [action, body] of [
    ['accept', offered],
    ['decline', offered],
    ['end', undefined],
  ] as const) {
    const response = await alex.request('POST', `/api/contacts/${contact?.id}/${action}`, body);
    expect(response.status, action).toBe(404);
    const nobody = await alex.request('POST', `/api/contacts/con_unheard-of/${action}`, body);
    expect(nobody.status, action).toBe(404);
    const shape = (problem: object) =>
      JSON.stringify(problem)
        .replaceAll(contact?.id ?? '', 'ID')
        .replaceAll('con_unheard-of', 'ID');
    expect(shape(await response.json()), 'nothing tells that it exists').toBe(shape(await nobody.json()));
  }
  await agent.call.accept.click();
  await agent.call.connected();
  expect((await alex.request('POST', `/api/contacts/${contact?.id}/end`)).status).toBe(404);
  await agent.call.connected();
});

test('what only supervisors may do is refused to agents', async () => {
  const alex = await personOf(await stage.signIn('alex'), 'alex');
  expect((await alex.request('GET', '/api/agents')).status).toBe(403);
  expect((await alex.request('POST', '/api/agents/camille/wrap-up/end', { contactId: 'con_x' })).status).toBe(403);
});

test('requests that make no sense are refused with the field that is wrong', async () => {
  const alex = await personOf(await stage.signIn('alex'), 'alex');
  const invalid = await alex.request('PUT', '/api/desk/status', { status: 'asleep' });
  expect(invalid.status).toBe(422);
  expect(invalid.headers.get('Content-Type')).toContain('application/problem+json');
  expect(await invalid.json()).toMatchObject({ errors: [{ location: 'body.status' }] });
  const reason = await alex.request('PUT', '/api/desk/status', {
    status: 'paused',
    reason: 'nap',
    queues: ['que_sales'],
  });
  expect(reason.status).toBe(422);
  expect(await reason.json()).toMatchObject({ errors: [{ location: 'body.reason' }] });
  const foreign = await alex.request('PUT', '/api/desk/status', { status: 'ready', queues: ['que_nobody'] });
  expect([404, 422]).toContain(foreign.status);
  const huge = await alex.request('PUT', '/api/desk/status', { status: 'ready', reason: 'x'.repeat(100_000) });
  expect(huge.status).toBe(413);
});

test('without a token, or with a forged one, nothing is answered', async () => {
  for (const path of ['/api/desk', '/api/agents']) {
    expect((await fetch(stage.origin + path)).status).toBe(401);
    expect((await fetch(stage.origin + path, { headers: { Authorization: 'Bearer e30.e30.e30' } })).status).toBe(401);
  }
});
