import { expect, test } from 'vitest';
import {
  carriedFormats,
  codecsOf,
  formatParameters,
  isSameCodec,
  parseSdp,
  readMedia,
  STATIC_PAYLOAD_TYPES,
} from '.';

/** RFC 3551 §6, tables 4 (audio) and 5 (video) as printed: number, name, kind, clock rate, channels. */
const RFC_3551 = `
  0 PCMU A 8000 1 | 3 GSM A 8000 1 | 4 G723 A 8000 1 | 5 DVI4 A 8000 1 | 6 DVI4 A 16000 1 | 7 LPC A 8000 1
  8 PCMA A 8000 1 | 9 G722 A 8000 1 | 10 L16 A 44100 2 | 11 L16 A 44100 1 | 12 QCELP A 8000 1 | 13 CN A 8000 1
  14 MPA A 90000 | 15 G728 A 8000 1 | 16 DVI4 A 11025 1 | 17 DVI4 A 22050 1 | 18 G729 A 8000 1
  25 CelB V 90000 | 26 JPEG V 90000 | 28 nv V 90000 | 31 H261 V 90000 | 32 MPV V 90000 | 33 MP2T AV 90000
  34 H263 V 90000`;

test('RFC 3551 §6: every static payload number, and no other', () => {
  const rows = RFC_3551.split(/[|\n]/)
    .map((row) => row.trim().split(' '))
    .filter((row) => row.length > 1);
  expect(Object.keys(STATIC_PAYLOAD_TYPES)).toEqual(rows.map(([number]) => number));
  for (const [number = '', encodingName, , clockRate, channels = '1'] of rows) {
    const { channels: ours = 1, ...rest } = STATIC_PAYLOAD_TYPES[number]!;
    expect({ ...rest, channels: ours }).toEqual({
      encodingName,
      clockRate: Number(clockRate),
      channels: Number(channels),
    });
  }
});

test('the codecs of a section: its order, with what all lines say of each', () => {
  const text =
    'v=0\r\nm=video 9 RTP/AVPF 97 34 96 98\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=rtcp-fb:* nack\r\na=rtcp-fb:96 nack pli\r\n';
  const description = parseSdp(text);
  const [section] = description.media;
  expect(section && codecsOf(section, readMedia(description, section))).toEqual([
    { payloadType: '97', encodingName: 'rtx', clockRate: 90_000, parameters: 'apt=96', feedback: ['nack'] },
    { payloadType: '34', encodingName: 'H263', clockRate: 90_000, feedback: ['nack'] },
    { payloadType: '96', encodingName: 'VP8', clockRate: 90_000, feedback: ['nack', 'nack pli'] },
  ]);
});

test.each([
  ['rtx', 'apt=96;rtx-time=200', ['96']],
  ['RTX', undefined, ['']],
  ['red', '111/111', ['111', '111']],
  ['red', undefined, undefined],
  ['VP8', 'apt=96', undefined],
] as const)('%s with %s carries %j (RFC 4588 §8.6, RFC 2198 §5)', (encodingName, parameters, carried) => {
  expect(
    carriedFormats({ encodingName, clockRate: 90_000, ...(parameters === undefined ? {} : { parameters }) }),
  ).toEqual(carried);
});

test('parameters are read without regard to case and spaces; a value alone has no name', () => {
  expect([...formatParameters('Profile-ID=2; x = y;0-15')]).toEqual([
    ['profile-id', '2'],
    ['x', 'y'],
    ['', '0-15'],
  ]);
});

test.each([
  ['another name', { encodingName: 'PCMA' }, false],
  ['another case', { encodingName: 'pcmu' }, true],
  ['another rate', { clockRate: 16_000 }, false],
  ['one channel said', { channels: 1 }, true],
  ['two channels', { channels: 2 }, false],
  ['other parameters', { parameters: 'x=1' }, true],
])('PCMU and %s', (_what, change, isSame) => {
  const pcmu = { encodingName: 'PCMU', clockRate: 8000 };
  expect(isSameCodec(pcmu, { ...pcmu, ...change })).toBe(isSame);
});

test.each([
  ['VP9', 'profile-id=0', undefined, true],
  ['VP9', 'profile-id=2', undefined, false],
  ['AV1', 'profile=1', 'level-idx=5', false],
  [
    'H264',
    'packetization-mode=1;profile-level-id=42e01f',
    'packetization-mode=1;profile-level-id=42e034',
    true,
  ],
  [
    'H264',
    'packetization-mode=1;profile-level-id=42e01f',
    'packetization-mode=1;profile-level-id=42001f',
    false,
  ],
  ['H264', 'profile-level-id=420010', undefined, true],
  ['H264', 'packetization-mode=1', undefined, false],
])('%s: %s and %s are the same codec: %s', (encodingName, a, b, isSame) => {
  const codec = (parameters: string | undefined) => ({
    encodingName,
    clockRate: 90_000,
    ...(parameters === undefined ? {} : { parameters }),
  });
  expect(isSameCodec(codec(a), codec(b))).toBe(isSame);
});
