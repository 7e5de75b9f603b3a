import type { Client } from 'openapi-fetch';
import type { FileLink, FileTicket } from './chat-model';
import { settle } from './http';
import type { Contact, Recording } from './model';
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type RecordingChange = Schemas['UpdateRecordingInputBody'];
/** Its id is made here, so that asking twice plays once. */
export type Playing = Schemas['PlayInputBody'];

/** The REST API of recorded messages. Every method rejects with a Problem. */
export interface RecordingApi {
  /** One's own, archived ones too. */
  list(): Promise<Recording[]>;
  newFile(file: Schemas['FileInputBody']): Promise<FileTicket>;
  create(recording: Schemas['CreateRecordingInputBody']): Promise<Recording>;
  update(id: string, change: RecordingChange): Promise<Recording>;
  remove(id: string): Promise<void>;
  /** Where its sound is, for some minutes. */
  sound(id: string): Promise<FileLink>;
  play(contactId: string, playing: Playing): Promise<Contact>;
  stop(contactId: string, playbackId: string): Promise<Contact>;
}

export function createRecordingApi(http: Client<paths>): RecordingApi {
  const of = (id: string) => ({ params: { path: { id } } });
  return {
    list: async () => (await settle(http.GET('/api/recordings'))).recordings,
    newFile: (body) => settle(http.POST('/api/files', { body })),
    create: (body) => settle(http.POST('/api/recordings', { body })),
    update: (id, body) => settle(http.PUT('/api/recordings/{id}', { ...of(id), body })),
    remove: async (id) => {
      await settle(http.DELETE('/api/recordings/{id}', of(id)));
    },
    sound: (id) => settle(http.GET('/api/recordings/{id}/sound', of(id))),
    play: (contactId, body) =>
      settle(http.POST('/api/contacts/{contactId}/playback', { params: { path: { contactId } }, body })),
    stop: (contactId, playbackId) =>
      settle(
        http.DELETE('/api/contacts/{contactId}/playback/{playbackId}', { params: { path: { contactId, playbackId } } }),
      ),
  };
}
