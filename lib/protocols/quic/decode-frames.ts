import type { TraceSink } from '@/lib/bytes';
import { FRAME_TYPES, type AckRange, type Frame } from './frames';
import { MAX_CONNECTION_ID, MAX_PACKET_OCTETS, type PacketType } from './header';
import { OctetReader } from './octet-reader';
import { MAX_VARINT, varintLength } from './varint';

/** More streams than this could not be named: their ids would not fit (RFC 9000 §4.6). */
const MAX_STREAMS = 1n << 60n;

/**
 * The frames of a packet's payload (RFC 9000 §12.4, §19). The packet's type says which may be in it.
 * @throws QuicError with the transport error to close with
 */
export function decodeFrames(
  payload: Uint8Array,
  packetType: PacketType = '1-rtt',
  trace?: TraceSink,
): Frame[] {
  const reader = new OctetReader(payload, 'QUIC_FRAME_TRUNCATED', trace);
  if (payload.length === 0) throw reader.error('QUIC_PAYLOAD_EMPTY', 'nothing', 'at least one frame');
  if (payload.length > MAX_PACKET_OCTETS)
    throw reader.error('QUIC_PACKET_TOO_LONG', payload.length, `at most ${MAX_PACKET_OCTETS}`);
  const frames: Frame[] = [];
  while (reader.hasMore) frames.push(decodeFrame(reader, packetType));
  return frames;
}

function decodeFrame(reader: OctetReader, packetType: PacketType): Frame {
  const start = reader.at;
  const type = FRAME_TYPES.get(reader.bytes[start] ?? 0);
  reader.ref = type?.ref ?? 'RFC 9000 §12.4';
  const code = reader.varint(
    'frame type',
    (value) => FRAME_TYPES.get(Number(value))?.name ?? `0x${value.toString(16)}`,
  );
  const known = FRAME_TYPES.get(Number(code));
  if (!known) throw reader.error('QUIC_FRAME_TYPE_UNKNOWN', `0x${code.toString(16)}`, '0x00 to 0x1e', start);
  if (reader.at - start > varintLength(code))
    throw reader.error('QUIC_FRAME_TYPE_NOT_SHORTEST', `${reader.at - start} octets`, 'one octet', start);
  if (!known.packets.includes(packetType))
    throw reader.error(
      'QUIC_FRAME_NOT_ALLOWED',
      `${known.name} in ${packetType}`,
      known.packets.join(', '),
      start,
    );
  return decodeBody(reader, known.code);
}

function decodeBody(reader: OctetReader, code: number): Frame {
  switch (code) {
    case 0x00:
      return padding(reader);
    case 0x01:
      return { type: 'ping' };
    case 0x02:
    case 0x03:
      return ack(reader, code === 0x03);
    case 0x04: {
      const [streamId, errorCode] = [reader.varint('stream id'), reader.varint('application error code')];
      return { type: 'reset-stream', streamId, errorCode, finalSize: reader.varint('final size') };
    }
    case 0x05:
      return {
        type: 'stop-sending',
        streamId: reader.varint('stream id'),
        errorCode: reader.varint('application error code'),
      };
    case 0x06: {
      const offset = reader.varint('offset');
      return { type: 'crypto', offset, data: data(reader, offset, reader.length('length'), 'crypto data') };
    }
    case 0x07: {
      const length = reader.length('token length');
      if (length === 0) throw reader.error('QUIC_TOKEN_EMPTY', 0, 'a token', reader.at - 1);
      return { type: 'new-token', token: reader.take(length, 'token') };
    }
    case 0x10:
      return { type: 'max-data', maximum: reader.varint('maximum data') };
    case 0x11:
      return {
        type: 'max-stream-data',
        streamId: reader.varint('stream id'),
        maximum: reader.varint('maximum stream data'),
      };
    case 0x12:
    case 0x13:
      return {
        type: 'max-streams',
        direction: directionOf(code),
        maximum: streamCount(reader, 'maximum streams'),
      };
    case 0x14:
      return { type: 'data-blocked', limit: reader.varint('maximum data') };
    case 0x15:
      return {
        type: 'stream-data-blocked',
        streamId: reader.varint('stream id'),
        limit: reader.varint('maximum stream data'),
      };
    case 0x16:
    case 0x17:
      return {
        type: 'streams-blocked',
        direction: directionOf(code),
        limit: streamCount(reader, 'maximum streams'),
      };
    case 0x18:
      return newConnectionId(reader);
    case 0x19:
      return { type: 'retire-connection-id', sequence: reader.varint('sequence number') };
    case 0x1a:
      return { type: 'path-challenge', data: reader.take(8, 'data') };
    case 0x1b:
      return { type: 'path-response', data: reader.take(8, 'data') };
    case 0x1c:
    case 0x1d:
      return connectionClose(reader, code === 0x1c);
    case 0x1e:
      return { type: 'handshake-done' };
    default:
      return stream(reader, code);
  }
}

function padding(reader: OctetReader): Frame {
  let end = reader.at;
  while (end < reader.bytes.length && reader.bytes[end] === 0) end++;
  const more = end - reader.at;
  reader.take(more, 'more PADDING', () => `${more} octets`);
  return { type: 'padding', length: more + 1 };
}

/** Ranges are written as gaps and lengths downward from the largest (RFC 9000 §19.3.1). */
function ack(reader: OctetReader, hasEcn: boolean): Frame {
  let largest = reader.varint('largest acknowledged');
  const delay = reader.varint('ACK delay');
  const count = reader.varint('ACK range count');
  const ranges: AckRange[] = [];
  for (let i = 0n; i <= count; i++) {
    if (i > 0n) largest = (ranges.at(-1)?.smallest ?? 0n) - reader.varint('gap') - 2n;
    const smallest = largest - reader.varint(i === 0n ? 'first ACK range' : 'ACK range length');
    if (smallest < 0n) throw reader.error('QUIC_ACK_RANGE_WRONG', smallest, 'no packet number below 0');
    ranges.push({ smallest, largest });
  }
  if (!hasEcn) return { type: 'ack', ranges, delay };
  const ecn = {
    ect0: reader.varint('ECT0 count'),
    ect1: reader.varint('ECT1 count'),
    ce: reader.varint('ECN-CE count'),
  };
  return { type: 'ack', ranges, delay, ecn };
}

/** 0b00001OLF: is there an offset, is there a length, is this the end (RFC 9000 §19.8). */
function stream(reader: OctetReader, code: number): Frame {
  const streamId = reader.varint('stream id');
  const offset = (code & 0x04) === 0 ? 0n : reader.varint('offset');
  const hasLength = (code & 0x02) !== 0;
  const octets = data(reader, offset, hasLength ? reader.length('length') : reader.remaining, 'stream data');
  const fin = (code & 0x01) !== 0;
  const frame = { type: 'stream' as const, streamId, offset, fin, data: octets };
  return hasLength ? frame : { ...frame, extendsToEnd: true };
}

function data(reader: OctetReader, offset: bigint, length: number, name: string): Uint8Array {
  if (offset + BigInt(length) > MAX_VARINT)
    throw reader.error('QUIC_OFFSET_TOO_LARGE', offset, 'an end below 2^62');
  return reader.take(length, name, () => `${length} octets`);
}

function directionOf(code: number): 'bidirectional' | 'unidirectional' {
  return (code & 1) === 0 ? 'bidirectional' : 'unidirectional';
}

function streamCount(reader: OctetReader, name: string): bigint {
  const start = reader.at;
  const count = reader.varint(name);
  if (count > MAX_STREAMS) throw reader.error('QUIC_STREAM_COUNT_TOO_LARGE', count, 'at most 2^60', start);
  return count;
}

function newConnectionId(reader: OctetReader): Frame {
  const start = reader.at;
  const sequence = reader.varint('sequence number');
  const retirePriorTo = reader.varint('retire prior to');
  if (retirePriorTo > sequence)
    throw reader.error('QUIC_RETIRE_PRIOR_TO_WRONG', retirePriorTo, `at most ${sequence}`, start);
  const length = reader.uint(1, 'length');
  if (length < 1 || length > MAX_CONNECTION_ID)
    throw reader.error('QUIC_FRAME_TRUNCATED', length, `1 to ${MAX_CONNECTION_ID}`, reader.at - 1);
  const connectionId = reader.take(length, 'connection id');
  const statelessResetToken = reader.take(16, 'stateless reset token');
  return { type: 'new-connection-id', sequence, retirePriorTo, connectionId, statelessResetToken };
}

function connectionClose(reader: OctetReader, isTransport: boolean): Frame {
  const errorCode = reader.varint('error code');
  const frameType = isTransport ? reader.varint('frame type') : undefined;
  const reason = reader.take(reader.length('reason phrase length'), 'reason phrase', (octets) =>
    new TextDecoder().decode(octets),
  );
  const layer = isTransport ? 'transport' : 'application';
  return {
    type: 'connection-close',
    layer,
    errorCode,
    ...(frameType !== undefined && { frameType }),
    reason,
  };
}
