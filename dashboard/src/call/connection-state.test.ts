import { expect, it } from 'vitest';
import { liveContact } from '../../test/samples';
import { type AudioPhase, audioOff } from '../audio/audio-state';
import type { Link } from '../desk/desk-state';
import { connectionState } from './connection-state';

it.each<[string, 'connecting' | 'connected', AudioPhase, Link, string]>([
  ['all is well', 'connected', 'up', 'up', 'connected'],
  ['the customer joins', 'connecting', 'up', 'up', 'connecting'],
  ['both join', 'connecting', 'starting', 'up', 'connecting'],
  ['the page was refreshed', 'connected', 'starting', 'up', 'audioReconnecting'],
  ['the path broke', 'connected', 'reconnecting', 'up', 'audioReconnecting'],
  ['audio is about to open', 'connected', 'off', 'up', 'audioReconnecting'],
  ['the microphone is refused', 'connected', 'blocked', 'up', 'audioBlocked'],
  ['another tab has it', 'connected', 'elsewhere', 'up', 'audioElsewhere'],
  ['the desk is offline', 'connected', 'up', 'lost', 'offline'],
  ['everything is offline', 'connected', 'reconnecting', 'lost', 'audioReconnecting'],
])('when %s', (_, state, phase, link, message) => {
  expect(connectionState(liveContact({ state }), { ...audioOff, phase }, link).message).toBe(message);
});
