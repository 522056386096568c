import { fromHex } from '@/lib/bytes';
import { HpackEncoder, huffmanEncode, type HeaderField } from '../hpack';
import { CLIENT_PREFACE, encodeFrame, ERROR_CODES, SETTINGS, type Http2Frame } from '.';

// What each case of h2spec sends to a server, written anew from its descriptions; RFC numbers are those of RFC 7540.

const text = (value: string) => new TextEncoder().encode(value);
const zeros = (length: number) => new Uint8Array(length);
const field = (name: string, value: string): HeaderField => ({ name, value });
export const GET = [
  field(':method', 'GET'),
  field(':scheme', 'http'),
  field(':path', '/'),
  field(':authority', 'a'),
];
const POST = [field(':method', 'POST'), ...GET.slice(1)];
const without = (name: string) => GET.filter((it) => it.name !== name);

type Options = Partial<Extract<Http2Frame, { type: 'HEADERS' }>>;
const block = (fields: readonly HeaderField[]) =>
  new HpackEncoder({ indexing: () => 'without' }).encode([...fields]);
const raw = (frame: Http2Frame) => encodeFrame(frame);
const rawBlock = (fragment: Uint8Array, options: Options = {}, streamId = 1) =>
  raw({ type: 'HEADERS', streamId, endStream: true, endHeaders: true, fragment, ...options });
export const headers = (fields: readonly HeaderField[] = GET, options: Options = {}, streamId = 1) =>
  rawBlock(block(fields), options, streamId);
const open = (fields = POST, streamId = 1) => headers(fields, { endStream: false }, streamId);
const data = (value: string | Uint8Array, endStream = true, streamId = 1, padding?: Uint8Array) =>
  raw({
    type: 'DATA',
    streamId,
    endStream,
    data: typeof value === 'string' ? text(value) : value,
    ...(padding ? { padding } : {}),
  });
const continuation = (fragment: Uint8Array, endHeaders = true, streamId = 1) =>
  raw({ type: 'CONTINUATION', streamId, endHeaders, fragment });
const priority = (streamId = 1, dependsOn = 0, weight = 16, exclusive = false) =>
  raw({ type: 'PRIORITY', streamId, priority: { exclusive, dependsOn, weight } });
const rst = (streamId = 1, errorCode: number = ERROR_CODES.CANCEL) =>
  raw({ type: 'RST_STREAM', streamId, errorCode });
const settings = (...list: [number, number][]) =>
  raw({ type: 'SETTINGS', streamId: 0, ack: false, settings: list });
const windowUpdate = (streamId: number, increment: number) =>
  raw({ type: 'WINDOW_UPDATE', streamId, increment });
const goaway = (errorCode = 0) =>
  raw({ type: 'GOAWAY', streamId: 0, lastStreamId: 0, errorCode, debugData: zeros(0) });
const push = () =>
  raw({ type: 'PUSH_PROMISE', streamId: 1, endHeaders: true, promisedStreamId: 2, fragment: block(GET) });
/** A frame as its octets, for those that no encoder should write. */
const odd = (typeCode: number, flags: number, streamId: number, payload: Uint8Array) =>
  raw({ type: 'UNKNOWN', typeCode, flags, streamId, payload });
const ping = (payload = text('h2spec__')) =>
  raw({ type: 'PING', streamId: 0, ack: false, opaqueData: payload });

const half = () => block(GET).subarray(0, 4);
const rest = () => block(GET).subarray(4);
const begun = () => rawBlock(half(), { endHeaders: false });
/** Too large for one frame of 16,384 octets. */
const dummies = (count: number) =>
  Array.from({ length: count }, (_, i) => field(`x-dummy${i}`, 'x'.repeat(2_000)));
const literal = (first: string, name: string, value: string, huffman: boolean) => {
  const string = (part: string) => {
    const octets = huffman ? huffmanEncode(text(part)) : text(part);
    return [octets.length | (huffman ? 0x80 : 0), ...octets];
  };
  return Uint8Array.of(...block(GET), ...fromHex(first), ...(name ? string(name) : []), ...string(value));
};
const blockOf = (hex: string) => rawBlock(Uint8Array.of(...block(GET), ...fromHex(hex)));
const bad = (fields: HeaderField[]) => headers(fields);
const trailers = [field('x-test', 'ok')];

const literals = (section: string, indexed: string, fresh: string): Record<string, Uint8Array[]> => {
  const [from] = section.split(',').map(Number);
  return Object.fromEntries(
    [
      [indexed, '', false],
      [indexed, '', true],
      [fresh, 'x-test', false],
      [fresh, 'x-test', true],
    ].map(([first, name, huffman], i) => [
      `generic/5/${(from ?? 0) + i}`,
      [rawBlock(literal(first as string, name as string, 'h2spec', huffman as boolean))],
    ]),
  );
};

/** Octets behind the preface and the first SETTINGS, by the id of the case; in parts, each of them one write. */
export const h2specCases: Readonly<Record<string, readonly Uint8Array[]>> = {
  'generic/1/1': [],
  'generic/2/1': [priority()],
  'generic/2/2': [headers(), windowUpdate(1, 1)],
  'generic/2/3': [headers(), priority()],
  'generic/2/4': [headers(), rst()],
  'generic/2/5': [headers(), priority()],
  'generic/3.1/1': [open(), data('test')],
  'generic/3.1/2': [open(), data('test', false), data('test')],
  'generic/3.1/3': [open(), data('test', true, 1, zeros(6))],
  'generic/3.2/1': [headers()],
  'generic/3.2/2': [headers(GET, { padding: zeros(6) })],
  'generic/3.2/3': [headers(GET, { priority: { exclusive: false, dependsOn: 0, weight: 256 } })],
  'generic/3.3/1': [priority(1, 0, 1), headers()],
  'generic/3.3/2': [priority(1, 0, 256), headers()],
  'generic/3.3/3': [priority(1, 3, 256), headers()],
  'generic/3.3/4': [priority(1, 3, 256, true), headers()],
  'generic/3.3/5': [priority(3, 0, 256), headers()],
  'generic/3.4/1': [open(GET), rst()],
  'generic/3.5/1': [settings()],
  'generic/3.7/1': [ping()],
  'generic/3.8/1': [goaway()],
  'generic/3.9/1': [windowUpdate(0, 1)],
  'generic/3.9/2': [open(), windowUpdate(1, 1), data('test')],
  'generic/3.10/1': [begun(), continuation(rest())],
  'generic/3.10/2': [begun(), continuation(rest().subarray(0, 1), false), continuation(rest().subarray(1))],
  'generic/4/1': [headers()],
  'generic/4/2': [headers([field(':method', 'HEAD'), ...GET.slice(1)])],
  'generic/4/3': [open(), data('test')],
  'generic/4/4': [open([...POST, field('trailer', 'x-test')]), data('test', false), headers(trailers)],
  'generic/5/1': [rawBlock(fromHex('828684'))],
  ...literals('2', '7a', '40'),
  ...literals('6', '0f2b', '00'),
  ...literals('10', '1f2b', '10'),
  'generic/5/14': [rawBlock(Uint8Array.of(0x3f, 0xe1, 0x1f, ...block(GET)))],
  'generic/5/15': [rawBlock(Uint8Array.of(0x20, 0x3f, 0xe1, 0x1f, ...block(GET)))],

  'hpack/2.3.3/1': [blockOf('c6')],
  'hpack/2.3.3/2': [blockOf('7f07 0161')],
  'hpack/4.2/1': [blockOf('21')],
  'hpack/5.2/1': [blockOf('00 06 782d74657374 84 49509fff')],
  'hpack/5.2/2': [blockOf('00 06 782d74657374 83 495090')],
  'hpack/5.2/3': [blockOf('00 06 782d74657374 87 49509fffffffff')],
  'hpack/6.1/1': [blockOf('80')],
  'hpack/6.3/1': [rawBlock(Uint8Array.of(0x3f, 0xe2, 0x1f, ...block(GET)))],

  'http2/3.5/1': [],
  'http2/4.1/1': [odd(0xff, 0, 0, zeros(8))],
  'http2/4.1/2': [odd(0x06, 0xfe, 0, zeros(8))],
  'http2/4.1/3': [fromHex('000008 06 00 80000000 0000000000000000')],
  'http2/4.2/1': [open(), data(zeros(16_384))],
  'http2/4.2/2': [open(), data(zeros(16_385))],
  'http2/4.2/3': [headers([...GET, ...dummies(12)])],
  'http2/4.3/1': [rawBlock(fromHex('4001'))],
  'http2/4.3/2': [begun(), priority(), continuation(rest())],
  'http2/4.3/3': [begun(), headers(GET, {}, 3)],
  'http2/5.1/1': [data('test')],
  'http2/5.1/2': [rst()],
  'http2/5.1/3': [windowUpdate(1, 100)],
  'http2/5.1/4': [continuation(block(GET))],
  'http2/5.1/5': [headers(POST), data('test')],
  'http2/5.1/6': [headers(), headers()],
  'http2/5.1/7': [headers(), continuation(block(GET))],
  'http2/5.1/8': [open(), rst(), data('test')],
  'http2/5.1/9': [open(), rst(), headers()],
  'http2/5.1/10': [open(), rst(), continuation(block(GET))],
  'http2/5.1/11': [headers(), data('test')],
  'http2/5.1/12': [headers(), headers()],
  'http2/5.1/13': [headers(), continuation(block(GET))],
  'http2/5.1.1/1': [headers(GET, {}, 2)],
  'http2/5.1.1/2': [headers(GET, {}, 5), headers(GET, {}, 3)],
  'http2/5.1.2/1': Array.from({ length: 101 }, (_, i) => open(GET, 2 * i + 1)),
  'http2/5.3.1/1': [headers(GET, { priority: { exclusive: false, dependsOn: 1, weight: 256 } })],
  'http2/5.3.1/2': [priority(2, 2)],
  'http2/5.4.1/1': [odd(0x06, 0, 3, zeros(8))],
  'http2/5.4.1/2': [odd(0x06, 0, 3, zeros(8))],
  'http2/5.5/1': [odd(0x16, 0, 0, zeros(8))],
  'http2/5.5/2': [begun(), odd(0x16, 0, 0, zeros(8)), continuation(rest())],
  'http2/6.1/1': [odd(0x00, 1, 0, text('test'))],
  'http2/6.1/2': [headers(), data('test')],
  'http2/6.1/3': [open(), fromHex('000005 00 09 00000001 0654657374')],
  'http2/6.2/1': [begun(), priority()],
  'http2/6.2/2': [begun(), headers(GET, {}, 3)],
  'http2/6.2/3': [odd(0x01, 5, 0, block(GET))],
  'http2/6.2/4': [odd(0x01, 0x0d, 1, Uint8Array.of(block(GET).length + 2, ...block(GET)))],
  'http2/6.3/1': [odd(0x02, 0, 0, fromHex('80000001 0a'))],
  'http2/6.3/2': [open(), odd(0x02, 0, 1, fromHex('80000001'))],
  'http2/6.4/1': [odd(0x03, 0, 0, fromHex('00000008'))],
  'http2/6.4/2': [rst()],
  'http2/6.4/3': [open(), odd(0x03, 0, 1, fromHex('000000'))],
  'http2/6.5/1': [odd(0x04, 1, 0, zeros(1))],
  'http2/6.5/2': [odd(0x04, 0, 1, fromHex('0003 00000064'))],
  'http2/6.5/3': [odd(0x04, 0, 0, fromHex('0003 00'))],
  'http2/6.5.2/1': [settings([SETTINGS.ENABLE_PUSH, 2])],
  'http2/6.5.2/2': [settings([SETTINGS.INITIAL_WINDOW_SIZE, 2 ** 31])],
  'http2/6.5.2/3': [settings([SETTINGS.MAX_FRAME_SIZE, 16_383])],
  'http2/6.5.2/4': [settings([SETTINGS.MAX_FRAME_SIZE, 16_777_216])],
  'http2/6.5.2/5': [settings([0xff, 1])],
  'http2/6.5.3/1': [
    settings([SETTINGS.INITIAL_WINDOW_SIZE, 100], [SETTINGS.INITIAL_WINDOW_SIZE, 1]),
    headers(),
  ],
  'http2/6.5.3/2': [settings()],
  'http2/6.7/1': [ping()],
  'http2/6.7/2': [odd(0x06, 1, 0, zeros(8)), ping()],
  'http2/6.7/3': [odd(0x06, 0, 1, zeros(8))],
  'http2/6.7/4': [odd(0x06, 0, 0, zeros(6))],
  'http2/6.8/1': [odd(0x07, 0, 1, zeros(8))],
  'http2/6.9/1': [odd(0x08, 0, 0, zeros(4))],
  'http2/6.9/2': [open(), odd(0x08, 0, 1, zeros(4))],
  'http2/6.9/3': [odd(0x08, 0, 0, zeros(3))],
  'http2/6.9.1/1': [settings([SETTINGS.INITIAL_WINDOW_SIZE, 1]), headers()],
  'http2/6.9.1/2': [windowUpdate(0, 2 ** 31 - 1), windowUpdate(0, 2 ** 31 - 1)],
  'http2/6.9.1/3': [open(), windowUpdate(1, 2 ** 31 - 1), windowUpdate(1, 2 ** 31 - 1)],
  'http2/6.9.2/1': [
    settings([SETTINGS.INITIAL_WINDOW_SIZE, 0]),
    headers(),
    settings([SETTINGS.INITIAL_WINDOW_SIZE, 1]),
  ],
  'http2/6.9.2/2': [
    settings([SETTINGS.INITIAL_WINDOW_SIZE, 3]),
    headers(),
    settings([SETTINGS.INITIAL_WINDOW_SIZE, 2]),
    windowUpdate(1, 2),
  ],
  'http2/6.9.2/3': [settings([SETTINGS.INITIAL_WINDOW_SIZE, 2 ** 31])],
  'http2/6.10/1': [begun(), continuation(rest().subarray(0, 1), false), continuation(rest().subarray(1))],
  'http2/6.10/2': [
    begun(),
    continuation(rest().subarray(0, 1), false),
    data('test'),
    continuation(rest().subarray(1)),
  ],
  'http2/6.10/3': [begun(), odd(0x09, 4, 0, rest())],
  'http2/6.10/4': [headers(), continuation(block(trailers))],
  'http2/6.10/5': [begun(), continuation(rest()), continuation(block(trailers))],
  'http2/6.10/6': [open(), data('test', false), continuation(block(trailers))],
  'http2/7/1': [goaway(0xff)],
  'http2/7/2': [open(), rst(1, 0xff)],
  'http2/8.1/1': [open(), headers(trailers, { endStream: false })],
  'http2/8.1.2/1': [bad([...GET, field('X-TEST', 'ok')])],
  'http2/8.1.2.1/1': [bad([...GET, field(':test', 'ok')])],
  'http2/8.1.2.1/2': [bad([...GET, field(':status', '200')])],
  'http2/8.1.2.1/3': [open(), headers([...trailers, field(':method', '200')])],
  'http2/8.1.2.1/4': [bad([field('x-test', 'ok'), ...GET])],
  'http2/8.1.2.2/1': [bad([...GET, field('connection', 'keep-alive')])],
  'http2/8.1.2.2/2': [bad([...GET, field('te', 'trailers, deflate')])],
  'http2/8.1.2.3/1': [bad([...without(':path'), field(':path', '')])],
  'http2/8.1.2.3/2': [bad(without(':method'))],
  'http2/8.1.2.3/3': [bad(without(':scheme'))],
  'http2/8.1.2.3/4': [bad(without(':path'))],
  'http2/8.1.2.3/5': [bad([field(':method', 'GET'), ...GET])],
  'http2/8.1.2.3/6': [bad([field(':scheme', 'http'), ...GET])],
  'http2/8.1.2.3/7': [bad([field(':path', '/'), ...GET])],
  'http2/8.1.2.6/1': [open([...POST, field('content-length', '1')]), data('test')],
  'http2/8.1.2.6/2': [open([...POST, field('content-length', '1')]), data('test', false), data('test')],
  'http2/8.2/1': [push()],
};

/** What a client says first in every case. */
export const opening: Uint8Array = Uint8Array.of(...CLIENT_PREFACE, ...settings());
export { ping };
