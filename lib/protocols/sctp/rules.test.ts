import { describe, expect, test } from 'vitest';
import {
  Association,
  type AssociationEvent,
  type AssociationOptions,
  type AssociationOutput,
  CAUSE_CODES,
  type Chunk,
  type DataChunk,
  decodePacket,
  encodePacket,
  Inbound,
  Outbound,
  PARAMETER_TYPES,
  type Parameter,
  type SctpPacket,
} from './index';

const none = new Uint8Array();

/** Two ends without a clock between them: `settle` carries packets to and fro until neither has more to say. */
function createEnds(options: Partial<AssociationOptions> = {}) {
  const left = new Association({ port: 5000, tag: 1, initialTsn: 10, ...options });
  const right = new Association({ port: 5000, tag: 2, initialTsn: 20 });
  const events: Record<'left' | 'right', AssociationEvent[]> = { left: [], right: [] };
  const settle = (outputs: { left?: AssociationOutput; right?: AssociationOutput }, nowMs = 0) => {
    const toRight = [...(outputs.left?.packets ?? [])];
    const toLeft = [...(outputs.right?.packets ?? [])];
    events.left.push(...(outputs.left?.events ?? []));
    events.right.push(...(outputs.right?.events ?? []));
    while (toRight.length + toLeft.length > 0) {
      const [from, to, answers] = toRight.length > 0 ? [toRight, right, toLeft] : [toLeft, left, toRight];
      const output = to.receive(decodePacket(encodePacket(from.shift()!)), nowMs);
      answers.push(...output.packets);
      events[to === left ? 'left' : 'right'].push(...output.events);
    }
  };
  return { left, right, events, settle };
}

function createPair(options: Partial<AssociationOptions> = {}) {
  const ends = createEnds(options);
  ends.settle({ left: ends.left.open(0) });
  return ends;
}

const toRight = (...chunks: Chunk[]): SctpPacket => ({
  sourcePort: 5000,
  destinationPort: 5000,
  verificationTag: 2,
  chunks,
});
const unknown = (type: number): Chunk => ({ kind: 'unknown', type, flags: 3, value: Uint8Array.of(1, 2) });
const data = (tsn: number, change: Partial<DataChunk> = {}): DataChunk => ({
  kind: 'data',
  immediate: false,
  unordered: false,
  begin: true,
  end: true,
  tsn,
  streamId: 0,
  streamSeq: 0,
  ppid: 53,
  userData: Uint8Array.of(7),
  ...change,
});
const sack = (cumulativeTsn: number, gapBlocks: { start: number; end: number }[] = []) => ({
  kind: 'sack' as const,
  cumulativeTsn,
  aRwnd: 100_000,
  gapBlocks,
  duplicateTsns: [],
});
const kinds = ({ packets }: AssociationOutput) =>
  packets.flatMap(({ chunks }) => chunks.map(({ kind }) => kind));

describe('RFC 9260 §3.2: chunks of a type that is not known', () => {
  test.each([
    ['stop and be silent', 0x3e, ['established'], []],
    ['stop and tell', 0x7e, ['established'], [0x7e]],
    ['go on and be silent', 0xbe, ['established', 'message'], []],
    ['go on and tell', 0xfe, ['established', 'message'], [0xfe]],
  ])('the two high bits say to %s', (_what, type, heard, told) => {
    const { right, events } = createPair();
    const { packets, events: news } = right.receive(toRight(unknown(type), data(10)), 0);
    expect([...events.right, ...news].map(({ type: what }) => what)).toEqual(heard);
    const errors = packets.flatMap(({ chunks }) =>
      chunks.flatMap((it) => (it.kind === 'error' ? it.causes : [])),
    );
    expect(errors).toEqual(
      told.map((number) => ({
        type: CAUSE_CODES['Unrecognized Chunk Type'],
        value: Uint8Array.of(number, 3, 0, 6, 1, 2),
      })),
    );
  });
});

test('RFC 9260 §3.2.1: parameters of an INIT that are not known are told of, as their two high bits say', () => {
  const parameter = (type: number): Parameter => ({ type, value: Uint8Array.of(9) });
  const answerTo = (...params: Parameter[]) => {
    const right = new Association({ port: 5000, tag: 2, initialTsn: 20 });
    const init = {
      kind: 'init' as const,
      initiateTag: 1,
      aRwnd: 1000,
      outStreams: 1,
      inStreams: 1,
      initialTsn: 1,
    };
    const [packet] = right.receive({ ...toRight({ ...init, params }), verificationTag: 0 }, 0).packets;
    const [answer] = packet!.chunks;
    if (answer?.kind !== 'init-ack') throw new Error(answer?.kind);
    return answer.params.flatMap(({ type, value }) =>
      type === PARAMETER_TYPES['Unrecognized Parameter'] ? [value] : [],
    );
  };
  const octets = (type: number) => Uint8Array.of(type >> 8, type & 0xff, 0, 5, 9);
  expect(answerTo(parameter(0xc0de), parameter(0x80de), parameter(0x40de), parameter(0xc0df))).toEqual([
    octets(0xc0de),
    octets(0x40de),
  ]);
  expect(answerTo(parameter(0x00de), parameter(0xc0de))).toEqual([]);
  expect(answerTo({ type: PARAMETER_TYPES['Forward-TSN-Supported'], value: none })).toEqual([]);
});

describe('RFC 9260 §5.1.1, §6.5: streams', () => {
  test('no more are used than the other end takes', () => {
    const { left, right } = createPair({ streams: 3 });
    const message = (streamId: number) => ({ streamId, ppid: 53, unordered: false, data: Uint8Array.of(1) });
    for (const end of [left, right]) {
      expect(kinds(end.send(message(2), 0))).toEqual(['data']);
      expect(() => end.send(message(3), 0)).toThrow(expect.objectContaining({ code: 'SCTP_STREAM_UNKNOWN' }));
    }
  });

  test('data on a stream that was not agreed on is acknowledged, told, and thrown away', () => {
    const { right } = createPair({ streams: 3 });
    const { packets, events } = right.receive(toRight(data(10, { streamId: 3 })), 0);
    expect(events).toEqual([]);
    expect(packets.flatMap(({ chunks }) => chunks)).toMatchObject([
      { kind: 'error', causes: [{ type: 1, value: Uint8Array.of(0, 3, 0, 0) }] },
      { kind: 'sack', cumulativeTsn: 10 },
    ]);
  });
});

describe('RFC 9260 §9.2: shutdown', () => {
  test('of both ends at once comes to an end', () => {
    const { left, right, events, settle } = createPair();
    settle({ left: left.shutdown(5), right: right.shutdown(5) }, 5);
    expect([left.state, right.state]).toEqual(['CLOSED', 'CLOSED']);
    expect([events.left.at(-1), events.right.at(-1)]).toEqual([{ type: 'closed' }, { type: 'closed' }]);
  });

  test('whoever has sent SHUTDOWN says so again to each packet with data', () => {
    const { right } = createPair();
    expect(kinds(right.shutdown(0))).toEqual(['shutdown']);
    expect(kinds(right.receive(toRight(data(10)), 0))).toEqual(['sack', 'shutdown']);
  });

  test('SHUTDOWN acknowledges as a SACK does', () => {
    const { right } = createPair();
    right.send({ streamId: 0, ppid: 53, unordered: false, data: Uint8Array.of(1) }, 0);
    expect(kinds(right.receive(toRight({ kind: 'shutdown', cumulativeTsn: 20 }), 0))).toEqual([
      'shutdown-ack',
    ]);
  });

  test('an INIT to whoever waits for SHUTDOWN COMPLETE gets SHUTDOWN ACK again', () => {
    const { right } = createPair();
    right.receive(toRight({ kind: 'shutdown', cumulativeTsn: 19 }), 0);
    expect(right.state).toBe('SHUTDOWN-ACK-SENT');
    const init = {
      kind: 'init' as const,
      initiateTag: 9,
      aRwnd: 1000,
      outStreams: 1,
      inStreams: 1,
      initialTsn: 1,
    };
    expect(kinds(right.receive({ ...toRight({ ...init, params: [] }), verificationTag: 0 }, 0))).toEqual([
      'shutdown-ack',
    ]);
  });

  test('SHUTDOWN ACK out of place ends nothing (§8.5.1)', () => {
    const { right } = createPair();
    right.receive(toRight({ kind: 'shutdown-ack', tagReflected: false }), 0);
    expect(right.state).toBe('ESTABLISHED');
  });
});

describe('limits of the receiving half', () => {
  test('a FORWARD TSN over all numbers of many streams costs no more than what waits (RFC 3758 §3.6)', () => {
    const inbound = new Inbound(1);
    inbound.receive(data(3, { streamSeq: 5 }));
    inbound.receive(data(4, { streamSeq: 4 }));
    const streams = Array.from({ length: 16_000 }, (_, streamId) => ({ streamId, streamSeq: 0x7fff }));
    expect(inbound.forward(4, streams)).toHaveLength(2);
    for (let round = 0; round < 3; round++) {
      const streamSeq = (0x7fff * (round + 2)) & 0xffff;
      expect(
        inbound.forward(
          5 + round,
          streams.map((stream) => ({ ...stream, streamSeq })),
        ),
      ).toEqual([]);
    }
  });

  test('a message in very many parts takes no longer for each part', () => {
    const inbound = new Inbound(1);
    const count = 60_000;
    const part = (index: number) =>
      data(1 + index, { begin: index === 0, end: index === count - 1, userData: Uint8Array.of(index & 255) });
    for (let index = 0; index < count - 1; index++) expect(inbound.receive(part(index))).toHaveLength(0);
    const [message] = inbound.receive(part(count - 1));
    expect(message!.data).toHaveLength(count);
    expect(message!.data[300]).toBe(44);
    expect(inbound.sack()).toMatchObject({ cumulativeTsn: count, aRwnd: 1_048_576 });
  });

  test('parts of a message that was given up leave the buffer, those behind the new TSN too (RFC 3758 §3.6)', () => {
    const inbound = new Inbound(1);
    inbound.receive(data(2, { begin: false, end: false }));
    inbound.receive(data(3, { begin: false, end: false }));
    expect(inbound.sack().aRwnd).toBe(1_048_574);
    inbound.forward(2, [{ streamId: 0, streamSeq: 0 }]);
    expect(inbound.sack()).toMatchObject({ cumulativeTsn: 3, aRwnd: 1_048_576, gapBlocks: [] });
  });

  test('chunks further ahead than a SACK can say are not taken (RFC 9260 §3.3.4)', () => {
    const inbound = new Inbound(1);
    expect(inbound.receive(data(0x10000, { unordered: true }))).toEqual([]);
    expect(inbound.receive(data(0xffff, { unordered: true }))).toHaveLength(1);
    expect(inbound.sack().gapBlocks).toEqual([{ start: 0xffff, end: 0xffff }]);
  });
});

describe('the sending half', () => {
  const outbound = () => new Outbound({ initialTsn: 1, mtuBytes: 1200, peerRwndBytes: 100_000 });
  const message = (octets: number) => ({
    streamId: 0,
    ppid: 53,
    unordered: false,
    data: new Uint8Array(octets),
  });
  const tsns = (packets: Chunk[][]) =>
    packets.map((chunks) => chunks.map((chunk) => (chunk.kind === 'data' ? chunk.tsn : chunk.kind)));

  test('RFC 7496 §3.2: the limit of retransmissions is of each chunk, and beyond it the message is given up', () => {
    const sending = outbound();
    sending.enqueue(message(3000), 0, { maxRetransmits: 1 });
    expect(tsns(sending.packetsToSend(0))).toEqual([[1], [2], [3]]);
    sending.timeout();
    expect(tsns(sending.packetsToSend(1000))).toEqual([[1], [2]]);
    sending.acknowledge(sack(1), 1050);
    expect(tsns(sending.packetsToSend(1050))).toEqual([[3]]);
    sending.timeout();
    expect(tsns(sending.packetsToSend(3050))).toEqual([['forward-tsn']]);
  });

  test('RFC 9260 §7.2.4: a fast retransmit does not wait for the window', () => {
    const sending = outbound();
    for (let i = 0; i < 40; i++) sending.enqueue(message(1000), 0);
    sending.window.cwndBytes = 20_000;
    expect(sending.packetsToSend(0)).toHaveLength(20);
    for (const end of [2, 3, 4]) sending.acknowledge(sack(0, [{ start: 2, end }]), 30);
    expect(sending.window.cwndBytes).toBe(10_000);
    expect(sending.flightBytes).toBe(16_000);
    expect(tsns(sending.packetsToSend(30))).toEqual([[1]]);
  });

  test('RFC 9260 §6.2.1: a SACK of what was never sent is no SACK', () => {
    const sending = outbound();
    sending.enqueue(message(10), 0);
    sending.packetsToSend(0);
    expect(sending.acknowledge(sack(2), 10)).toBe(false);
    expect(sending.isEmpty).toBe(false);
    expect(sending.acknowledge(sack(1), 10)).toBe(true);
    expect(sending.isEmpty).toBe(true);
  });
});
