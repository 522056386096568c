import { describe, expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { HpackEncoder, type HeaderField } from '../hpack';
import {
  CLIENT_PREFACE,
  encodeFrame,
  ERROR_CODES,
  Http2Connection,
  Http2FrameReader,
  SETTINGS,
  type Http2Event,
  type Http2Frame,
  type Http2Options,
} from '.';
import { GET, headers, opening } from './h2spec.fixture';

// Rules whose breaking only a connection can see, each with the code and the scope that the RFC gives it.

const field = (name: string, value: string): HeaderField => ({ name, value });
const POST = [field(':method', 'POST'), ...GET.slice(1)];
const block = (fields: readonly HeaderField[]) =>
  new HpackEncoder({ indexing: () => 'without' }).encode([...fields]);
const data = (streamId: number, length: number, endStream = false) =>
  encodeFrame({ type: 'DATA', streamId, endStream, data: new Uint8Array(length) });
const windowUpdate = (streamId: number, increment: number) =>
  encodeFrame({ type: 'WINDOW_UPDATE', streamId, increment });
/** A frame as its octets, for those that no encoder should write. */
const odd = (typeCode: number, streamId: number, length: number) =>
  encodeFrame({ type: 'UNKNOWN', typeCode, flags: 0, streamId, payload: new Uint8Array(length) });
const priorityUpdate = (prioritizedStreamId: number, value: string) =>
  encodeFrame({ type: 'PRIORITY_UPDATE', streamId: 0, prioritizedStreamId, value });

/** One end and a peer that sends what it likes. */
function meet(options: Http2Options, ...first: Uint8Array[]) {
  const connection = new Http2Connection(options);
  const reader = new Http2FrameReader();
  const sent = () => {
    const wire = connection.takeOutput();
    const isFirst = wire.length >= CLIENT_PREFACE.length && wire[0] === CLIENT_PREFACE[0];
    return reader.push(isFirst ? wire.subarray(CLIENT_PREFACE.length) : wire);
  };
  const events: Http2Event[] = [];
  const receive = (...frames: Uint8Array[]): Http2Frame[] => {
    for (const frame of frames) events.push(...connection.receive(frame));
    return sent();
  };
  sent();
  receive(...first);
  return { connection, events, receive };
}
const server = (options: Partial<Http2Options> = {}) => meet({ role: 'server', ...options }, opening);
const emptySettings = encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [] });
const client = (options: Partial<Http2Options> = {}) => meet({ role: 'client', ...options }, emptySettings);

const verdictOf = (frames: readonly Http2Frame[]) =>
  frames.flatMap((frame): [string, number, number][] => {
    if (frame.type === 'GOAWAY') return [['connection', 0, frame.errorCode]];
    return frame.type === 'RST_STREAM' ? [['stream', frame.streamId, frame.errorCode]] : [];
  });
const protocolError = [['connection', 0, ERROR_CODES.PROTOCOL_ERROR]];

describe('a frame that is wrong by itself, where not even a right one may stand', () => {
  test.for([
    ['PRIORITY of 4 octets', odd(0x02, 1, 4)],
    ['WINDOW_UPDATE by 0', odd(0x08, 1, 4)],
  ] as const)('§4.3: %s between HEADERS and CONTINUATION is the connection’s error', ([, frame]) => {
    const begun = headers(GET, { endHeaders: false });
    expect(verdictOf(server().receive(begun, frame))).toEqual(protocolError);
  });

  test('§3.4: a broken PRIORITY before SETTINGS is the connection’s error', () => {
    const { receive } = meet({ role: 'server' }, CLIENT_PREFACE);
    expect(verdictOf(receive(odd(0x02, 1, 4)))).toEqual(protocolError);
  });

  test('§5.1: WINDOW_UPDATE by 0 on an idle stream is the connection’s error', () => {
    expect(verdictOf(server().receive(odd(0x08, 5, 4)))).toEqual(protocolError);
  });
});

describe('§6.9: credit of the connection comes back for DATA that its stream refuses', () => {
  test.for([
    ['more than content-length says', [...POST, field('content-length', '1')], [data(1, 5)]],
    ['less than content-length says', [...POST, field('content-length', '9')], [data(1, 5, true)]],
  ] as const)('%s', ([, fields, frames]) => {
    const { receive, connection } = server();
    const sent = receive(headers(fields, { endStream: false }), ...frames);
    expect(verdictOf(sent)).toEqual([['stream', 1, ERROR_CODES.PROTOCOL_ERROR]]);
    expect(sent).toContainEqual({ type: 'WINDOW_UPDATE', streamId: 0, increment: 5 });
    expect(connection.receiveWindow.available).toBe(65_535);
  });

  test('more than the stream’s window', () => {
    const { receive, connection } = server({ settings: { initialWindowSize: 4 } });
    receive(encodeFrame({ type: 'SETTINGS', streamId: 0, ack: true, settings: [] }));
    expect(verdictOf(receive(headers(POST, { endStream: false }), data(1, 5)))).toEqual([
      ['stream', 1, ERROR_CODES.FLOW_CONTROL_ERROR],
    ]);
    expect(connection.receiveWindow.available).toBe(65_535);
  });
});

test('§10.5.1: a header list too large costs its stream and nothing else', () => {
  const { receive, connection } = server({ settings: { maxHeaderListSize: 200 } });
  const long = [...POST, field('x-long', 'x'.repeat(200))];
  const sent = receive(headers(long, { endStream: false }), data(1, 3), headers(GET, {}, 3));
  expect(verdictOf(sent)).toEqual([['stream', 1, ERROR_CODES.ENHANCE_YOUR_CALM]]);
  expect(connection.isFailed).toBe(false);
  expect(connection.streams.get(3)?.state).toBe('half-closed (remote)');
});

test('§6.8: GOAWAY ends what may be opened, on both sides', () => {
  const goAway = (lastStreamId: number) =>
    encodeFrame({ type: 'GOAWAY', streamId: 0, lastStreamId, errorCode: 0, debugData: new Uint8Array(0) });
  const { connection, receive } = client();
  receive(goAway(1));
  expect(() => connection.request(GET, { endStream: true })).toThrow(RangeError);
  // What was given up once is not taken back.
  expect(verdictOf(receive(goAway(3)))).toEqual(protocolError);

  const other = server();
  other.receive(headers());
  other.connection.goAway(ERROR_CODES.NO_ERROR);
  expect(verdictOf(other.receive())).toEqual([['connection', 0, ERROR_CODES.NO_ERROR]]);
  expect(verdictOf(other.receive(headers(POST, { endStream: false }, 3), data(3, 5)))).toEqual([]);
  expect(other.events.filter(({ type }) => type === 'headers')).toHaveLength(1);
  expect(other.connection.isFailed).toBe(false);
  // Nor do we take anything back.
  expect(other.receive(odd(0x06, 0, 7))).toMatchObject([{ type: 'GOAWAY', lastStreamId: 1 }]);
});

test('§5.4.1: nothing follows the GOAWAY of an error', () => {
  const { connection, receive } = server();
  receive(headers());
  connection.sendHeaders(1, [field(':status', '200')], { endStream: false });
  connection.sendData(1, new Uint8Array(70_000), { endStream: true });
  receive();
  const wire = Uint8Array.of(...windowUpdate(0, 10_000), ...windowUpdate(1, 10_000), ...odd(0x06, 0, 7));
  expect(receive(wire).map(({ type }) => type)).toEqual(['GOAWAY']);
});

describe('§5.1, §8.4: what a server promises', () => {
  const promise = (fields: readonly HeaderField[]) =>
    encodeFrame({
      type: 'PUSH_PROMISE',
      streamId: 1,
      endHeaders: true,
      promisedStreamId: 2,
      fragment: block(fields),
    });
  const promised = (fields: readonly HeaderField[]) => {
    const { connection, receive } = client({ settings: { enablePush: true } });
    connection.request(GET, { endStream: true });
    return { connection, receive, sent: receive(promise(fields)) };
  };

  test.for([
    ['DATA', data(2, 1)],
    ['WINDOW_UPDATE', windowUpdate(2, 1)],
  ] as const)('%s on a reserved stream is the connection’s error', ([, frame]) => {
    const { receive } = promised(GET);
    expect(verdictOf(receive(frame))).toEqual(protocolError);
  });

  test('a promised request that is not safe, or says that it has content, is refused', () => {
    const refused = [['stream', 2, ERROR_CODES.PROTOCOL_ERROR]];
    expect(verdictOf(promised(POST).sent)).toEqual(refused);
    expect(verdictOf(promised([...GET, field('content-length', '1')]).sent)).toEqual(refused);
    expect(verdictOf(promised(GET).sent)).toEqual([]);
  });
});

test('RFC 7541 §4.2: two sizes of the table in one SETTINGS are both answered', () => {
  const { connection, receive } = server();
  receive(headers());
  const [id] = [SETTINGS.HEADER_TABLE_SIZE];
  const settings = [
    [id, 0],
    [id, 4096],
  ] as const;
  receive(encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings }));
  connection.sendHeaders(1, [field(':status', '200')], { endStream: true });
  const [sent] = receive();
  expect(sent?.type === 'HEADERS' && [...sent.fragment]).toEqual([0x20, 0x3f, 0xe1, 0x1f, 0x88]);
});

describe('RFC 9218', () => {
  test('§7.1: a priority for a stream to come holds once it comes, over the field in its request', () => {
    const { connection, receive } = server();
    receive(priorityUpdate(3, 'u=0, i'), headers([...GET, field('priority', 'u=7')], {}, 3));
    expect(connection.streams.get(3)?.priority).toEqual({ urgency: 0, incremental: true });
  });

  test('§7.1: streams to come and streams that are count together', () => {
    const { receive } = server({ settings: { maxConcurrentStreams: 2 } });
    const one = receive(
      headers(POST, { endStream: false }),
      priorityUpdate(3, 'u=1'),
      priorityUpdate(3, 'u=2'),
    );
    expect(verdictOf(one)).toEqual([]);
    expect(verdictOf(receive(priorityUpdate(5, 'u=1')))).toEqual(protocolError);
  });

  test('§7.1: no client may rank a push that was not promised', () => {
    expect(verdictOf(server().receive(priorityUpdate(2, 'u=1')))).toEqual(protocolError);
  });

  test('§5: several Priority fields are one dictionary', () => {
    const { connection, receive } = server();
    receive(headers([...GET, field('priority', 'u=1'), field('priority', 'i')]));
    expect(connection.streams.get(1)?.priority).toEqual({ urgency: 1, incremental: true });
  });
});

test('§4.1: a reserved bit that is set is shown as it is', () => {
  const spans: Span[] = [];
  const frame = windowUpdate(0, 1);
  for (const at of [5, 9]) frame[at] = 0x80;
  new Http2FrameReader().push(frame, spans);
  expect(spans.filter(({ name }) => name === 'R').map(({ value }) => value)).toEqual(['1', '1']);
});
