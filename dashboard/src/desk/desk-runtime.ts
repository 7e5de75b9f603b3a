import type { ActivityApi } from '../api/activity-api';
import type { CardApi } from '../api/card-api';
import type { DeskApi } from '../api/client';
import { Problem } from '../api/problem';
import type { ReportsApi } from '../api/reports-api';
import { AudioSession } from '../audio/audio-session';
import { type AudioTab, joinAudioTabs } from '../audio/audio-tab';
import { captureObstacle, openMicrophone } from '../audio/microphone';
import { openPeer } from '../audio/peer';
import { Speaker } from '../audio/speaker';
import { Tones } from '../audio/tones';
import { type Cards, createCards } from '../cards/cards';
import { type ChatDesk, createChatDesk } from '../chat/chat-desk';
import { createDialledNumbers, type DialledNumbers } from '../dial/dialled';
import { Dialler } from '../dial/dialler';
import { RealtimeLink } from '../realtime/realtime-link';
import { createRecordingDrafts, type RecordingDrafts } from '../recordings/recording-drafts';
import { createRecordings, type Recordings } from '../recordings/recordings';
import { preferences } from '../settings/preferences';
import { createTeam, type Team } from '../team/team';
import { createVoicemails, type Voicemails } from '../voicemail/voicemails';
import { CallMicrophone } from './call-microphone';
import { tellCallNews } from './call-news';
import { CallTool } from './call-tool';
import { nameColleagues } from './colleague-names';
import { createDeskActions, type DeskActions } from './desk-actions';
import { isBehind } from './desk-state';
import { createDeskStore, type DeskStore } from './desk-store';
import { createDeskSync } from './desk-sync';
import { tellGivenStatus } from './given-status';
import { Keypad } from './keypad';
import { watchPage } from './page-life';
import { joined, selectCall, selectMe } from './selectors';
import { createSortedIds } from './sorted-ids';

/** Everything that runs for a signed-in person while the page is open. Made once, outside React. */
export interface Desk {
  store: DeskStore;
  actions: DeskActions;
  audio: AudioSession;
  microphone: CallMicrophone;
  keypad: Keypad;
  callTool: CallTool;
  dialler: Dialler;
  dialled: DialledNumbers;
  tones: Tones;
  chats: ChatDesk;
  recordings: Recordings;
  recordingDrafts: RecordingDrafts;
  voicemails: Voicemails;
  cards: Cards;
  cardApi: CardApi;
  team: Team;
  activity: ActivityApi;
  reports: ReportsApi;
  /** Carries the audio here instead of where it is now. */
  takeAudio: () => void;
  retry: () => void;
  /** Gives up audio and connections before the agent leaves. */
  stop: () => void;
}

/** Milliseconds out of sight after which the state is fetched at once, without waiting to learn if the connection lives. */
const LONG_HIDDEN = 30_000;

/** `owner` names the person in what is kept in this browser. */
export function openDesk(api: DeskApi, owner: string): Desk {
  const store = createDeskStore();
  const sync = createDeskSync(api, store);
  const team = createTeam(api.team, store);
  const actions = createDeskActions(api, store, () => {
    sync.now();
    team.refresh();
  });
  const speaker = new Speaker();
  const tones = new Tones();
  const audio = new AudioSession({
    openPeer,
    openMicrophone,
    obstacle: captureObstacle,
    ticket: api.mediaTicket,
    carrier: async () => (await api.desk()).agent.audioId ?? '',
    play: (incoming) => speaker.play(incoming),
  });
  const microphone = new CallMicrophone(store, audio, window.localStorage);
  window.addEventListener('storage', () => microphone.recall());
  const chats: ChatDesk = createChatDesk({
    api: api.chats,
    desk: store,
    owner,
    tell: (message) => link.send(message),
    looks: () => document.visibilityState === 'visible' && document.hasFocus(),
    onArrival: () => {
      if (audio.get().phase !== 'elsewhere') tones.playMessage(preferences.get().messageTone);
    },
  });
  const recordingDrafts = createRecordingDrafts(window);
  const voicemails = createVoicemails(api.voicemails, api.calls.dial, idsOf(store, 'ct'));
  const cards: Cards = createCards(api.cards.cards, (message) => link.send(message));
  const syncDesk = () => {
    sync.now();
    chats.sync.now();
    team.refresh();
    void voicemails.load();
  };
  const syncAll = () => {
    syncDesk();
    cards.refresh();
  };
  const link = openLink(api, store, chats, cards, syncDesk, voicemails.patch);
  syncDesk(); // what there is to see must not wait for the realtime connection; once that is up, a second snapshot closes the gap
  const tab: AudioTab = joinAudioTabs((held) => audio.hold(held));

  store.subscribe(() => followDesk(store, audio));
  tellCallNews(store);
  tellGivenStatus(store);
  nameColleagues(
    store,
    (id) => id in chats.store.get().colleagues,
    () => void chats.actions.loadColleagues(),
  );
  const dialled = createDialledNumbers(owner);
  followPreferences(audio, speaker, tones);
  watchPage({
    onOnline: () => {
      link.wake();
      audio.reopen();
      chats.outbox.wake();
    },
    onVisible: (hiddenFor) => {
      link.wake();
      if (hiddenFor > LONG_HIDDEN) syncAll();
    },
    onOffline: () => link.sleep(),
    onLeave: () => audio.stop(),
    onReturn: () => window.location.reload(),
    onDevices: () => audio.devicesChanged(),
    onGesture: () => {
      audio.unsilence();
      tones.wake();
    },
  });

  return {
    store,
    actions,
    audio,
    microphone,
    keypad: new Keypad(api.sendDigits, idsOf(store, 'pl')),
    callTool: new CallTool(),
    dialler: openDialler(api, store, actions, dialled, sync.now),
    dialled,
    tones,
    chats,
    recordings: createRecordings(api.recordings),
    recordingDrafts,
    voicemails,
    cards,
    cardApi: api.cards,
    team,
    activity: api.activity,
    reports: api.reports,
    takeAudio: () => {
      tab.take();
      audio.restart();
    },
    retry: () => {
      syncAll();
      link.wake();
    },
    stop: () => {
      link.stop();
      sync.stop();
      chats.stop();
      cards.stop();
      team.stop();
      recordingDrafts.clear();
      audio.stop();
      tab.close();
    },
  };
}

const idsOf = (store: DeskStore, prefix: 'pl' | 'ct') =>
  createSortedIds(prefix, () => Date.now() + store.get().clockOffset);

function openDialler(
  api: DeskApi,
  store: DeskStore,
  actions: DeskActions,
  dialled: DialledNumbers,
  sync: () => void,
): Dialler {
  return new Dialler({
    dial: api.calls.dial,
    newId: idsOf(store, 'ct'),
    dialled,
    onCalled: (contact) => {
      store.dispatch({ type: 'patch', patch: { contacts: [contact] } });
      sync(); // the agent's own record names the call
    },
    onFailed: (message, seen) => {
      if (!seen) actions.tell({ id: 'dial', message });
      sync();
    },
  });
}

function openLink(
  api: DeskApi,
  store: DeskStore,
  chats: ChatDesk,
  cards: Cards,
  sync: () => void,
  onVoicemails: Voicemails['patch'],
): RealtimeLink {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  return new RealtimeLink({
    ticket: api.realtimeTicket,
    openSocket: (ticket) =>
      new WebSocket(`${scheme}://${window.location.host}/realtime?ticket=${encodeURIComponent(ticket)}`),
    onUp: (settled) => {
      store.dispatch({ type: 'link', link: 'up' });
      if (!settled) cards.connected(); // they see to their second snapshot themselves
      sync();
      chats.outbox.wake();
    },
    onLost: () => store.dispatch({ type: 'link', link: 'lost' }),
    onPatch: (patch) => {
      store.dispatch({ type: 'patch', patch });
      chats.store.dispatch({ type: 'patch', ...patch });
      onVoicemails(patch.voicemails);
    },
    onTyping: chats.heardTyping,
    onCards: cards.receive,
    onPong: (pong) => {
      if (!isBehind(store.get(), pong)) return;
      sync();
      cards.refresh();
    },
    onRefused: (error) => {
      if (store.get().phase === 'not-agent') return false;
      return !(error instanceof Problem && (error.status === 401 || error.status === 403));
    },
  });
}

/** Audio is wanted from log-in to log-out, and as long as a call is on. */
function followDesk(store: DeskStore, audio: AudioSession): void {
  const state = store.get();
  const me = selectMe(state);
  if (!me) return;
  audio.want(joined(me).length > 0 || selectCall(state).stage === 'live');
  audio.observe(me.audioId ?? '');
}

function followPreferences(audio: AudioSession, speaker: Speaker, tones: Tones): void {
  let microphone: string | undefined;
  const apply = () => {
    const chosen = preferences.get();
    void speaker.use(chosen.speaker);
    tones.use(chosen.ringer, chosen.ringVolume / 100, chosen.messageVolume / 100);
    if (chosen.microphone !== microphone) void audio.chooseMicrophone(chosen.microphone);
    microphone = chosen.microphone;
  };
  apply();
  preferences.subscribe(apply);
}
