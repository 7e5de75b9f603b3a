import type { Invitation } from '../../src/api/call-api';
import type { CallWorld } from './call-world';
import type { ApiCall } from './chat-routes';
import type { World } from './world';

/** Answers the API of calls that agents make and pass on, also to those who are asked into one; undefined when the path is another's. */
export function answerCalls(world: World, calls: CallWorld, { method, path, body, person }: ApiCall): unknown {
  const text = (name: string) => String(body[name]);
  if (`${method} ${path}` === 'PUT /api/desk/line') return calls.setLine(person, text('number'));
  if (`${method} ${path}` === 'POST /api/calls') return calls.dial(person, text('id'), text('to'));
  const [, id = '', verb] = /^\/api\/contacts\/([^/]+)\/([\w-]+)$/.exec(path) ?? [];
  const isGuest = world.contacts.get(id)?.guest?.agentId === person;
  switch (`${method} ${verb}`) {
    case 'POST guest':
      return calls.invite(person, id, body as unknown as Invitation);
    case 'DELETE guest':
      return calls.guestGone(id);
    case 'POST hand-over':
      return calls.handOver(person, id);
    case 'POST queue':
      return calls.toQueue(person, id, text('queueId'));
    case 'POST accept':
      return isGuest ? calls.answer(id) : undefined;
    case 'POST decline':
    case 'POST end':
      return isGuest ? calls.guestGone(id) : undefined;
  }
  return undefined;
}
