import { Api, type Message } from './api';
import { Call } from './call/call';
import { openLine } from './call/line';
import { obstacle, openMicrophone } from './call/microphone';
import { RingTone } from './call/ring';
import { Chat } from './chat';
import { Memory } from './memory';
import { chime } from './sound';
import type { Speaker } from './texts';
import { CallCard } from './view/call-card';
import { el, setText } from './view/dom';
import { Launcher } from './view/launcher';
import { Panel } from './view/panel';
import { styleSheets } from './view/theme';

/** One widget on one page: the chat, and how it looks, in a tree that the page's styles don't reach. */
export class Widget {
  private readonly host = document.createElement('guichet-webchat');
  private readonly root = this.host.attachShadow({ mode: 'open' });
  private readonly frame = el('div', { attrs: { hidden: '' } });
  private readonly announcer = el('p', { class: 'hidden-text', attrs: { role: 'status' } });
  /** Not in the card: a player that is moved in the page falls silent. */
  private readonly player = el('audio');
  private readonly memory: Memory;
  private readonly call: Call;
  private readonly chat: Chat;
  private readonly launcher: Launcher;
  private readonly panel: Panel;
  private readonly card: CallCard;

  constructor(
    origin: string,
    key: string,
    private readonly speaker: Speaker,
  ) {
    this.memory = new Memory(key);
    const api = new Api(origin, key);
    this.call = this.newCall(api, origin);
    this.chat = new Chat(api, this.memory, speaker.language, this.call, {
      onChange: () => this.update(),
      onArrival: (message) => this.arrive(message),
    });
    this.launcher = new Launcher(speaker, () => (this.chat.shown ? this.close() : this.open()));
    this.panel = new Panel(this.chat, this.memory, speaker, () => this.close());
    this.card = new CallCard(this.call, speaker, () => this.takeFocus());
    this.host.lang = speaker.language;
    this.frame.append(this.panel.element, this.launcher.element, this.announcer, this.player);
    this.launcher.element.before(this.card.element);
    this.root.append(this.frame);
  }

  /** Shows the launcher once it is known how it looks. A widget that does not exist, or not here, shows nothing. */
  async start(): Promise<void> {
    this.root.adoptedStyleSheets = styleSheets(undefined);
    document.body.append(this.host);
    await this.chat.start();
    this.root.adoptedStyleSheets = styleSheets(this.chat.info?.colour);
    this.frame.hidden = false;
    this.update();
  }

  open(): void {
    if (this.chat.shown || !this.chat.info) return;
    this.frame.className = 'open';
    this.chat.show(true);
    this.panel.callPlace.append(this.card.element);
    this.panel.open();
  }

  close(): void {
    if (!this.chat.shown) return;
    this.frame.className = '';
    this.chat.show(false);
    this.panel.close();
    this.launcher.element.before(this.card.element);
    this.launcher.element.focus();
  }

  private newCall(api: Api, origin: string): Call {
    const tone = new RingTone();
    const call = new Call({
      answer: async (id) => (await api.answerCall(id)).ticket,
      end: (id) => api.endCall(id),
      refresh: () => this.chat.catchUp(),
      obstacle,
      openMicrophone,
      openLine: (options) => openLine(origin, options),
      play: (track) => this.play(track),
      ring: (on) => tone.ring(on),
      onChange: () => {
        this.card.update();
        this.update();
      },
    });
    addEventListener('pagehide', () => call.leave());
    return call;
  }

  private async play(track: MediaStreamTrack | undefined): Promise<void> {
    this.player.srcObject = track ? new MediaStream([track]) : null;
    if (track) await this.player.play();
  }

  private takeFocus(): void {
    if (this.chat.shown) this.panel.focus();
    else this.launcher.element.focus();
  }

  private update(): void {
    const { info, unread, shown } = this.chat;
    if (!info) return;
    this.launcher.update(info.name, unread, shown, this.card.ringing);
    if (shown) this.panel.update();
  }

  private arrive({ agent }: Message): void {
    const looking = this.chat.shown && document.visibilityState === 'visible';
    if (this.memory.get().sound && !looking) chime();
    if (!this.chat.shown) {
      setText(this.announcer, '');
      setText(this.announcer, this.speaker.say('newMessage', { name: agent ?? this.speaker.say('agent') }));
    }
  }
}
