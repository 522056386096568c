import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import type { SdpLine, SessionDescription } from '.';
import { attribute, field, MAX_SDP_LINES, MAX_SDP_OCTETS, parseSdp, SdpError, writeSdp } from '.';
import { matchTemplate } from './grammar/template';

const SEED = 8866;

/** RFC 8866 §5, the example of a session description. */
const EXAMPLE = [
  'v=0',
  'o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1',
  's=Call to John Smith',
  'i=SDP Offer #1',
  'u=http://www.jdoe.example.com/home.html',
  'e=Jane Doe <jane@jdoe.example.com>',
  'p=+1 617 555-6011',
  'c=IN IP4 198.51.100.1',
  't=0 0',
  'm=audio 49170 RTP/AVP 0',
  'm=audio 49180 RTP/AVP 0',
  'm=video 51372 RTP/AVP 99',
  'c=IN IP6 2001:db8::2',
  'a=rtpmap:99 h263-1998/90000',
]
  .map((line) => `${line}\r\n`)
  .join('');

function errorOf(text: string): SdpError {
  try {
    parseSdp(text);
  } catch (error) {
    if (error instanceof SdpError) return error;
    throw error;
  }
  throw new Error('it was read');
}

test('RFC 8866 §9: U+2028 is a character like others, and ends no line', () => {
  const text = EXAMPLE.replace('s=Call to', 's=Call\u2028to').replace('RTP/AVP 99', 'RTP/AVP 99 \u2028');
  const description = parseSdp(text);
  expect(writeSdp(description)).toBe(text);
  expect(description.media[2]?.formats).toEqual(['99', '\u2028']);
  expect(matchTemplate('{name:text}', 'Call\u2028to')).toEqual({ name: 'Call\u2028to' });
});

test('RFC 8866 §5: the example is read in sections, and written as it was', () => {
  const description = parseSdp(EXAMPLE);
  expect(description.lines.map(({ type }) => type).join('')).toBe('vosiuepct');
  expect(description.media.map(({ media, port, formats }) => [media, port, ...formats])).toEqual([
    ['audio', 49170, '0'],
    ['audio', 49180, '0'],
    ['video', 51372, '99'],
  ]);
  expect(description.media[2]?.lines).toEqual([
    { type: 'c', value: 'IN IP6 2001:db8::2' },
    { type: 'a', name: 'rtpmap', value: '99 h263-1998/90000' },
  ]);
  expect(writeSdp(description)).toBe(EXAMPLE);
});

test('RFC 8866 §5.14: a number of ports behind the first, and formats that are no numbers', () => {
  const text = 'v=0\r\nm=video 49170/2 RTP/AVP 31\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';
  const { media } = parseSdp(text);
  expect(media[0]).toMatchObject({ port: 49170, portCount: 2 });
  expect(media[1]).toMatchObject({ proto: 'UDP/DTLS/SCTP', formats: ['webrtc-datachannel'] });
  expect(writeSdp(parseSdp(text))).toBe(text);
});

test('RFC 8866 §9: lines that end in LF alone, and a last line that ends in nothing, are read and kept', () => {
  for (const text of [
    'v=0\ns=-\na=sendrecv\n',
    'v=0\r\ns=-',
    'v=0\nm=audio 9 RTP/AVP 0\r\na=x',
    'v=0\r\nm=audio 9 RTP/AVP 0',
  ]) {
    expect(writeSdp(parseSdp(text))).toBe(text);
  }
});

test('a flag, an empty value, a value with colons and an unknown letter are four different things', () => {
  const text = 'v=0\r\na=ice-lite\r\na=tool:\r\na=fmtp:1 a:b\r\nf=x\r\n';
  expect(parseSdp(text).lines.slice(1)).toEqual([
    { type: 'a', name: 'ice-lite' },
    { type: 'a', name: 'tool', value: '' },
    { type: 'a', name: 'fmtp', value: '1 a:b' },
    { type: 'f', value: 'x' },
  ]);
  expect(writeSdp(parseSdp(text))).toBe(text);
});

test.each([
  ['nothing', '', 'SDP_EMPTY', 1, 0],
  ['another first line', 's=-\r\nv=0\r\n', 'SDP_VERSION_MISSING', 1, 0],
  ['no equals sign', 'v=0\r\nhello\r\n', 'SDP_LINE_MALFORMED', 2, 5],
  ['white space before the letter', 'v=0\r\n s=-\r\n', 'SDP_LINE_MALFORMED', 2, 5],
  ['white space before the equals sign', 'v=0\r\ns =-\r\n', 'SDP_LINE_MALFORMED', 2, 5],
  ['an empty line', 'v=0\r\n\r\ns=-\r\n', 'SDP_LINE_MALFORMED', 2, 5],
  ['a digit for a letter', 'v=0\r\n1=-\r\n', 'SDP_LINE_MALFORMED', 2, 5],
  ['a media line without a port', 'v=0\r\ns=é\r\nm=audio RTP/AVP 0\r\n', 'SDP_MEDIA_LINE_MALFORMED', 3, 13],
  ['a port that is no number', 'v=0\r\nm=audio x RTP/AVP 0\r\n', 'SDP_MEDIA_LINE_MALFORMED', 2, 7],
  ['CR within a line', 'v=0\r\ns=a\rb\r\n', 'SDP_CONTROL_CHARACTER', 2, 8],
  ['NUL', 'v=0\r\ns=\u{1f600}\0\r\n', 'SDP_CONTROL_CHARACTER', 2, 11],
])('%s is refused with its place', (_cause, text, code, line, offset) => {
  expect(errorOf(text)).toMatchObject({ code, line, offset });
});

test('limits: so many octets and lines, and no more', () => {
  const most = `v=0\r\n${'a=x\r\n'.repeat(MAX_SDP_LINES - 1)}`;
  expect(parseSdp(most).lines.length).toBe(MAX_SDP_LINES);
  expect(errorOf(`${most}a=x\r\n`)).toMatchObject({ code: 'SDP_TOO_MANY_LINES', line: MAX_SDP_LINES + 1 });
  expect(errorOf(`v=0\r\n${'x'.repeat(MAX_SDP_OCTETS)}`).code).toBe('SDP_TOO_LONG');
});

test('what would smuggle in a line is not written', () => {
  for (const value of ['0\r\na=fake', '0\n', 'a\rb', '\0']) {
    for (const description of [
      { lines: [field('v', '0'), attribute('candidate', value)], media: [] },
      {
        lines: [field('v', '0')],
        media: [{ media: 'audio', port: 9, proto: 'RTP/AVP', formats: [value], lines: [] }],
      },
    ]) {
      expect(() => writeSdp(description)).toThrow(
        expect.objectContaining({ code: 'SDP_LINE_BREAK_IN_VALUE' }),
      );
    }
  }
});

test('without a sink nothing is traced; with one the fields of a line are named, in octets', () => {
  const spans: Span[] = [];
  parseSdp('v=0\r\ns=né\r\na=rtpmap:96 opus/48000/2\r\n', spans);
  expect(spans.find(({ name }) => name === 'clockRate')).toEqual({
    start: 29 * 8,
    end: 34 * 8,
    name: 'clockRate',
    value: '48000',
    ref: 'RFC 8866 §6.6',
  });
  expect(spans.find(({ name }) => name === 'a=rtpmap')).toMatchObject({
    start: 12 * 8,
    end: 38 * 8,
    note: 'which codec a payload number stands for',
  });
});

const word = fc.string({
  minLength: 1,
  maxLength: 12,
  unit: fc.constantFrom(...'azAZ09:/=+-é€\u{1f600}'.match(/./gu)!),
});
const line: fc.Arbitrary<SdpLine> = fc.oneof(
  fc.record({ type: fc.constantFrom('s', 'c', 'b', 't', 'k', 'x'), value: word }),
  fc.record({ type: fc.constant('a' as const), name: word.filter((name) => !name.includes(':')) }),
  fc.record({
    type: fc.constant('a' as const),
    name: word.filter((name) => !name.includes(':')),
    value: fc.oneof(word, fc.constant('')),
  }),
);
const description: fc.Arbitrary<SessionDescription> = fc.record({
  lines: fc.array(line, { maxLength: 8 }).map((lines) => [field('v', '0'), ...lines]),
  media: fc.array(
    fc.record({
      media: word,
      port: fc.nat(65_535),
      proto: word,
      formats: fc.array(word, { minLength: 1, maxLength: 4 }),
      lines: fc.array(line, { maxLength: 8 }),
    }),
    { maxLength: 4 },
  ),
});

test(`what is written is read as it was, whatever it is (seed ${SEED})`, () => {
  fc.assert(
    fc.property(description, (it) => {
      expect(parseSdp(writeSdp(it))).toEqual(it);
    }),
    { seed: SEED },
  );
});
