import { expect, it } from 'vitest';
import { fragmentOf, renew } from './line';

const sdp = (...lines: string[]) => lines.map((line) => `${line}\r\n`).join('');

it('says of an offer what a restart needs', () => {
  const offer = sdp(
    'v=0',
    'a=group:BUNDLE 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 0',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:efgh',
    'a=mid:0',
    'a=midi:1',
    'a=rtpmap:0 PCMU/8000',
    'a=candidate:1 1 udp 1 192.0.2.1 9000 typ host',
    'a=end-of-candidates',
  );
  expect(fragmentOf(offer)).toBe(
    sdp(
      'm=audio 9 UDP/TLS/RTP/SAVPF 0',
      'a=ice-ufrag:abcd',
      'a=ice-pwd:efgh',
      'a=mid:0',
      'a=candidate:1 1 udp 1 192.0.2.1 9000 typ host',
      'a=end-of-candidates',
    ),
  );
});

const answer = sdp(
  'v=0',
  'm=audio 3478 UDP/TLS/RTP/SAVPF 0',
  'a=mid:0',
  'a=ice-ufrag:old1',
  'a=ice-pwd:old2',
  'a=candidate:1 1 udp 1 192.0.2.1 3478 typ host',
  'a=end-of-candidates',
  'a=fingerprint:sha-256 AA',
);

it('puts the new credentials and addresses into the answer', () => {
  const fragment = 'a=ice-ufrag:new1\na=ice-pwd:new2\na=candidate:1 1 udp 1 192.0.2.2 3478 typ host\n';
  expect(renew(answer, fragment)).toBe(
    sdp(
      'v=0',
      'm=audio 3478 UDP/TLS/RTP/SAVPF 0',
      'a=mid:0',
      'a=ice-ufrag:new1',
      'a=ice-pwd:new2',
      'a=fingerprint:sha-256 AA',
      'a=candidate:1 1 udp 1 192.0.2.2 3478 typ host',
    ),
  );
});

it('keeps what the fragment does not name', () => {
  expect(renew(answer, '')).toBe(answer);
});
