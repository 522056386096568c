import type { TraceSink } from '@/lib/bytes';
import { SctpError } from './errors';
import { type BareChunk, type Chunk, CHUNK_HEADER_OCTETS, type GapBlock } from './packet';
import { decodeParameters } from './parameters';
import { CAUSE_CODES, CHUNK_TYPES, PARAMETER_TYPES } from './registry';
import { traceChunkValue } from './trace';

const BARE: Readonly<Record<number, BareChunk['kind']>> = {
  [CHUNK_TYPES['COOKIE ACK']]: 'cookie-ack',
  [CHUNK_TYPES['SHUTDOWN ACK']]: 'shutdown-ack',
  [CHUNK_TYPES['SHUTDOWN COMPLETE']]: 'shutdown-complete',
};

const INIT_PARAMETERS = { word: 'Parameter', registry: PARAMETER_TYPES, ref: 'RFC 9260 §3.2.1' };
const ERROR_CAUSES = { word: 'Cause', registry: CAUSE_CODES, ref: 'RFC 9260 §3.3.10' };

/** Octets of the fixed part of each chunk that has one, its header included. */
const LEAST: Readonly<Record<number, number>> = {
  [CHUNK_TYPES.DATA]: 16,
  [CHUNK_TYPES.INIT]: 20,
  [CHUNK_TYPES['INIT ACK']]: 20,
  [CHUNK_TYPES.SACK]: 16,
  [CHUNK_TYPES.SHUTDOWN]: 8,
  [CHUNK_TYPES['FORWARD TSN']]: 8,
};

/** One chunk, `length` octets from `at`, all of which are there. */
export function decodeChunk(
  bytes: Uint8Array,
  at: number,
  type: number,
  flags: number,
  length: number,
  trace?: TraceSink,
): Chunk {
  const least = LEAST[type] ?? CHUNK_HEADER_OCTETS;
  if (length < least)
    throw new SctpError('SCTP_CHUNK_LENGTH_WRONG', at + 2, `length ${length}`, `at least ${least}`);
  return readValue(bytes, at, type, flags, length, trace);
}

function readValue(
  bytes: Uint8Array,
  at: number,
  type: number,
  flags: number,
  length: number,
  trace?: TraceSink,
): Chunk {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, length);
  const end = at + length;
  const done = <C extends Chunk>(chunk: C): C => {
    if (trace) traceChunkValue(trace, at, chunk);
    return chunk;
  };
  switch (type) {
    case CHUNK_TYPES.DATA:
      if (length === 16)
        throw new SctpError(
          'SCTP_DATA_EMPTY',
          at + 2,
          'no user data',
          'at least one octet (RFC 9260 §3.3.1)',
        );
      return done({
        kind: 'data',
        immediate: (flags & 8) !== 0,
        unordered: (flags & 4) !== 0,
        begin: (flags & 2) !== 0,
        end: (flags & 1) !== 0,
        tsn: view.getUint32(4),
        streamId: view.getUint16(8),
        streamSeq: view.getUint16(10),
        ppid: view.getUint32(12),
        userData: bytes.subarray(at + 16, end),
      });
    case CHUNK_TYPES.INIT:
    case CHUNK_TYPES['INIT ACK']: {
      const fixed = done({
        kind: type === CHUNK_TYPES.INIT ? 'init' : 'init-ack',
        initiateTag: view.getUint32(4),
        aRwnd: view.getUint32(8),
        outStreams: view.getUint16(12),
        inStreams: view.getUint16(14),
        initialTsn: view.getUint32(16),
        params: [],
      });
      if (fixed.initiateTag === 0) throw new SctpError('SCTP_TAG_ZERO', at + 4, 'tag 0', 'any other');
      if (fixed.outStreams === 0 || fixed.inStreams === 0)
        throw new SctpError('SCTP_STREAM_COUNT_ZERO', at + 12, 'no streams', 'at least one each way');
      return { ...fixed, params: decodeParameters(bytes, at + 20, end, INIT_PARAMETERS, trace) };
    }
    case CHUNK_TYPES.SACK:
      return done(readSack(view, at));
    case CHUNK_TYPES.HEARTBEAT:
    case CHUNK_TYPES['HEARTBEAT ACK']:
      return {
        kind: type === CHUNK_TYPES.HEARTBEAT ? 'heartbeat' : 'heartbeat-ack',
        params: decodeParameters(bytes, at + 4, end, INIT_PARAMETERS, trace),
      };
    case CHUNK_TYPES.ABORT:
    case CHUNK_TYPES.ERROR:
      return {
        kind: type === CHUNK_TYPES.ABORT ? 'abort' : 'error',
        tagReflected: (flags & 1) !== 0,
        causes: decodeParameters(bytes, at + 4, end, ERROR_CAUSES, trace),
      };
    case CHUNK_TYPES.SHUTDOWN:
      return done({ kind: 'shutdown', cumulativeTsn: view.getUint32(4) });
    case CHUNK_TYPES['COOKIE ECHO']:
      return done({ kind: 'cookie-echo', cookie: bytes.subarray(at + 4, end) });
    case CHUNK_TYPES['FORWARD TSN']:
      return done(readForwardTsn(view, at));
    default: {
      const bare = BARE[type];
      if (bare && length === CHUNK_HEADER_OCTETS) return { kind: bare, tagReflected: (flags & 1) !== 0 };
      return done({ kind: 'unknown', type, flags, value: bytes.subarray(at + 4, end) });
    }
  }
}

function readSack(view: DataView, at: number) {
  const [gaps, duplicates] = [view.getUint16(12), view.getUint16(14)];
  const expected = 16 + 4 * (gaps + duplicates);
  if (view.byteLength !== expected)
    throw new SctpError('SCTP_CHUNK_LENGTH_WRONG', at + 2, `length ${view.byteLength}`, `${expected}`);
  const gapBlocks: GapBlock[] = Array.from({ length: gaps }, (_, index) => ({
    start: view.getUint16(16 + 4 * index),
    end: view.getUint16(18 + 4 * index),
  }));
  const wrong = gapBlocks.findIndex(({ start, end }) => start < 2 || end < start);
  if (wrong >= 0)
    throw new SctpError(
      'SCTP_GAP_BLOCK_WRONG',
      at + 16 + 4 * wrong,
      `${gapBlocks[wrong]!.start} to ${gapBlocks[wrong]!.end}`,
      'a start of 2 or more, and an end not before it',
    );
  return {
    kind: 'sack' as const,
    cumulativeTsn: view.getUint32(4),
    aRwnd: view.getUint32(8),
    gapBlocks,
    duplicateTsns: Array.from({ length: duplicates }, (_, index) => view.getUint32(16 + 4 * (gaps + index))),
  };
}

function readForwardTsn(view: DataView, at: number) {
  if (view.byteLength % 4 !== 0)
    throw new SctpError('SCTP_CHUNK_LENGTH_WRONG', at + 2, `length ${view.byteLength}`, '8 and 4 a stream');
  return {
    kind: 'forward-tsn' as const,
    newCumulativeTsn: view.getUint32(4),
    streams: Array.from({ length: (view.byteLength - 8) / 4 }, (_, index) => ({
      streamId: view.getUint16(8 + 4 * index),
      streamSeq: view.getUint16(10 + 4 * index),
    })),
  };
}
