import type { Playing, RecordingChange } from '../../src/api/recording-api';
import type { ApiCall } from './chat-routes';
import type { RecordingWorld } from './recording-world';
import { iso, Refusal, type World } from './world';

/** Answers the API of recorded messages; undefined when the path is another's. */
export function answerRecordings(world: World, recordings: RecordingWorld, call: ApiCall): unknown {
  const { method, path, body, person } = call;
  const playback = /^\/api\/contacts\/([^/]+)\/playback(?:\/([^/]+))?$/.exec(path);
  if (playback) {
    const [, contactId = '', playbackId = ''] = playback;
    if (method === 'DELETE') return world.stopPlaying(contactId, playbackId);
    return play(world, recordings, person, contactId, body as unknown as Playing);
  }
  const [, id = '', sound] = /^\/api\/recordings\/([^/]+)(\/sound)?$/.exec(path) ?? [];
  if (sound) return { url: `/files/${recordings.one(person, id).fileId}`, expiresAt: iso(300_000) };
  switch (`${method} ${path}`) {
    case 'GET /api/recordings':
      return { recordings: recordings.of(person) };
    case 'POST /api/recordings':
      return recordings.create(person, body as unknown as RecordingChange);
    case `PUT /api/recordings/${id}`:
      return recordings.update(person, id, body as unknown as RecordingChange);
    case `DELETE /api/recordings/${id}`:
      recordings.remove(person, id);
      return null;
  }
  return undefined;
}

function play(world: World, recordings: RecordingWorld, person: string, contactId: string, asked: Playing): unknown {
  if (!/^pl_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(asked.id)) throw new Refusal(422, 'invalid');
  const recording = recordings.one(person, asked.recordingId);
  if (recording.archived) throw new Refusal(409, 'recording-archived');
  return world.play(contactId, {
    id: asked.id,
    recordingId: recording.id,
    name: recording.name,
    at: iso(),
    until: iso(recording.seconds * 1000),
    thenEnd: asked.thenEnd ?? false,
  });
}
