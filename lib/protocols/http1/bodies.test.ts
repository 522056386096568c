import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  boundaryOf,
  decodeByteranges,
  decodeFormData,
  decodeMultipart,
  encodeByteranges,
  encodeFormData,
  encodeMultipart,
  Http1Error,
  parsePreferences,
  rankEncodings,
  rankLanguages,
  rankMediaTypes,
} from '.';

const octets = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('RFC 9110 §14.6: multipart/byteranges', () => {
  const whole = octets('0123456789');
  const ranges = [
    { first: 0, last: 1 },
    { first: 8, last: 9 },
  ];
  const body = encodeByteranges(whole, ranges, 'text/plain', 'THIS_STRING_SEPARATES');
  expect(text(body)).toBe(
    [
      '--THIS_STRING_SEPARATES',
      'Content-Type: text/plain',
      'Content-Range: bytes 0-1/10',
      '',
      '01',
      '--THIS_STRING_SEPARATES',
      'Content-Type: text/plain',
      'Content-Range: bytes 8-9/10',
      '',
      '89',
      '--THIS_STRING_SEPARATES--',
      '',
    ].join('\r\n'),
  );
  expect(decodeByteranges(body, 'THIS_STRING_SEPARATES').map(({ content }) => text(content))).toEqual([
    '01',
    '89',
  ]);
});

test('RFC 2046 §5.1.1: preamble, epilogue, padding after the delimiter, a part that ends in a line end', () => {
  const body = 'preamble\r\n--b  \r\n\r\nfirst\r\n\r\n--b\r\nX: y\r\n\r\n--bb\r\n--b--\t\r\nepilogue';
  expect(decodeMultipart(octets(body), 'b')).toEqual([
    { headers: [], content: octets('first\r\n') },
    { headers: [{ name: 'X', value: 'y' }], content: octets('--bb') },
  ]);
  expect(boundaryOf('Multipart/Form-Data; boundary="a b"; charset=utf-8')).toBe('a b');
  expect(boundaryOf('multipart/mixed')).toBeUndefined();
  expect(boundaryOf('text/plain; boundary=a')).toBeUndefined();
});

test.each([
  ['', 'HTTP1_MULTIPART_MALFORMED'],
  ['--b\r\n\r\nno end', 'HTTP1_MULTIPART_MALFORMED'],
  ['--b\r\nX: y\r\n--b--', 'HTTP1_MULTIPART_MALFORMED'],
  [`--b\r\nX: ${'y'.repeat(20_000)}\r\n\r\n\r\n--b--`, 'HTTP1_MULTIPART_TOO_LONG'],
  ['--b\r\n\r\n\r\n'.repeat(1002) + '--b--', 'HTTP1_MULTIPART_TOO_LONG'],
])('multipart, case %#: refused by code', (body, code) => {
  expect(() => decodeMultipart(octets(body), 'b')).toThrow(expect.objectContaining({ code }));
});

test('form data: names with quotes and other letters, files with a type (RFC 7578)', () => {
  const entries = [
    { name: 'a "b"', content: octets('1') },
    { name: 'naïve', filename: '文.txt', contentType: 'text/plain', content: octets('2\r\n') },
  ];
  const body = encodeFormData(entries, 'x');
  expect(text(body)).toContain('form-data; name="a %22b%22"');
  expect(decodeFormData(body, 'x')).toEqual(entries);
});

test("form data is what the platform's own FormData writes and reads", async () => {
  const form = new FormData();
  form.set('a "q"', 'b');
  form.set('file', new File([octets('hello')], 'é.txt', { type: 'text/plain' }));
  const request = new Request('http://a/', { method: 'POST', body: form });
  const boundary = boundaryOf(request.headers.get('content-type') ?? '') ?? '';
  const read = decodeFormData(new Uint8Array(await request.arrayBuffer()), boundary);
  expect(read.map(({ name, filename, content }) => [name, filename, text(content)])).toEqual([
    ['a "q"', undefined, 'b'],
    ['file', 'é.txt', 'hello'],
  ]);
  const headers = { 'content-type': 'multipart/form-data; boundary=zz' };
  const parsed = await new Response(Uint8Array.from(encodeFormData(read, 'zz')), { headers }).formData();
  expect(parsed.get('a "q"')).toBe('b');
  expect((parsed.get('file') as File).name).toBe('é.txt');
});

test('parts come back as they were written', () => {
  const part = fc.uint8Array({ maxLength: 60 }).map((content) => ({ headers: [], content }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      expect(decodeMultipart(encodeMultipart(parts, 'bound'), 'bound')).toEqual(parts);
    }),
  );
});

test('RFC 9110 §12.5.1: the more specific range decides', () => {
  const accept =
    'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5';
  const offers = [
    'text/plain;format=flowed',
    'text/plain',
    'text/html',
    'image/jpeg',
    'text/plain;format=fixed',
  ];
  expect(Object.fromEntries(rankMediaTypes(accept, offers).map(({ offer, q }) => [offer, q]))).toEqual({
    'text/plain;format=flowed': 1,
    'text/plain': 0.7,
    'text/html': 0.3,
    'image/jpeg': 0.5,
    'text/plain;format=fixed': 0.4,
  });
  expect(rankMediaTypes('text/html', ['image/png'])).toEqual([]);
  expect(rankMediaTypes(undefined, ['image/png'])).toHaveLength(1);
});

test('RFC 9110 §12.5.3: identity stays acceptable unless it is excluded', () => {
  const run = (accept: string | undefined) =>
    rankEncodings(accept, ['br', 'gzip', 'identity']).map(({ offer }) => offer);
  expect(run('compress, gzip')).toEqual(['gzip', 'identity']);
  expect(run('')).toEqual(['identity']);
  expect(run('gzip;q=1.0, identity; q=0.5, *;q=0')).toEqual(['gzip', 'identity']);
  expect(run('gzip, *;q=0')).toEqual(['gzip']);
  expect(run('x-gzip;q=0.1, *')).toEqual(['br', 'identity', 'gzip']);
  expect(run(undefined)).toEqual(['br', 'gzip', 'identity']);
});

test('RFC 9110 §12.5.4: languages by the longest range', () => {
  const ranked = rankLanguages('da, en-gb;q=0.8, en;q=0.7', ['en', 'en-GB', 'en-US', 'fr', 'da-DK']);
  expect(ranked.map(({ offer, q }) => [offer, q])).toEqual([
    ['da-DK', 1],
    ['en-GB', 0.8],
    ['en', 0.7],
    ['en-US', 0.7],
  ]);
});

test('a weight has at most three decimals and is at most 1 (RFC 9110 §12.4.2)', () => {
  const weights = ['q=0.123', 'Q=1', 'q=0.', 'q=1.001', 'q=0.1234', 'q=2', 'q=.5', 'q=-1'];
  const read = weights.map((weight) => parsePreferences(`a;${weight}`)[0]?.q);
  expect(read).toEqual([0.123, 1, 0, ...Array<undefined>(5).fill(undefined)]);
});

fuzzDecoder('multipart', {
  samples: [octets('--b\r\nX: y\r\n\r\nhi\r\n--b\r\n\r\n--b--'), octets('p\r\n--b\r\n\r\n\r\n--b--\r\n')],
  decode: (input) => decodeMultipart(input, 'b'),
  errorClass: Http1Error,
});
