import type { Client } from 'openapi-fetch';
import type { FileLink } from './chat-model';
import { settle } from './http';
import type { Voicemail } from './model';
import type { paths } from './schema';

/** What names a message: its line and its id. */
export type VoicemailName = Pick<Voicemail, 'id' | 'lineId'>;

/** The REST API of callers' messages. Every method rejects with a Problem. */
export interface VoicemailApi {
  /** Those that the agent may hear. */
  list(): Promise<Voicemail[]>;
  mark(name: VoicemailName, state: 'new' | 'done'): Promise<Voicemail>;
  remove(name: VoicemailName): Promise<void>;
  /** Where its sound is, for some minutes. */
  sound(name: VoicemailName): Promise<FileLink>;
}

export function createVoicemailApi(http: Client<paths>): VoicemailApi {
  const of = ({ id, lineId }: VoicemailName) => ({ params: { path: { id, lineId } } });
  return {
    list: async () => (await settle(http.GET('/api/voicemails'))).voicemails,
    mark: (name, state) => settle(http.PUT('/api/voicemails/{lineId}/{id}', { ...of(name), body: { state } })),
    remove: async (name) => {
      await settle(http.DELETE('/api/voicemails/{lineId}/{id}', of(name)));
    },
    sound: (name) => settle(http.GET('/api/voicemails/{lineId}/{id}/sound', of(name))),
  };
}
