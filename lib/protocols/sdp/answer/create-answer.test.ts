import { expect, test } from 'vitest';
import type { AnswerCapabilities } from '..';
import {
  checkSdp,
  createAnswer,
  groupsOf,
  mediaLineOf,
  parseCandidate,
  parseSdp,
  readAllMedia,
  validateOfferAnswer,
  writeSdp,
} from '..';
import { AUDIO, CAPABILITIES, OFFER, VIDEO } from '../offers.fixture';

const answerTo = (text: string, capabilities: AnswerCapabilities = CAPABILITIES) => {
  const offer = parseSdp(text);
  const answer = createAnswer(offer, capabilities);
  expect(validateOfferAnswer(offer, answer)).toEqual([]);
  expect(parseSdp(writeSdp(answer))).toEqual(answer);
  return { answer, readings: readAllMedia(answer), mediaLines: answer.media.map(mediaLineOf) };
};
const without = (text: string, line: RegExp) => text.replace(new RegExp(`^${line.source}.*\\r\\n`, 'gm'), '');

test('RFC 8829 §5.3.1: a section for each offered, in order, with what both know under the offer’s numbers', () => {
  const { answer, readings, mediaLines } = answerTo(OFFER);
  expect(mediaLines).toEqual([
    'audio 9 UDP/TLS/RTP/SAVPF 96',
    'video 9 UDP/TLS/RTP/SAVPF 100 101',
    'application 9 UDP/DTLS/SCTP webrtc-datachannel',
  ]);
  expect(readings.map(({ mid, direction }) => [mid, direction])).toEqual([
    ['a1', 'sendrecv'],
    ['v1', 'recvonly'],
    ['d1', 'sendrecv'],
  ]);
  expect(readings[0]?.fmtps).toEqual([{ format: '96', parameters: 'useinbandfec=1' }]);
  expect(readings[1]?.feedback).toEqual([
    { payloadType: '100', feedback: 'nack pli' },
    { payloadType: '100', feedback: 'ccm fir' },
    { payloadType: '101', feedback: 'ccm fir' },
  ]);
  expect(readings[2]).toMatchObject({ sctpPort: 5000, maxMessageSize: 262_144 });
  expect(checkSdp(answer, { profile: 'webrtc' })).toEqual([]);
});

test('RFC 8843 §7.3.2: in the bundle only the first section speaks of the transport', () => {
  const { answer, readings } = answerTo(OFFER);
  expect(groupsOf(answer, 'BUNDLE')).toEqual([['a1', 'v1', 'd1']]);
  expect(readings.map(({ iceUfrag, fingerprints, setup }) => [iceUfrag, fingerprints.length, setup])).toEqual(
    [
      ['TpaA', 1, 'active'],
      [undefined, 0, undefined],
      [undefined, 0, undefined],
    ],
  );
});

test('RFC 8839 §4.2.2: an offer with ICE and without DTLS is answered with ICE alone', () => {
  const plain = without(without(OFFER, /a=(fingerprint|setup|group|bundle-only)/), /m=application[^]*/);
  const { readings } = answerTo(plain.replace(/UDP\/TLS\/RTP\/SAVPF/g, 'RTP/AVP'));
  expect(readings.map(({ iceUfrag, fingerprints, setup }) => [iceUfrag, fingerprints, setup])).toContainEqual(
    ['TpaA', [], undefined],
  );
});

test('RFC 8285 §7: of extensions that share a lent number one is taken, under a real one', () => {
  const lent = [
    'a=extmap:7 urn:one',
    'a=extmap:4096 urn:a',
    'a=extmap:4096 urn:b',
    'a=extmap:4097/sendonly urn:c',
  ];
  const offer = OFFER.replace('a=sendrecv\r\n', `a=sendrecv\r\n${lent.join('\r\n')}\r\n`);
  expect(checkSdp(parseSdp(offer))).toEqual([]);
  const audio = { ...CAPABILITIES.media.audio!, headerExtensions: ['urn:one', 'urn:a', 'urn:b', 'urn:c'] };
  const { readings } = answerTo(offer, { ...CAPABILITIES, media: { ...CAPABILITIES.media, audio } });
  const taken = readings[0]?.headerExtensions.map(({ id, direction, uri }) => [id, direction, uri]) ?? [];
  expect(taken.slice(0, 1)).toEqual([[7, undefined, 'urn:one']]);
  expect(taken.slice(1).map(([, direction, uri]) => [direction, uri])).toEqual([
    [undefined, 'urn:a'],
    ['recvonly', 'urn:c'],
  ]);
  expect(taken.every(([id]) => Number(id) < 256)).toBe(true);
  expect(new Set(taken.map(([id]) => id)).size).toBe(3);
});

test('a section with nothing in common is refused with port 0, and the bundle goes on without it', () => {
  const { answer, mediaLines, readings } = answerTo(OFFER, {
    ...CAPABILITIES,
    media: { video: VIDEO, application: {} },
  });
  expect(mediaLines[0]).toBe('audio 0 UDP/TLS/RTP/SAVPF 96');
  expect(groupsOf(answer, 'BUNDLE')).toEqual([['v1', 'd1']]);
  // The video section of the offer left its transport to the bundle's first; so does the answer to it, now the first.
  expect(readings[1]).toMatchObject({ iceUfrag: 'TpaA', setup: 'active' });
});

test('RFC 8843 §6: without the bundle, sections that may only live in it die', () => {
  const { answer, mediaLines } = answerTo(OFFER, { ...CAPABILITIES, bundle: false });
  expect(groupsOf(answer, 'BUNDLE')).toEqual([]);
  expect(mediaLines.map((line) => line.split(' ')[1])).toEqual(['9', '0', '0']);
});

test('RFC 3264 §6: a section that the offer has at port 0 stays there', () => {
  expect(answerTo(without(OFFER, /a=bundle-only/)).mediaLines.map((line) => line.split(' ')[1])).toEqual([
    '9',
    '0',
    '0',
  ]);
});

test('by mid, a section is refused or treated in its own way', () => {
  const { mediaLines, readings } = answerTo(OFFER, {
    ...CAPABILITIES,
    byMid: { d1: 'reject', a1: { ...AUDIO, direction: 'recvonly' } },
  });
  expect(mediaLines[2]).toBe('application 0 UDP/DTLS/SCTP webrtc-datachannel');
  expect(readings[0]?.direction).toBe('recvonly');
});

test('an rtx without its codec is left out, H264 is one codec for each profile and packetization mode', () => {
  const h264 = (parameters: string) =>
    answerTo(OFFER, {
      ...CAPABILITIES,
      media: {
        video: {
          codecs: [
            { encodingName: 'H264', clockRate: 90_000, parameters },
            { encodingName: 'rtx', clockRate: 90_000 },
          ],
        },
      },
    }).mediaLines[1];
  // Constrained Baseline in another spelling and at another level (RFC 6184 §8.1).
  expect(h264('packetization-mode=1;profile-level-id=42c00b')).toBe('video 9 UDP/TLS/RTP/SAVPF 102 103');
  expect(h264('packetization-mode=1;profile-level-id=4d8029')).toBe('video 9 UDP/TLS/RTP/SAVPF 102 103');
  expect(h264('packetization-mode=0;profile-level-id=42e01f')).toBe('video 0 UDP/TLS/RTP/SAVPF 100');
  expect(h264('packetization-mode=1;profile-level-id=64001f')).toBe('video 0 UDP/TLS/RTP/SAVPF 100');
});

test('a codec that needs no rtpmap is known by its number (RFC 3551 §6)', () => {
  const { mediaLines } = answerTo(OFFER, {
    ...CAPABILITIES,
    media: { audio: { codecs: [{ encodingName: 'pcmu', clockRate: 8000 }] } },
  });
  expect(mediaLines[0]).toBe('audio 9 UDP/TLS/RTP/SAVPF 0');
});

test('header extensions that both know keep their number, and one-way ones turn round (RFC 8285 §8)', () => {
  const extensions = ['urn:ietf:params:rtp-hdrext:ssrc-audio-level', 'urn:x:other'];
  const { readings } = answerTo(OFFER, {
    ...CAPABILITIES,
    media: { audio: { ...AUDIO, headerExtensions: extensions } },
  });
  expect(readings[0]?.headerExtensions).toEqual([{ id: 2, direction: 'recvonly', uri: extensions[0] }]);
});

test('RFC 8853 §5.3.2: what is offered as sent is answered as received, on request', () => {
  const { readings } = answerTo(OFFER, { ...CAPABILITIES, media: { video: { ...VIDEO, simulcast: true } } });
  expect(readings[1]?.simulcast).toEqual({
    send: [],
    recv: [[{ rid: 'h', isPaused: false }], [{ rid: 'l', isPaused: true }]],
  });
  expect(readings[1]?.rids).toEqual([
    { rid: 'h', direction: 'recv' },
    { rid: 'l', direction: 'recv' },
  ]);
  // Its encodings are told apart by a header extension, so that one is taken too.
  expect(readings[1]?.headerExtensions).toEqual([
    { id: 3, uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id' },
  ]);
  expect(answerTo(OFFER).readings[1]?.simulcast).toBe(undefined);
});

test('a track is named where the answerer sends, and only there', () => {
  const track = { streamId: 's', trackId: 't', ssrc: 7, cname: 'c' };
  const { readings, answer } = answerTo(OFFER, {
    ...CAPABILITIES,
    media: { audio: { ...AUDIO, track }, video: { ...VIDEO, track } },
  });
  expect(readings.map(({ msids }) => msids.length)).toEqual([1, 0, 0]);
  expect(writeSdp(answer)).toContain('a=ssrc:7 cname:c');
});

test.each([
  ['actpass', undefined, 'active'],
  ['actpass', 'passive', 'passive'],
  ['active', 'active', 'passive'],
  ['passive', 'passive', 'active'],
] as const)('RFC 5763 §5: to %s, wishing %s, one answers %s', (offered, setup, answered) => {
  const text = OFFER.replace('a=setup:actpass', `a=setup:${offered}`);
  expect(answerTo(text, setup ? { ...CAPABILITIES, setup } : CAPABILITIES).readings[0]?.setup).toBe(answered);
});

test.each([
  ['sendrecv', 'sendrecv', 'sendrecv'],
  ['sendrecv', 'recvonly', 'recvonly'],
  ['sendonly', 'sendrecv', 'recvonly'],
  ['sendonly', 'sendonly', 'inactive'],
  ['recvonly', 'sendrecv', 'sendonly'],
  ['recvonly', 'recvonly', 'inactive'],
  ['inactive', 'sendrecv', 'inactive'],
] as const)('RFC 3264 §6.1: %s, wishing %s, is answered %s', (offered, direction, answered) => {
  const text = OFFER.replace('a=sendrecv', `a=${offered}`);
  const media = { audio: { ...AUDIO, direction } };
  expect(answerTo(text, { ...CAPABILITIES, media }).readings[0]?.direction).toBe(answered);
});

test('candidates that are known are written, and the best of them stands in m= and c= (RFC 8445 §5.1.4)', () => {
  const candidates = [
    'candidate:1 1 udp 2122260223 10.0.0.1 5000 typ host',
    'candidate:2 1 udp 1686052607 203.0.113.7 6000 typ srflx raddr 10.0.0.1 rport 5000',
    'candidate:3 1 tcp 1518280447 10.0.0.1 9 typ host tcptype active',
  ].map(parseCandidate);
  const { answer, readings, mediaLines } = answerTo(OFFER, {
    ...CAPABILITIES,
    ice: { ...CAPABILITIES.ice, candidates, isComplete: true },
  });
  expect(readings[0]?.candidates).toEqual(candidates);
  expect(readings[0]?.hasEndOfCandidates).toBe(true);
  expect(mediaLines[0]).toContain('audio 6000 ');
  expect(answer.media[0]?.lines[0]).toEqual({ type: 'c', value: 'IN IP4 203.0.113.7' });
  // A name cannot stand in c= (RFC 8839 §4.3.1).
  const hidden = [parseCandidate('candidate:1 1 udp 1 a.local 5000 typ host')];
  expect(
    answerTo(OFFER, { ...CAPABILITIES, ice: { ...CAPABILITIES.ice, candidates: hidden } }).mediaLines[0],
  ).toContain('audio 9 ');
});

test('the drafts’ DTLS/SCTP is answered in its own form', () => {
  const old =
    'm=application 9 DTLS/SCTP 5000\r\nc=IN IP4 0.0.0.0\r\na=mid:d\r\na=sctpmap:5000 webrtc-datachannel 1024\r\n';
  const { answer } = answerTo(OFFER.slice(0, OFFER.indexOf('m=video')).replace('a1 v1 d1', 'a1 d') + old);
  expect(writeSdp(answer)).toContain('m=application 9 DTLS/SCTP 5000\r\n');
  expect(writeSdp(answer)).toContain('a=sctpmap:5000 webrtc-datachannel 1024\r\n');
});

test('RFC 4317 §2.1: plain RTP is answered plainly, its unknown codecs left out', () => {
  const text =
    'v=0\r\no=alice 1 1 IN IP4 host.example\r\ns=\r\nc=IN IP4 host.example\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0 8 97\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:97 iLBC/8000\r\n';
  const { answer } = answerTo(text, {
    ...CAPABILITIES,
    media: { audio: { codecs: [{ encodingName: 'PCMU', clockRate: 8000 }] } },
  });
  expect(writeSdp(answer)).toContain(
    'm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=sendrecv\r\na=rtpmap:0 PCMU/8000\r\n',
  );
  expect(writeSdp(answer)).not.toContain('fingerprint');
});

test.each([/a=fingerprint/, /a=ice-ufrag/, /a=ice-pwd/])('an offer without %s cannot be answered', (line) => {
  expect(() => createAnswer(parseSdp(without(OFFER, line)), CAPABILITIES)).toThrow(
    expect.objectContaining({ code: 'SDP_OFFER_UNUSABLE' }),
  );
});
