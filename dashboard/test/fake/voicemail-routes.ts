import type { ApiCall } from './chat-routes';
import type { VoicemailWorld } from './voicemail-world';
import { iso } from './world';

/** Answers the API of callers' messages; undefined when the path is another's. */
export function answerVoicemails(voicemails: VoicemailWorld, { method, path, body, person }: ApiCall): unknown {
  if (path === '/api/voicemails') return { voicemails: voicemails.of(person) };
  const [, line = '', id = '', sound] = /^\/api\/voicemails\/([^/]+)\/([^/]+)(\/sound)?$/.exec(path) ?? [];
  if (!id) return undefined;
  const lineId = decodeURIComponent(line);
  if (sound) return { url: `/files/${voicemails.one(person, lineId, id).id}`, expiresAt: iso(300_000) };
  if (method === 'PUT') return voicemails.mark(person, lineId, id, String(body['state']));
  voicemails.remove(person, lineId, id);
  return null;
}
