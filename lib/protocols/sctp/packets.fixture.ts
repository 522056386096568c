import fc from 'fast-check';
import type { Chunk, DataChunk, Parameter, SctpPacket } from './packet';

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const octets = (minLength: number) => fc.uint8Array({ minLength, maxLength: 40 });
const parameters: fc.Arbitrary<Parameter[]> = fc.array(fc.record({ type: uint16, value: octets(0) }), {
  maxLength: 4,
});

export const dataChunks: fc.Arbitrary<DataChunk> = fc.record({
  kind: fc.constant('data'),
  immediate: fc.boolean(),
  unordered: fc.boolean(),
  begin: fc.boolean(),
  end: fc.boolean(),
  tsn: uint32,
  streamId: uint16,
  streamSeq: uint16,
  ppid: uint32,
  userData: octets(1),
});

const bundled: fc.Arbitrary<Chunk> = fc.oneof(
  dataChunks,
  fc.record({
    kind: fc.constant('sack' as const),
    cumulativeTsn: uint32,
    aRwnd: uint32,
    gapBlocks: fc.array(
      fc.tuple(fc.integer({ min: 2, max: 0xffff }), uint16).map(([start, more]) => ({
        start,
        end: Math.min(0xffff, start + more),
      })),
      { maxLength: 4 },
    ),
    duplicateTsns: fc.array(uint32, { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constantFrom('heartbeat' as const, 'heartbeat-ack' as const), params: parameters }),
  fc.record({
    kind: fc.constantFrom('abort' as const, 'error' as const),
    tagReflected: fc.boolean(),
    causes: parameters,
  }),
  fc.record({ kind: fc.constant('cookie-echo' as const), cookie: octets(0) }),
  fc.record({ kind: fc.constant('shutdown' as const), cumulativeTsn: uint32 }),
  fc.record({
    kind: fc.constantFrom('cookie-ack' as const, 'shutdown-ack' as const),
    tagReflected: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('forward-tsn' as const),
    newCumulativeTsn: uint32,
    streams: fc.array(fc.record({ streamId: uint16, streamSeq: uint16 }), { maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('unknown' as const),
    type: fc.constantFrom(12, 15, 64, 130, 132, 200),
    flags: fc.integer({ min: 0, max: 255 }),
    value: octets(0),
  }),
);

const init: fc.Arbitrary<Chunk> = fc.record({
  kind: fc.constantFrom('init' as const, 'init-ack' as const),
  initiateTag: uint32.filter((tag) => tag > 0),
  aRwnd: uint32,
  outStreams: uint16.filter((count) => count > 0),
  inStreams: uint16.filter((count) => count > 0),
  initialTsn: uint32,
  params: parameters,
});

/** Any packet that may be sent. */
export const packets: fc.Arbitrary<SctpPacket> = fc.record({
  sourcePort: uint16,
  destinationPort: uint16,
  verificationTag: uint32,
  chunks: fc.oneof(
    fc.array(bundled, { maxLength: 5 }),
    init.map((chunk) => [chunk]),
  ),
});
