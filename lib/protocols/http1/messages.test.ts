import { STATUS_CODES } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  collectMessages,
  decodeHttp09Response,
  decodeRequests,
  decodeResponses,
  encodeChunk,
  encodeLastChunk,
  encodeRequest,
  encodeResponse,
  Http1Error,
  RequestReader,
  ResponseReader,
  STATUS_REASONS,
  type HeaderField,
} from '.';

const octets = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const codeOf = (run: () => unknown) => caught(Http1Error, run)?.code ?? 'accepted';

test('RFC 9112 §2.1: the example request and response', () => {
  const request = 'GET /hello.txt HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\nHost: www.example.com\r\n\r\n';
  expect(decodeRequests(octets(request))[0]?.head).toEqual({
    method: 'GET',
    target: '/hello.txt',
    version: '1.1',
    headers: [
      { name: 'User-Agent', value: 'curl/7.64.1' },
      { name: 'Host', value: 'www.example.com' },
    ],
  });
  const response =
    'HTTP/1.1 200 OK\r\nContent-Length: 51\r\n\r\nHello World! My content includes a trailing CRLF.\r\n';
  const [message] = decodeResponses(octets(response));
  expect(message?.head).toMatchObject({ status: 200, reason: 'OK' });
  expect(message?.content).toHaveLength(51);
});

test('RFC 9112 §7.1: chunks with extensions, and trailer fields kept apart', () => {
  const response =
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n' +
    '5;a=1 ; b = "x;\\"y" ;c\r\nhello\r\n0a\r\n, and more\r\n000\r\nExpires: 0\r\n\r\n';
  const reader = new ResponseReader().expect('GET');
  const events = reader.push(octets(response));
  expect(events.find(({ type }) => type === 'chunk')).toEqual({
    type: 'chunk',
    size: 5,
    extensions: [
      { name: 'a', value: '1' },
      { name: 'b', value: 'x;"y' },
      { name: 'c', value: undefined },
    ],
  });
  const [message] = collectMessages(events);
  expect(message).toMatchObject({
    framing: { kind: 'chunked', codings: ['gzip'] },
    trailers: [{ name: 'Expires', value: '0' }],
  });
  expect(text(message?.content ?? new Uint8Array())).toBe('hello, and more');
  expect(reader.isIdle).toBe(true);
});

test('RFC 9112 §9.3.2: requests sent in one piece come out one by one', () => {
  const all = 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi';
  const messages = decodeRequests(
    octets(`${all}\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /4`),
  );
  expect(messages.map(({ head, isPersistent }) => [head.target, isPersistent])).toEqual([
    ['/1', true],
    ['/2', true],
    ['/3', false],
  ]);
});

test.each<[string, string, string[], boolean, string]>([
  // response head, content, methods, closed?, what is read
  ['HTTP/1.1 200 OK\r\nContent-Length: 9', '', ['HEAD'], false, ''],
  ['HTTP/1.1 304 Not Modified\r\nContent-Length: 9', '', ['GET'], false, ''],
  ['HTTP/1.1 204 No Content', '', ['GET'], false, ''],
  ['HTTP/1.1 200 OK', 'to the end', ['GET'], true, 'to the end'],
  ['HTTP/1.0 200 OK\r\nContent-Length: 2', 'hi', ['GET'], false, 'hi'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip', 'zz', ['GET'], true, 'zz'],
  ['HTTP/1.1 200 OK\r\nContent-Length: 2, 2', 'hi', ['GET'], false, 'hi'],
  ['HTTP/1.1 200\r\nContent-Length: 2', 'hi', ['GET'], false, 'hi'],
])('RFC 9112 §6.3: %s is followed by "%s"', (head, content, methods, isClosed, expected) => {
  const [message] = decodeResponses(octets(`${head}\r\n\r\n${content}`), methods, isClosed);
  expect(message && text(message.content)).toBe(expected);
});

test('interim responses do not answer the request (RFC 9110 §15.2)', () => {
  const all = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx';
  expect(decodeResponses(octets(all)).map(({ head }) => head.status)).toEqual([103, 200]);
  // Nor does one end the connection, whatever its version or its fields say of that.
  const odd = 'HTTP/1.0 100 Continue\r\nConnection: close\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n';
  expect(decodeResponses(octets(odd)).map(({ head }) => head.status)).toEqual([100, 204]);
});

test('after CONNECT and 101 the octets are no HTTP (RFC 9110 §9.3.6)', () => {
  const reader = new ResponseReader().expect('CONNECT');
  const events = reader.push(octets('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\x16\x03'));
  expect(events.map(({ type }) => type)).toEqual(['head', 'tunnel']);
  const upgraded = new ResponseReader().expect('GET').push(octets('HTTP/1.1 101 Switching\r\n\r\n\x81'));
  expect(upgraded.at(-1)).toEqual({ type: 'tunnel', octets: Uint8Array.of(0x81) });
});

const post = (fields: string, body = '') => `POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n${body}`;
const get = (line: string, fields = 'Host: a\r\n') => `${line}\r\n${fields}\r\n`;
const chunked = (body: string) => post('Transfer-Encoding: chunked', body);

test.each<[string, string, string]>([
  // octets, code, cause
  [post('Content-Length: 3\r\nTransfer-Encoding: chunked'), 'HTTP1_TRANSFER_ENCODING_WITH_LENGTH', 'CL.TE'],
  [post('Transfer-Encoding: chunked\r\nContent-Length: 3'), 'HTTP1_TRANSFER_ENCODING_WITH_LENGTH', 'TE.CL'],
  [post('Transfer-Encoding: xchunked'), 'HTTP1_TRANSFER_CODING_UNKNOWN', 'a coding that is near to chunked'],
  [post('Transfer-Encoding: "chunked"'), 'HTTP1_TRANSFER_CODING_UNKNOWN', 'quoted'],
  [post('Transfer-Encoding: identity'), 'HTTP1_TRANSFER_CODING_UNKNOWN', 'gone since RFC 7230'],
  [post('Transfer-Encoding: '), 'HTTP1_TRANSFER_CODING_UNKNOWN', 'none'],
  [post('Transfer-Encoding: gzip'), 'HTTP1_TRANSFER_CODING_NOT_FINAL', 'no way to find the end'],
  [post('Transfer-Encoding: chunked, gzip'), 'HTTP1_TRANSFER_CODING_NOT_FINAL', 'chunked not last'],
  [
    post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked'),
    'HTTP1_TRANSFER_CODING_NOT_FINAL',
    'twice',
  ],
  [post('Transfer-Encoding : chunked'), 'HTTP1_FIELD_NAME_MALFORMED', 'a space before the colon'],
  [post('Transfer-Encoding:\x0bchunked'), 'HTTP1_FIELD_VALUE_MALFORMED', 'a vertical tab'],
  [post('X: a\0b'), 'HTTP1_FIELD_VALUE_MALFORMED', 'NUL'],
  [post('Content-Length: 3\r\nContent-Length: 4'), 'HTTP1_CONTENT_LENGTH_CONFLICT', 'two lengths'],
  [post('Content-Length: 3, 4'), 'HTTP1_CONTENT_LENGTH_CONFLICT', 'two lengths in one'],
  [post('Content-Length: +3'), 'HTTP1_CONTENT_LENGTH_MALFORMED', 'a sign'],
  [post('Content-Length: 0x3'), 'HTTP1_CONTENT_LENGTH_MALFORMED', 'hex'],
  [post('Content-Length: 3,'), 'HTTP1_CONTENT_LENGTH_MALFORMED', 'an empty member'],
  [post('Content-Length: 99999999999999999999'), 'HTTP1_CONTENT_LENGTH_MALFORMED', 'too large to be exact'],
  [post('X: a\r\n b'), 'HTTP1_OBS_FOLD', 'a folded line'],
  ['GET / HTTP/1.1\r\n Host: a\r\n\r\n', 'HTTP1_LEADING_WHITESPACE', 'white space before the first field'],
  ['GET / HTTP/1.1\nHost: a\r\n\r\n', 'HTTP1_BARE_LF', 'LF alone'],
  ['GET / HTTP/1.1\r\nHost: a\n\n', 'HTTP1_BARE_LF', 'LF alone in a field'],
  ['GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n', 'HTTP1_BARE_CR', 'CR alone'],
  ['GET / HTTP/1.1\r\r\nHost: a\r\n\r\n', 'HTTP1_BARE_CR', 'CR twice'],
  [get('GET  / HTTP/1.1'), 'HTTP1_START_LINE_MALFORMED', 'two spaces'],
  [get('GET / HTTP/1.1 '), 'HTTP1_START_LINE_MALFORMED', 'a space at the end'],
  [get('GET / http/1.1'), 'HTTP1_VERSION_MALFORMED', 'lower case'],
  [get('GET / HTTP/1.10'), 'HTTP1_VERSION_MALFORMED', 'two digits'],
  [get('GET / HTTP/2.0'), 'HTTP1_VERSION_UNSUPPORTED', 'another protocol'],
  [get('GET /'), 'HTTP1_START_LINE_MALFORMED', 'HTTP/0.9, not asked for'],
  [get('G@T / HTTP/1.1'), 'HTTP1_METHOD_MALFORMED', 'no token'],
  [get('GET /a#b HTTP/1.1'), 'HTTP1_TARGET_MALFORMED', 'a fragment'],
  [get('GET * HTTP/1.1'), 'HTTP1_TARGET_MALFORMED', 'the asterisk is for OPTIONS'],
  [get('GET a HTTP/1.1'), 'HTTP1_TARGET_MALFORMED', 'no slash'],
  [get('CONNECT /a HTTP/1.1'), 'HTTP1_TARGET_MALFORMED', 'CONNECT names host and port'],
  [get('GET / HTTP/1.1', ''), 'HTTP1_HOST_WRONG', 'no Host'],
  [get('GET / HTTP/1.1', 'Host: a\r\nHost: a\r\n'), 'HTTP1_HOST_WRONG', 'two'],
  [get('GET / HTTP/1.1', 'Host: a b\r\n'), 'HTTP1_HOST_WRONG', 'no host'],
  [get('GET / HTTP/1.0', 'Transfer-Encoding: chunked\r\n'), 'HTTP1_TRANSFER_ENCODING_IN_1_0', 'not in 1.0'],
  [chunked('g\r\n'), 'HTTP1_CHUNK_SIZE_MALFORMED', 'no hex'],
  [chunked('-1\r\n'), 'HTTP1_CHUNK_SIZE_MALFORMED', 'a sign'],
  [chunked('\r\n'), 'HTTP1_CHUNK_SIZE_MALFORMED', 'nothing'],
  [chunked('fffffffffffffffff\r\n'), 'HTTP1_CHUNK_SIZE_MALFORMED', 'too large'],
  [chunked('3 \r\nabc'), 'HTTP1_CHUNK_EXTENSION_MALFORMED', 'a space and no extension'],
  [chunked('3;a=\r\nabc'), 'HTTP1_CHUNK_EXTENSION_MALFORMED', 'an extension without its value'],
  [chunked('3;\r\nabc'), 'HTTP1_CHUNK_EXTENSION_MALFORMED', 'an extension without its name'],
  [chunked('3;a\nabc'), 'HTTP1_BARE_LF', 'LF ends an extension'],
  [chunked('3\r\nabcd\r\n'), 'HTTP1_CHUNK_END_MISSING', 'longer than it said'],
])('refuses, case %#: %j is %s (%s)', (message, code) => {
  expect(codeOf(() => decodeRequests(octets(message)))).toBe(code);
});

test('a folded line in a response is joined by a space (RFC 9112 §5.2)', () => {
  const folded = 'HTTP/1.1 204 x\r\nX: a\r\n\t b\r\n\r\n';
  expect(decodeResponses(octets(folded))[0]?.head.headers).toEqual([{ name: 'X', value: 'a b' }]);
});

test.each<[string, string]>([
  ['HTTP/1.1 99 x\r\n\r\n', 'HTTP1_STATUS_MALFORMED'],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n',
    'HTTP1_TRANSFER_ENCODING_WITH_LENGTH',
  ],
  ['HTTP/1.1  200 x\r\n\r\n', 'HTTP1_STATUS_MALFORMED'],
  ['HTTP/1.1 2000 x\r\n\r\n', 'HTTP1_STATUS_MALFORMED'],
  ['HTTP/1.1 200 x\x01\r\n\r\n', 'HTTP1_REASON_MALFORMED'],
  ['ICY 200 OK\r\n\r\n', 'HTTP1_VERSION_MALFORMED'],
  ['HTTP/1.1 204 x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n', 'HTTP1_RESPONSE_UNEXPECTED'],
])('refuses the response %j: %s', (message, code) => {
  expect(codeOf(() => decodeResponses(octets(message)))).toBe(code);
});

test('limits: head, fields, content, chunk extensions', () => {
  const long = `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100)}`;
  expect(codeOf(() => decodeRequests(octets(long), { maxHeadOctets: 99 }))).toBe('HTTP1_HEAD_TOO_LONG');
  const many = `GET / HTTP/1.1\r\n${'X: a\r\n'.repeat(9)}`;
  expect(codeOf(() => decodeRequests(octets(many), { maxFields: 8 }))).toBe('HTTP1_TOO_MANY_FIELDS');
  const big = post('Content-Length: 9', '123456789');
  expect(codeOf(() => decodeRequests(octets(big), { maxContentOctets: 8 }))).toBe('HTTP1_CONTENT_TOO_LONG');
  const extended = chunked('1;aaaaaaaa\r\nx\r\n'.repeat(9));
  expect(codeOf(() => decodeRequests(octets(extended), { maxExtensionOctets: 64 }))).toBe(
    'HTTP1_HEAD_TOO_LONG',
  );
});

test('the connection that ends within a message is an error, between two it is not', () => {
  const reader = new RequestReader();
  reader.push(octets('GET / HTTP/1.1\r\n'));
  expect(codeOf(() => reader.end())).toBe('HTTP1_CLOSED_EARLY');
  expect(codeOf(() => reader.push(octets('x')))).toBe('HTTP1_CLOSED_EARLY');
  const idle = new RequestReader();
  idle.push(octets(get('GET / HTTP/1.1')));
  expect(idle.end()).toEqual([]);
});

test('HTTP/0.9: a line, and a document without a head (RFC 1945 §5, §6)', () => {
  const [message] = decodeRequests(octets('GET /a\r\n'), { allowHttp09: true });
  expect(message).toMatchObject({ head: { version: '0.9', target: '/a', headers: [] }, isPersistent: false });
  expect(text(decodeHttp09Response(octets('<p>')).content)).toBe('<p>');
  expect(text(encodeRequest({ method: 'GET', target: '/a', version: '0.9', headers: [] }))).toBe(
    'GET /a\r\n',
  );
});

test('HTTP/1.0 closes unless it says keep-alive (RFC 9112 §9.3)', () => {
  const run = (fields: string) => decodeRequests(octets(get('GET / HTTP/1.0', fields)))[0]?.isPersistent;
  expect([run(''), run('Connection: Keep-Alive\r\n'), run('Connection: keep-alive, close\r\n')]).toEqual([
    false,
    true,
    false,
  ]);
});

const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/);
const fieldValue = fc.stringMatching(/^([\x21-\x7e\x80-\xff]([\x20-\x7e\t]{0,20}[\x21-\x7e\x80-\xff])?)?$/);
const extraFields = fc.array(fc.record({ name: token.map((name) => `X-${name}`), value: fieldValue }), {
  maxLength: 5,
});
const content = fc.uint8Array({ maxLength: 300 });
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });

/** The same octets in pieces of these lengths, over and over. */
function* pieces(whole: Uint8Array, lengths: number[]) {
  for (let at = 0, i = 0; at < whole.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    yield whole.subarray(at, at + length);
    at += length;
  }
}

test('requests come back as they were written, wherever the octets are cut', () => {
  fc.assert(
    fc.property(
      token,
      extraFields,
      content,
      fc.boolean(),
      cuts,
      (method, extra, body, isChunked, lengths) => {
        fc.pre(method !== 'CONNECT');
        const framing: HeaderField[] = isChunked ? [{ name: 'Transfer-Encoding', value: 'chunked' }] : [];
        const headers = [{ name: 'Host', value: 'a' }, ...extra, ...framing];
        const whole = encodeRequest({ method, target: '/x?y', version: '1.1', headers }, body);
        const reader = new RequestReader();
        const events = [...pieces(whole, lengths)].flatMap((piece) => reader.push(piece));
        const [message, ...others] = collectMessages(events);
        expect(others).toEqual([]);
        expect(message?.content).toEqual(body);
        expect(message?.head.headers.filter(({ name }) => name !== 'Content-Length')).toEqual(headers);
        expect(reader.isIdle).toBe(true);
      },
    ),
  );
});

test('chunks, extensions and trailers come back, wherever the octets are cut', () => {
  const extension = fc.record({ name: token, value: fc.option(fieldValue, { nil: undefined }) });
  const chunk = fc.tuple(
    fc.uint8Array({ minLength: 1, maxLength: 50 }),
    fc.array(extension, { maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 6 }), extraFields, cuts, (chunks, trailers, lengths) => {
      const head = octets('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const parts = [head, ...chunks.map((each) => encodeChunk(...each)), encodeLastChunk(trailers)];
      const whole = Uint8Array.from(parts.flatMap((part) => [...part]));
      const reader = new ResponseReader().expect('GET');
      const events = [...pieces(whole, lengths)].flatMap((piece) => reader.push(piece));
      const seen = events.flatMap((event) => (event.type === 'chunk' ? [event.extensions] : []));
      expect(seen).toEqual([...chunks.map(([, extensions]) => extensions), []]);
      expect(collectMessages(events)[0]?.trailers).toEqual(trailers);
    }),
  );
});

test('spans cover every bit once', () => {
  const spans: Span[] = [];
  const headers = [
    { name: 'Host', value: 'a' },
    { name: 'Transfer-Encoding', value: 'chunked' },
  ];
  const request = encodeRequest(
    { method: 'PUT', target: '/a', version: '1.1', headers },
    octets('hello'),
    spans,
  );
  const response: Span[] = [];
  const answer = octets('HTTP/1.1 200 OK\r\nX:  a \r\nY:\r\nZ: a\r\n b\r\nContent-Length: 2\r\n\r\nhi');
  decodeResponses(answer, ['GET'], false, {}, response);
  for (const [all, length] of [
    [spans, request.length],
    [response, answer.length],
  ] as const) {
    expectCover(all, length);
  }
});

test('what cannot be written is refused', () => {
  const head = { method: 'GET', target: '/', version: '1.1', headers: [] } as const;
  expect(codeOf(() => encodeRequest({ ...head, target: '/a b' }))).toBe('HTTP1_UNWRITABLE');
  expect(codeOf(() => encodeRequest({ ...head, headers: [{ name: 'X', value: 'a\r\nY: b' }] }))).toBe(
    'HTTP1_UNWRITABLE',
  );
  expect(codeOf(() => encodeRequest({ ...head, headers: [{ name: 'X', value: '€' }] }))).toBe(
    'HTTP1_UNWRITABLE',
  );
  const wrongLength = [{ name: 'Content-Length', value: '3' }];
  expect(codeOf(() => encodeRequest({ ...head, headers: wrongLength }, octets('hi')))).toBe(
    'HTTP1_UNWRITABLE',
  );
});

test("the status codes are the registry's, as Node keeps them too", () => {
  const renamed = new Map([
    [413, 'Payload Too Large'],
    [422, 'Unprocessable Entity'],
  ]);
  for (const [code, name] of Object.entries(STATUS_CODES)) {
    const own = STATUS_REASONS.get(Number(code));
    // 418, 509 and 510 are reserved, unregistered and obsolete.
    if (own === undefined) expect(['418', '509', '510']).toContain(code);
    else expect([own, renamed.get(Number(code))]).toContain(name);
  }
});

test('a response is written with its length, and none for HEAD', () => {
  const head = { version: '1.1', status: 200, reason: 'OK', headers: [] } as const;
  expect(text(encodeResponse(head, octets('hi')))).toBe('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
  expect(text(encodeResponse(head, octets('hi'), 'HEAD'))).toBe('HTTP/1.1 200 OK\r\n\r\n');
  expect(text(encodeResponse({ ...head, status: 204 }))).toBe('HTTP/1.1 204 OK\r\n\r\n');
});

const samples = [
  post('Content-Length: 5', 'hello'),
  chunked('5;a="b"\r\nhello\r\n0\r\nX: y\r\n\r\n'),
  get('GET /a HTTP/1.1') + get('OPTIONS * HTTP/1.0'),
].map(octets);
fuzzDecoder('http1 requests', {
  samples,
  decode: (input) => decodeRequests(input, { allowHttp09: true }),
  errorClass: Http1Error,
});
fuzzDecoder('http1 responses', {
  samples: [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
    'HTTP/1.1 103 x\r\nX: a\r\n b\r\n\r\nHTTP/1.0 404 Not Found\r\nContent-Length: 2\r\n\r\nhi',
  ].map(octets),
  decode: (input) => decodeResponses(input, ['GET', 'HEAD'], true),
  errorClass: Http1Error,
});
