import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAnswer, parseSdp, validateOfferAnswer, writeSdp } from '..';
import type { PROBLEM_REFS } from '..';
import { AUDIO, CAPABILITIES, OFFER, VIDEO } from '../offers.fixture';

const ANSWER = writeSdp(
  createAnswer(parseSdp(OFFER), {
    ...CAPABILITIES,
    media: {
      audio: { ...AUDIO, headerExtensions: ['urn:ietf:params:rtp-hdrext:sdes:mid'] },
      video: { ...VIDEO, simulcast: true },
      application: {},
    },
  }),
);
const problemsOf = (answer: string, offer = OFFER) => validateOfferAnswer(parseSdp(offer), parseSdp(answer));
const pwd = 'OtSK0WpNtpUjkY4+86js7ZQl';

test('an answer of our own is right', () => {
  expect(problemsOf(ANSWER)).toEqual([]);
});

test.each<[cause: string, find: string | RegExp, put: string, codes: (keyof typeof PROBLEM_REFS)[]]>([
  ['a section left out', /m=application[^]*/, '', ['SDP_ANSWER_SECTION_COUNT']],
  ['another timing', 't=0 0', 't=1 2', ['SDP_ANSWER_TIMING_CHANGED']],
  ['sections in another order', 'm=audio 9', 'm=video 9', ['SDP_ANSWER_MEDIA_CHANGED']],
  ['another proto', 'SAVPF 96', 'SAVP 96', ['SDP_ANSWER_PROTO_CHANGED']],
  ['no format in common', /96/g, '98', ['SDP_ANSWER_CODEC_CHANGED']],
  [
    'no codec in common',
    /SAVPF 96[^]*?opus/,
    'SAVPF 9\r\nc=IN IP4 0.0.0.0\r\na=mid:a1\r\na=setup:active\r\na=ice-ufrag:TpaA\r\na=ice-pwd:xxxxxxxxxxxxxxxxxxxxxx\r\na=fingerprint:sha-1 AA\r\na=rtpmap:98 x',
    ['SDP_ANSWER_FORMAT_NOT_OFFERED'],
  ],
  ['another codec under the number', '96 opus/48000/2', '96 iLBC/8000', ['SDP_ANSWER_CODEC_CHANGED']],
  ['feedback that was not offered', 'nack pli', 'nack sli', ['SDP_ANSWER_FEEDBACK_NOT_OFFERED']],
  ['sending to one who only sends', 'a=recvonly', 'a=sendrecv', ['SDP_ANSWER_DIRECTION']],
  [
    'another mid',
    'a=mid:v1',
    'a=mid:x',
    [
      'SDP_ANSWER_MID_CHANGED',
      'SDP_ANSWER_BUNDLE_ONLY_LEFT_OUT',
      'SDP_ANSWER_ICE_MISSING',
      'SDP_ANSWER_FINGERPRINT_MISSING',
      'SDP_ANSWER_SETUP',
    ],
  ],
  ['a refused section in the bundle', 'm=video 9', 'm=video 0', ['SDP_ANSWER_BUNDLE_REFUSED_SECTION']],
  ['actpass', 'setup:active', 'setup:actpass', ['SDP_ANSWER_SETUP']],
  ['no role', /a=setup.*\r\n/, '', ['SDP_ANSWER_SETUP']],
  ['no fingerprint', /a=fingerprint.*\r\n/, '', ['SDP_ANSWER_FINGERPRINT_MISSING']],
  ['no ICE', /a=ice-(ufrag|pwd).*\r\n/g, '', ['SDP_ANSWER_ICE_MISSING']],
  ['the offer’s own password', /a=ice-pwd.*/, `a=ice-pwd:${pwd}`, ['SDP_ANSWER_ICE_COPIED']],
  ['rtcp-mux-only', 'a=rtcp-mux', 'a=rtcp-mux-only\r\na=rtcp-mux', ['SDP_ANSWER_RTCP_MUX_ONLY']],
  ['no sctp-port', /a=sctp-port.*\r\n/, '', ['SDP_ANSWER_SCTP_PORT_MISSING']],
  ['an extension under another number', 'extmap:1', 'extmap:2', ['SDP_ANSWER_EXTMAP']],
  ['a simulcast of other names', 'recv h', 'recv x', ['SDP_ANSWER_SIMULCAST']],
])('%s is named', (_cause, find, put, codes) => {
  const broken = ANSWER.replace(find, put);
  expect(broken).not.toBe(ANSWER);
  expect([...new Set(problemsOf(broken).map(({ code }) => code))].sort()).toEqual([...codes].sort());
});

test('both active: the roles cannot meet, and the line of the answer is named', () => {
  const offer = OFFER.replace('setup:actpass', 'setup:active');
  const [problem, ...others] = problemsOf(ANSWER, offer);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: 'SDP_ANSWER_SETUP', section: 0, seen: 'active', ref: 'RFC 5763 §5' });
  expect(ANSWER.split('\r\n')[(problem?.line ?? 0) - 1]).toBe('a=setup:active');
});

test('rtcp-mux is the offer’s to ask for, and rtcp-mux-only leaves no choice', () => {
  expect(problemsOf(ANSWER, OFFER.replace('a=rtcp-mux\r\n', '')).map(({ code }) => code)).toEqual([
    'SDP_ANSWER_RTCP_MUX_NOT_OFFERED',
  ]);
  const only = OFFER.replace('a=rtcp-mux\r\n', 'a=rtcp-mux\r\na=rtcp-mux-only\r\n');
  expect(problemsOf(ANSWER.replace('a=rtcp-mux\r\n', ''), only).map(({ code }) => code)).toEqual([
    'SDP_ANSWER_RTCP_MUX_REFUSED',
  ]);
});

test('a section that the offer has ended cannot come back', () => {
  const offer = OFFER.replace('BUNDLE a1 v1', 'BUNDLE a1').replace('a=bundle-only\r\n', '');
  expect(problemsOf(ANSWER, offer).map(({ code }) => code)).toContain('SDP_ANSWER_REVIVES_SECTION');
});

const published = new URL('../../../../../shared/vectors/sdp/files/', import.meta.url);
const read = (name: string) => readFileSync(new URL(`${name}.sdp`, published), 'utf8');

/** Offers that the RFCs print, with the answers that they print to them. */
test
  .skipIf(!existsSync(published))
  .each([
    ...[1, 3, 5, 9, 11].map((n) => ['rfc4317', n] as const),
    ...[1, 5].map((n) => ['rfc8829', n] as const),
    ...[1, 3, 7, 9, 11].map((n) => ['rfc8843', n] as const),
    ['rfc8853', 1] as const,
  ])('%s prints an answer to its offer %i in which nothing is wrong', (rfc, n) => {
  const [offer, answer] = [n, n + 1].map((number) => read(`${rfc}-${String(number).padStart(2, '0')}`));
  expect(problemsOf(answer ?? '', offer).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test.skipIf(!existsSync(published))(
  'RFC 8829 prints rtcp-mux-only in answers, which RFC 8858 §4.3 forbids',
  () => {
    for (const n of ['04', '08', '10']) {
      const offer = read(`rfc8829-${String(Number(n) - 1).padStart(2, '0')}`);
      expect(problemsOf(read(`rfc8829-${n}`), offer).map(({ code }) => code)).toEqual([
        'SDP_ANSWER_RTCP_MUX_ONLY',
      ]);
    }
  },
);
