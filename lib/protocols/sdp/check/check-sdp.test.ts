import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkSdp, findLineType, parseSdp, PROBLEM_REFS, writeSdp } from '..';
import { FINGERPRINT, OFFER } from '../offers.fixture';

const problemsOf = (text: string, profile: 'sdp' | 'webrtc' = 'sdp') => checkSdp(parseSdp(text), { profile });
const codesOf = (text: string, profile?: 'sdp' | 'webrtc') =>
  problemsOf(text, profile).map(({ code }) => code);

test('nothing is wrong with the offer, as SDP and for WebRTC', () => {
  expect(problemsOf(OFFER)).toEqual([]);
  expect(problemsOf(OFFER, 'webrtc')).toEqual([]);
});

/** What is broken in the offer, and what is then said. Each row names one thing. */
test.each<[cause: string, find: string, put: string, codes: (keyof typeof PROBLEM_REFS)[]]>([
  ['LF alone', 's=-\r\n', 's=-\n', ['SDP_LINE_END']],
  ['a letter that nobody knows', 't=0 0\r\n', 't=0 0\r\nf=1\r\n', ['SDP_LETTER_UNKNOWN']],
  ['c= behind t=', 't=0 0\r\n', 't=0 0\r\nc=IN IP4 0.0.0.0\r\n', ['SDP_LINE_ORDER']],
  ['no t=', 't=0 0\r\n', '', ['SDP_LINE_MISSING']],
  ['two s=', 's=-\r\n', 's=-\r\ns=-\r\n', ['SDP_LINE_REPEATED']],
  ['t= in a section', 'a=bundle-only\r\n', 't=0 0\r\na=bundle-only\r\n', ['SDP_LINE_MISPLACED']],
  ['an o= of four words', 'IN IP4 0.0.0.0\r\ns', 'IP4 0.0.0.0\r\ns', ['SDP_VALUE_MALFORMED']],
  ['an rtpmap without a rate', 'opus/48000/2', 'opus', ['SDP_PAYLOAD_UNMAPPED', 'SDP_VALUE_MALFORMED']],
  ['a flag with a value', 'a=rtcp-rsize', 'a=rtcp-rsize:1', ['SDP_VALUE_MALFORMED']],
  ['version 1', 'v=0', 'v=1', ['SDP_VERSION_UNKNOWN']],
  ['no c= anywhere', 'c=IN IP4 0.0.0.0\r\na=mid', 'a=mid', ['SDP_CONNECTION_MISSING']],
  ['an attribute of one’s own', 'a=rtcp-rsize', 'a=x-mine:1', ['SDP_ATTRIBUTE_UNKNOWN']],
  ['a session attribute in a section', 'a=rtcp-rsize', 'a=ice-lite', ['SDP_ATTRIBUTE_LEVEL']],
  [
    'a media attribute in the session',
    's=-\r\nt=0 0\r\n',
    's=-\r\nt=0 0\r\na=tls-id:1/2+3-4_5\r\n',
    ['SDP_ATTRIBUTE_LEVEL'],
  ],
  ['two directions', 'a=sendrecv', 'a=sendrecv\r\na=inactive', ['SDP_ATTRIBUTE_REPEATED']],
  ['a port above 65535', 'audio 9', 'audio 65536', ['SDP_PORT_RANGE']],
  ['two spaces between formats', '96 0 97', '96  0 97', ['SDP_FORMATS_MISSING']],
  ['a payload number without a codec', '96 0 97', '96 0 97 98', ['SDP_PAYLOAD_UNMAPPED']],
  ['a codec without a place in m=', '96 0 97', '96 0', ['SDP_PAYLOAD_NOT_LISTED']],
  ['one mid twice', 'a=mid:v1', 'a=mid:a1', ['SDP_GROUP_MID_UNKNOWN', 'SDP_MID_REPEATED']],
  ['bundle-only with a port', 'video 0', 'video 9', ['SDP_BUNDLE_ONLY_PORT']],
  ['bundle-only outside the bundle', 'BUNDLE a1 v1 d1', 'BUNDLE a1 v1', ['SDP_BUNDLE_ONLY_UNGROUPED']],
  ['half of the ICE credentials', 'a=ice-ufrag:ETEn\r\n', '', ['SDP_ICE_HALF']],
  ['a ufrag of three', 'ETEn', 'ETE', ['SDP_ICE_UFRAG_LENGTH']],
  ['a pwd of 21', 'OtSK0WpNtpUjkY4+86js7ZQl', 'OtSK0WpNtpUjkY4+86js7', ['SDP_ICE_PWD_LENGTH']],
  [
    'a broken candidate',
    'a=sendrecv',
    'a=candidate:1 1 udp x a 9 typ host\r\na=sendrecv',
    ['SDP_CANDIDATE_MALFORMED'],
  ],
  ['a fingerprint of another hash', 'sha-256 ', 'sha-384 ', ['SDP_FINGERPRINT_LENGTH']],
  ['SHA-1', `sha-256 ${FINGERPRINT}`, `sha-1 ${FINGERPRINT.slice(0, 59)}`, ['SDP_FINGERPRINT_WEAK']],
  ['a role that is none', 'setup:actpass', 'setup:both', ['SDP_SETUP_UNKNOWN']],
  ['one rid twice', 'a=rid:l send', 'a=rid:h send\r\na=rid:l send', ['SDP_RID_REPEATED']],
  ['a simulcast of unknown rids', 'send h;~l', 'send h;~x', ['SDP_SIMULCAST_RID_UNKNOWN']],
  ['the draft’s simulcast', 'send h;~l', ' send rid=h', ['SDP_VALUE_MALFORMED']],
  ['a simulcast in three ways', 'send h;~l', 'send h send l', ['SDP_VALUE_MALFORMED']],
  ['a group of unknown sources', 'a=rid:h', 'a=ssrc-group:FID 1 2\r\na=rid:h', ['SDP_SSRC_GROUP_UNKNOWN']],
  ['one extension number twice', 'extmap:2/sendonly', 'extmap:1/sendonly', ['SDP_EXTMAP_REPEATED']],
])('%s is named', (_cause, find, put, codes) => {
  expect(OFFER).toContain(find);
  expect(codesOf(OFFER.replace(find, put))).toEqual(codes);
});

test.each<[cause: string, find: string | RegExp, put: string, code: keyof typeof PROBLEM_REFS]>([
  ['no fingerprint', /a=fingerprint.*\r\n/, '', 'SDP_FINGERPRINT_MISSING'],
  ['no ICE', /a=ice-(ufrag|pwd).*\r\n/g, '', 'SDP_ICE_MISSING'],
  ['no role', /a=setup.*\r\n/, '', 'SDP_SETUP_MISSING'],
  ['no rtcp-mux', 'a=rtcp-mux\r\n', '', 'SDP_RTCP_MUX_MISSING'],
  ['a proto without TLS', 'audio 9 UDP/TLS/RTP/SAVPF', 'audio 9 RTP/SAVPF', 'SDP_PROTO_OLD'],
  ['a proto without protection', 'audio 9 UDP/TLS/RTP/SAVPF', 'audio 9 RTP/AVP', 'SDP_PROTO_UNPROTECTED'],
  ['an SDES key', 'a=rtcp-rsize', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA', 'SDP_KEY_IN_CLEAR'],
])('for WebRTC alone, %s is wrong', (_cause, find, put, code) => {
  const text = OFFER.replace(find, put);
  expect(codesOf(text)).toEqual([]);
  expect(codesOf(text, 'webrtc')).toEqual([code]);
});

test('a section of its own needs its own mid, transport and port; data channels need theirs', () => {
  const data = OFFER.slice(OFFER.indexOf('m=application'))
    .replace('a=bundle-only\r\n', '')
    .replace('application 0', 'application 9');
  const alone = `${OFFER.slice(0, OFFER.indexOf('a=group'))}${data}`;
  expect(codesOf(alone, 'webrtc')).toEqual([
    'SDP_ICE_MISSING',
    'SDP_FINGERPRINT_MISSING',
    'SDP_SETUP_MISSING',
  ]);
  expect(codesOf(alone.replace('a=mid:d1\r\n', ''), 'webrtc')).toContain('SDP_MID_MISSING');
  expect(codesOf(alone.replace('a=sctp-port:5000\r\n', ''))).toEqual(['SDP_SCTP_PORT_MISSING']);
  expect(codesOf(alone.replace('UDP/DTLS/SCTP webrtc-datachannel', 'DTLS/SCTP 5000'))).toEqual([
    'SDP_DATA_CHANNEL_OLD',
  ]);
});

test('a problem has its line, the octet where that begins, its section, and the section of a standard', () => {
  const text = OFFER.replace('s=-', 's=né').replace('a=rid:h send', 'a=rid:h');
  const [problem, other] = problemsOf(text);
  const before = text.slice(0, text.indexOf('a=rid:h'));
  expect(problem).toEqual({
    code: 'SDP_VALUE_MALFORMED',
    severity: 'error',
    section: 1,
    line: before.split('\r\n').length,
    offset: new TextEncoder().encode(before).length,
    seen: '"a=rid:h"',
    expected: 'a=rid:<rid> <direction>[ <restrictions>]',
    ref: 'RFC 8866 §9',
  });
  expect(other?.code).toBe('SDP_SIMULCAST_RID_UNKNOWN');
});

test('every rule names a section', () => {
  for (const ref of Object.values(PROBLEM_REFS)) expect(ref).toMatch(/^RFC \d{4} §\d/);
});

test('RFC 8866 §5: fifteen letters, of which v, o, s and t must stand', () => {
  const letters = 'v o s i u e p c b t r z k a m'.split(' ');
  expect(letters.filter((letter) => !findLineType(letter))).toEqual([]);
  expect(
    letters
      .filter((letter) => findLineType(letter)?.session === '1' || findLineType(letter)?.session === '+')
      .join(''),
  ).toBe('vost');
  expect(findLineType('f')).toBe(undefined);
});

const published = new URL('../../../../../shared/vectors/sdp/files/', import.meta.url);

test.skipIf(!existsSync(published))(
  'nothing that a newer RFC prints is an error, but for slips that are known',
  () => {
    for (const name of [
      'rfc8829-01',
      'rfc8829-03',
      'rfc8829-07',
      'rfc8829-09',
      'rfc8839-01',
      'rfc8853-01',
      'rfc8866-03',
    ]) {
      const text = readFileSync(new URL(`${name}.sdp`, published), 'utf8');
      expect(writeSdp(parseSdp(text))).toBe(text);
      expect(
        problemsOf(text).filter(({ severity }) => severity === 'error'),
        name,
      ).toEqual([]);
    }
  },
);
