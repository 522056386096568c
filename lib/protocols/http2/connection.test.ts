import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HeaderField } from '../hpack';
import {
  CLIENT_PREFACE,
  encodeFrame,
  ERROR_CODES,
  Http2Connection,
  Http2FrameReader,
  STREAM_TRANSITIONS,
  stepStream,
  type Http2Event,
  type Http2Frame,
} from '.';
import { GET, h2specCases, headers, opening } from './h2spec.fixture';

const octets = (length: number) => Uint8Array.from({ length }, (_, i) => i);
const status = (code: string): HeaderField[] => [{ name: ':status', value: code }];
const framesOf = (wire: Uint8Array) => new Http2FrameReader().push(wire);
const typesOf = (events: readonly Http2Event[]) => events.map(({ type }) => type);
const errorOf = (events: readonly Http2Event[]) => {
  const found = events.find((event) => event.type === 'error');
  return found?.type === 'error' ? found.error : undefined;
};

/** Two ends, and what each was told; `run` carries octets until both are silent. */
function pair(options: { client?: object; server?: object } = {}) {
  const client = new Http2Connection({ role: 'client', ...options.client });
  const server = new Http2Connection({ role: 'server', ...options.server });
  const told = { client: [] as Http2Event[], server: [] as Http2Event[] };
  const run = () => {
    for (;;) {
      const [up, down] = [client.takeOutput(), server.takeOutput()];
      if (up.length + down.length === 0) return told;
      told.server.push(...server.receive(up));
      told.client.push(...client.receive(down));
    }
  };
  return { client, server, told, run };
}

describe('two ends', () => {
  test('exchange settings, a request, a response with trailers, and end the stream on both sides', () => {
    const { client, server, told, run } = pair();
    const id = client.request(GET, { endStream: true });
    run();
    expect(id).toBe(1);
    expect(told.server.at(-1)).toMatchObject({ type: 'settings-acknowledged' });
    expect(told.server.find(({ type }) => type === 'headers')).toMatchObject({
      kind: 'request',
      fields: GET,
      endStream: true,
    });
    expect(server.streams.get(1)?.state).toBe('half-closed (remote)');

    server.sendHeaders(1, status('103'), { endStream: false });
    server.sendHeaders(1, status('200'), { endStream: false });
    server.sendData(1, octets(3), { endStream: false });
    server.sendHeaders(1, [{ name: 'x-sum', value: '3' }], { endStream: true });
    run();
    expect(
      told.client
        .filter((event) => 'streamId' in event)
        .map((event) => ('kind' in event ? event.kind : event.type)),
    ).toEqual(['informational', 'response', 'data', 'trailers']);
    expect(client.streams.get(1)).toMatchObject({ state: 'closed', closedBy: 'end' });
    expect(errorOf([...told.client, ...told.server])).toBeUndefined();
  });

  test('keep to the peer’s frame size, with CONTINUATION where a field block is longer', () => {
    const { client, run, told } = pair();
    run();
    const long = { name: 'x-long', value: 'Q'.repeat(40_000) };
    client.request([...GET, long], { endStream: true });
    const frames = framesOf(client.takeOutput());
    expect(frames.map(({ type }) => type)).toEqual(['HEADERS', 'CONTINUATION', 'CONTINUATION']);
    for (const frame of frames) expect(encodeFrame(frame).length).toBeLessThanOrEqual(9 + 16_384);
    expect(told.server).toHaveLength(2);
  });

  test('content waits for credit of the stream and of the connection, and all of it arrives', () => {
    const { client, server, run, told } = pair({ server: { autoConsume: false } });
    run();
    client.request([{ name: ':method', value: 'POST' }, ...GET.slice(1)], { endStream: false });
    client.sendData(1, octets(100_000), { endStream: true });
    run();
    const got = () =>
      told.server.reduce((sum, event) => sum + (event.type === 'data' ? event.data.length : 0), 0);
    expect(got()).toBe(65_535);
    expect(client.sendWindow.available).toBe(0);
    server.consume(1, 30_000);
    run();
    expect(got()).toBe(95_535);
    server.consume(1, 65_535);
    run();
    expect(got()).toBe(100_000);
    expect(told.server.at(-1)).toMatchObject({ type: 'data', endStream: true });
  });

  test('a smaller table is signalled and followed', () => {
    const { client, run, told } = pair({ server: { settings: { headerTableSize: 64 } } });
    run();
    for (let i = 0; i < 5; i++)
      client.request([...GET, { name: 'x-n', value: String(i) }], { endStream: true });
    run();
    expect(errorOf(told.server)).toBeUndefined();
    expect(told.server.filter(({ type }) => type === 'headers')).toHaveLength(5);
  });

  test('any conversation of theirs is free of errors (property)', () => {
    const step = fc.record({ stream: fc.nat({ max: 4 }), size: fc.nat({ max: 40_000 }), end: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { client, run, told } = pair();
        run();
        const ids = Array.from({ length: 5 }, () =>
          client.request([{ name: ':method', value: 'POST' }, ...GET.slice(1)], { endStream: false }),
        );
        let sent = 0;
        const ended = new Set<number>();
        for (const { stream, size, end } of steps) {
          const id = ids[stream]!;
          if (ended.has(id)) continue;
          client.sendData(id, new Uint8Array(size), { endStream: end });
          sent += size;
          if (end) ended.add(id);
        }
        run();
        expect(errorOf([...told.client, ...told.server])).toBeUndefined();
        expect(
          told.server.reduce((sum, event) => sum + (event.type === 'data' ? event.data.length : 0), 0),
        ).toBe(sent);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a server', () => {
  const server = (settings = {}) => {
    const connection = new Http2Connection({ role: 'server', settings });
    connection.receive(opening);
    connection.takeOutput();
    return connection;
  };

  test('RFC 9113 §6.9.1: a peer that sends more than its credit is stopped', () => {
    const connection = server();
    connection.receive(headers([{ name: ':method', value: 'POST' }, ...GET.slice(1)], { endStream: false }));
    const data = encodeFrame({ type: 'DATA', streamId: 1, endStream: false, data: octets(16_384) });
    const strict = new Http2Connection({ role: 'server', autoConsume: false });
    strict.receive(opening);
    strict.receive(headers([{ name: ':method', value: 'POST' }, ...GET.slice(1)], { endStream: false }));
    for (let i = 0; i < 3; i++) expect(errorOf(strict.receive(data))).toBeUndefined();
    expect(errorOf(strict.receive(data))).toMatchObject({
      code: 'HTTP2_WINDOW_EXCEEDED',
      errorName: 'FLOW_CONTROL_ERROR',
    });
    for (let i = 0; i < 8; i++) expect(errorOf(connection.receive(data))).toBeUndefined();
  });

  test('RFC 9113 §10.5: field blocks without end, floods of pings and of resets are not taken', () => {
    const begun = encodeFrame({
      type: 'HEADERS',
      streamId: 1,
      endStream: true,
      endHeaders: false,
      fragment: octets(0),
    });
    const empty = encodeFrame({ type: 'CONTINUATION', streamId: 1, endHeaders: false, fragment: octets(0) });
    const flooded = server();
    flooded.receive(begun);
    let error = undefined;
    for (let i = 0; i < 200 && !error; i++) error = errorOf(flooded.receive(empty));
    expect(error).toMatchObject({ code: 'HTTP2_FIELD_BLOCK_TOO_LARGE', errorName: 'ENHANCE_YOUR_CALM' });

    const pinged = server();
    const ping = encodeFrame({ type: 'PING', streamId: 0, ack: false, opaqueData: octets(8) });
    error = undefined;
    for (let i = 0; i < 100_000 && !error; i++) error = errorOf(pinged.receive(ping));
    expect(error).toMatchObject({ code: 'HTTP2_TOO_MUCH', errorName: 'ENHANCE_YOUR_CALM' });

    const reset = server();
    error = undefined;
    for (let i = 0; i < 2_000 && !error; i++) {
      reset.receive(headers(GET, {}, 2 * i + 1));
      error = errorOf(reset.receive(encodeFrame({ type: 'RST_STREAM', streamId: 2 * i + 1, errorCode: 8 })));
    }
    expect(error).toMatchObject({ code: 'HTTP2_TOO_MUCH' });
  });

  test('RFC 9113 §4.3: a block on a stream that we reset still changes the table', () => {
    const connection = server();
    connection.receive(headers(GET));
    connection.reset(1, ERROR_CODES.CANCEL);
    const late = encodeFrame({
      ...{ type: 'HEADERS', streamId: 1, endStream: true, endHeaders: true },
      fragment: Uint8Array.of(0x40, 1, 0x61, 1, 0x62),
    });
    expect(connection.receive(late)).toEqual([]);
    const next = encodeFrame({
      ...{ type: 'HEADERS', streamId: 3, endStream: true, endHeaders: true },
      fragment: Uint8Array.of(0x82, 0x86, 0x84, 0xbe),
    });
    expect(connection.receive(next)).toMatchObject([
      { type: 'headers', fields: expect.arrayContaining([{ name: 'a', value: 'b' }]) as unknown },
    ]);
  });

  test('RFC 9218: the Priority field and PRIORITY_UPDATE decide what is sent first', () => {
    const connection = server();
    const urgent = (u: string) => [...GET, { name: 'priority', value: u }];
    connection.receive(headers(urgent('u=5'), {}, 1));
    connection.receive(headers(urgent('u=0'), {}, 3));
    connection.receive(headers(GET, {}, 5));
    const events = connection.receive(
      encodeFrame({ type: 'PRIORITY_UPDATE', streamId: 0, prioritizedStreamId: 5, value: 'u=1, i' }),
    );
    expect(events).toEqual([{ type: 'priority', streamId: 5, priority: { urgency: 1, incremental: true } }]);
    // No credit until all three wait.
    connection.receive(encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [[4, 0]] }));
    for (const id of [1, 3, 5]) {
      connection.sendHeaders(id, status('200'), { endStream: false });
      connection.sendData(id, octets(10), { endStream: true });
    }
    connection.takeOutput();
    connection.receive(encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [[4, 100]] }));
    const order = framesOf(connection.takeOutput()).flatMap((frame) =>
      frame.type === 'DATA' ? [frame.streamId] : [],
    );
    expect(order).toEqual([3, 5, 1]);
  });
});

describe('a client', () => {
  const client = () => {
    const connection = new Http2Connection({ role: 'client', settings: { enablePush: true } });
    connection.receive(encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [] }));
    connection.request(GET, { endStream: true });
    connection.takeOutput();
    return connection;
  };
  const push = (promisedStreamId: number): Http2Frame => ({
    ...{ type: 'PUSH_PROMISE', streamId: 1, endHeaders: true, promisedStreamId },
    fragment: Uint8Array.of(0x82, 0x86, 0x84),
  });

  test('sends the preface and its settings first, and turns push off', () => {
    const wire = new Http2Connection({ role: 'client' }).takeOutput();
    expect(wire.subarray(0, 24)).toEqual(CLIENT_PREFACE);
    expect(framesOf(wire.subarray(24))).toEqual([
      { type: 'SETTINGS', streamId: 0, ack: false, settings: [[2, 0]] },
    ]);
  });

  test('RFC 9113 §8.4: takes a pushed response where push is on, and a promise nowhere else', () => {
    const connection = client();
    expect(typesOf(connection.receive(encodeFrame(push(2))))).toEqual(['push']);
    const response = encodeFrame({
      ...{ type: 'HEADERS', streamId: 2, endStream: true, endHeaders: true },
      fragment: Uint8Array.of(0x88),
    });
    expect(connection.receive(response)).toMatchObject([{ type: 'headers', kind: 'response', streamId: 2 }]);
    expect(connection.streams.get(2)?.state).toBe('closed');
    expect(errorOf(connection.receive(encodeFrame(push(2))))?.code).toBe('HTTP2_STREAM_ID_WRONG');
    const plain = new Http2Connection({ role: 'client' });
    plain.receive(encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [] }));
    plain.request(GET, { endStream: true });
    expect(errorOf(plain.receive(encodeFrame(push(2))))?.code).toBe('HTTP2_PUSH_NOT_ALLOWED');
  });

  test('RFC 9110 §8.6: a response to HEAD may name a length', () => {
    const connection = client();
    const id = connection.request([{ name: ':method', value: 'HEAD' }, ...GET.slice(1)], { endStream: true });
    const answer = (streamId: number) =>
      headers([...status('200'), { name: 'content-length', value: '5' }], {}, streamId);
    expect(errorOf(connection.receive(answer(id)))).toBeUndefined();
    expect(errorOf(connection.receive(answer(1)))?.code).toBe('HTTP2_MESSAGE_MALFORMED');
  });

  test('RFC 9113 §6.5.2: refuses ENABLE_PUSH = 1 from a server', () => {
    const events = client().receive(
      encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [[2, 1]] }),
    );
    expect(errorOf(events)?.code).toBe('HTTP2_SETTING_OUT_OF_RANGE');
  });

  test('keeps to the number of streams that the peer allows', () => {
    const connection = new Http2Connection({ role: 'client' });
    connection.receive(encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [[3, 1]] }));
    connection.request(GET, { endStream: true });
    expect(() => connection.request(GET, { endStream: true })).toThrow(RangeError);
  });
});

test('RFC 9113 §5.1: the diagram has its edges, and no stream leaves closed', () => {
  expect(stepStream('idle', 'receive HEADERS')).toBe('open');
  expect(stepStream('half-closed (local)', 'send HEADERS')).toBeUndefined();
  expect(STREAM_TRANSITIONS.closed).toEqual({});
  for (const state of [
    'open',
    'half-closed (local)',
    'half-closed (remote)',
    'reserved (local)',
    'reserved (remote)',
  ] as const)
    expect(stepStream(state, 'receive RST_STREAM')).toBe('closed');
});

test('any octets end in events, never in an exception', () => {
  const runs = Number(process.env.FUZZ_RUNS ?? 3_000);
  const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`http2 connection fuzz: ${runs} runs, seed ${seed}`);
  const parts = Object.values(h2specCases)
    .flat()
    .filter(({ length }) => length < 200);
  const wire = fc
    .tuple(
      fc.array(fc.constantFrom(...parts), { maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }),
    )
    .map(([list, changes]) => {
      const all = Uint8Array.from(list.flatMap((part) => [...part]));
      for (const [at, octet] of changes) if (all.length > 0) all[at % all.length] = octet;
      return all;
    });
  fc.assert(
    fc.property(wire, (all) => {
      const connection = new Http2Connection({ role: 'server' });
      connection.receive(opening);
      for (const event of connection.receive(all)) {
        if (event.type !== 'headers' || event.kind !== 'request') continue;
        if (connection.streams.get(event.streamId)?.maySend)
          connection.sendHeaders(event.streamId, status('200'), { endStream: true });
      }
      expect(connection.takeOutput().length).toBeLessThan(100_000);
    }),
    { numRuns: runs, seed },
  );
});
