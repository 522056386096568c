import { joinOctets } from '@/lib/bytes';
import { QuicError } from './errors';
import type { AckRange, Frame } from './frames';
import { encodeVarint } from './varint';

/** Frames one after another, each varint as short as it can be (RFC 9000 §19). @throws QuicError */
export function encodeFrames(frames: readonly Frame[]): Uint8Array {
  for (const [index, frame] of frames.entries())
    if (frame.type === 'stream' && frame.extendsToEnd === true && index < frames.length - 1)
      throw wrong('a STREAM frame without length before another', 'it last');
  return joinOctets(frames.map(encodeFrame));
}

/** One frame. @throws QuicError QUIC_FIELD_OUT_OF_RANGE, QUIC_VARINT_OUT_OF_RANGE */
export function encodeFrame(frame: Frame): Uint8Array {
  switch (frame.type) {
    case 'padding':
      return new Uint8Array(frame.length);
    case 'ping':
      return varints(0x01);
    case 'ack':
      return ack(frame);
    case 'reset-stream':
      return varints(0x04, frame.streamId, frame.errorCode, frame.finalSize);
    case 'stop-sending':
      return varints(0x05, frame.streamId, frame.errorCode);
    case 'crypto':
      return joinOctets([varints(0x06, frame.offset, frame.data.length), frame.data]);
    case 'new-token':
      if (frame.token.length === 0) throw wrong('no token', 'at least one octet');
      return joinOctets([varints(0x07, frame.token.length), frame.token]);
    case 'stream':
      return stream(frame);
    case 'max-data':
      return varints(0x10, frame.maximum);
    case 'max-stream-data':
      return varints(0x11, frame.streamId, frame.maximum);
    case 'max-streams':
      return varints(frame.direction === 'bidirectional' ? 0x12 : 0x13, frame.maximum);
    case 'data-blocked':
      return varints(0x14, frame.limit);
    case 'stream-data-blocked':
      return varints(0x15, frame.streamId, frame.limit);
    case 'streams-blocked':
      return varints(frame.direction === 'bidirectional' ? 0x16 : 0x17, frame.limit);
    case 'new-connection-id': {
      const { connectionId, statelessResetToken } = frame;
      if (connectionId.length < 1 || connectionId.length > 20)
        throw wrong(`${connectionId.length} octets`, '1 to 20');
      if (statelessResetToken.length !== 16)
        throw wrong(`${statelessResetToken.length} octets`, 'a token of 16');
      const start = varints(0x18, frame.sequence, frame.retirePriorTo);
      return joinOctets([start, Uint8Array.of(connectionId.length), connectionId, statelessResetToken]);
    }
    case 'retire-connection-id':
      return varints(0x19, frame.sequence);
    case 'path-challenge':
    case 'path-response':
      if (frame.data.length !== 8) throw wrong(`${frame.data.length} octets`, '8');
      return joinOctets([varints(frame.type === 'path-challenge' ? 0x1a : 0x1b), frame.data]);
    case 'connection-close': {
      const { layer, errorCode, frameType = 0n, reason } = frame;
      const start = layer === 'transport' ? varints(0x1c, errorCode, frameType) : varints(0x1d, errorCode);
      return joinOctets([start, varints(reason.length), reason]);
    }
    case 'handshake-done':
      return varints(0x1e);
  }
}

const varints = (...values: (bigint | number)[]) => joinOctets(values.map((value) => encodeVarint(value)));

function ack({ ranges, delay, ecn }: Extract<Frame, { type: 'ack' }>): Uint8Array {
  const [first, ...others] = ranges;
  if (!first) throw wrong('no range', 'at least one');
  const values = [first.largest, delay, BigInt(others.length), first.largest - first.smallest];
  let above: AckRange = first;
  for (const range of others) {
    // A gap of g leaves g + 1 packets out, so two ranges cannot touch (RFC 9000 §19.3.1).
    values.push(above.smallest - range.largest - 2n, range.largest - range.smallest);
    above = range;
  }
  if (ecn) values.push(ecn.ect0, ecn.ect1, ecn.ce);
  return varints(ecn ? 0x03 : 0x02, ...values);
}

function stream({
  streamId,
  offset,
  fin,
  data,
  extendsToEnd = false,
}: Extract<Frame, { type: 'stream' }>): Uint8Array {
  const type = 0x08 | (offset > 0n ? 0x04 : 0) | (extendsToEnd ? 0 : 0x02) | (fin ? 0x01 : 0);
  const fields: (bigint | number)[] = [type, streamId];
  if (offset > 0n) fields.push(offset);
  if (!extendsToEnd) fields.push(data.length);
  return joinOctets([varints(...fields), data]);
}

function wrong(seen: string, expected: string): QuicError {
  return new QuicError('QUIC_FIELD_OUT_OF_RANGE', 0, seen, expected);
}
