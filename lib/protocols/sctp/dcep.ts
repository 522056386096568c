import { ByteWriter, FieldTrace, type TraceSink } from '@/lib/bytes';
import { SctpError } from './errors';

/** How a data channel treats its messages: at most one of the two limits (RFC 8832 §5.1). */
export type ChannelReliability = {
  ordered: boolean;
  maxRetransmits?: number;
  maxPacketLifeTimeMs?: number;
};

/** DATA_CHANNEL_OPEN (RFC 8832 §5.1). `priority`: 128 below normal, 256 normal, 512 high, 1024 extra high. */
export type DataChannelOpen = {
  type: 'open';
  priority: number;
  label: string;
  protocol: string;
} & ChannelReliability;

/** A message of the Data Channel Establishment Protocol; travels with PPID 50. */
export type DcepMessage = DataChannelOpen | { type: 'ack' };

const OPEN = 0x03;
const ACK = 0x02;
const OPEN_HEADER_OCTETS = 12;
const UNORDERED = 0x80;
const CHANNEL_KINDS = ['reliable', 'retransmits', 'lifetime'] as const;
const MAX_TEXT_OCTETS = 65_535;

/**
 * Octets of one DCEP message (RFC 8832 §5). Lengths must fill the message exactly.
 * @throws SctpError SCTP_DCEP_TRUNCATED, SCTP_DCEP_TYPE_UNKNOWN, SCTP_DCEP_CHANNEL_TYPE_UNKNOWN, SCTP_DCEP_LENGTH_WRONG,
 *   SCTP_DCEP_TEXT_NOT_UTF8
 */
export function decodeDcep(bytes: Uint8Array, trace?: TraceSink): DcepMessage {
  const type = bytes[0];
  if (type === undefined) throw new SctpError('SCTP_DCEP_TRUNCATED', 0, 'nothing', 'a message type');
  if (type === ACK) return decodeAck(bytes, trace);
  if (type !== OPEN)
    throw new SctpError('SCTP_DCEP_TYPE_UNKNOWN', 0, `0x${type.toString(16)}`, '0x03 OPEN or 0x02 ACK');
  if (bytes.length < OPEN_HEADER_OCTETS)
    throw new SctpError('SCTP_DCEP_TRUNCATED', bytes.length, `${bytes.length} octets`, 'a header of 12');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const channelType = view.getUint8(1);
  const kind = CHANNEL_KINDS[channelType & 0x7f];
  if (!kind)
    throw new SctpError(
      'SCTP_DCEP_CHANNEL_TYPE_UNKNOWN',
      1,
      `0x${channelType.toString(16)}`,
      '0x00 to 0x02, or with 0x80 added',
    );
  const parameter = view.getUint32(4);
  const [labelLength, protocolLength] = [view.getUint16(8), view.getUint16(10)];
  const protocolAt = OPEN_HEADER_OCTETS + labelLength;
  if (protocolAt + protocolLength !== bytes.length)
    throw new SctpError(
      'SCTP_DCEP_LENGTH_WRONG',
      8,
      `label ${labelLength} and protocol ${protocolLength} octets`,
      `${bytes.length - OPEN_HEADER_OCTETS} together`,
    );
  const open: DataChannelOpen = {
    type: 'open',
    priority: view.getUint16(2),
    ordered: (channelType & UNORDERED) === 0,
    ...(kind === 'retransmits' ? { maxRetransmits: parameter } : {}),
    ...(kind === 'lifetime' ? { maxPacketLifeTimeMs: parameter } : {}),
    label: textOf(bytes, OPEN_HEADER_OCTETS, protocolAt),
    protocol: textOf(bytes, protocolAt, bytes.length),
  };
  if (trace) traceOpen(trace, open, channelType, parameter, labelLength, protocolLength);
  return open;
}

function decodeAck(bytes: Uint8Array, trace?: TraceSink): DcepMessage {
  if (bytes.length !== 1)
    throw new SctpError('SCTP_DCEP_LENGTH_WRONG', 1, `${bytes.length} octets`, 'the type alone');
  if (trace) new FieldTrace(trace, 'RFC 8832 §5.2').field(8, 'Message Type', 'DATA_CHANNEL_ACK');
  return { type: 'ack' };
}

/**
 * A DCEP message to octets (RFC 8832 §5).
 * @throws SctpError SCTP_FIELD_OUT_OF_RANGE: a number or a text that its field does not hold, or both limits
 */
export function encodeDcep(message: DcepMessage): Uint8Array {
  if (message.type === 'ack') return Uint8Array.of(ACK);
  const { maxRetransmits, maxPacketLifeTimeMs, priority } = message;
  const [label, protocol] = [message.label, message.protocol].map((text) => new TextEncoder().encode(text));
  const kind = maxRetransmits !== undefined ? 1 : maxPacketLifeTimeMs !== undefined ? 2 : 0;
  const parameter = maxRetransmits ?? maxPacketLifeTimeMs ?? 0;
  const refuse = (seen: string, expected: string): never => {
    throw new SctpError('SCTP_FIELD_OUT_OF_RANGE', 0, seen, expected);
  };
  if (maxRetransmits !== undefined && maxPacketLifeTimeMs !== undefined)
    return refuse('two limits', 'maxRetransmits or maxPacketLifeTimeMs');
  if (!(parameter >= 0 && parameter <= 0xffffffff && Number.isInteger(parameter)))
    return refuse(`limit ${parameter}`, '0 to 4294967295');
  if (!(priority >= 0 && priority <= 0xffff && Number.isInteger(priority)))
    return refuse(`priority ${priority}`, '0 to 65535');
  if (label!.length > MAX_TEXT_OCTETS || protocol!.length > MAX_TEXT_OCTETS)
    return refuse('a longer text', `at most ${MAX_TEXT_OCTETS} octets`);
  return new ByteWriter(OPEN_HEADER_OCTETS + label!.length + protocol!.length)
    .uint8(OPEN)
    .uint8(kind | (message.ordered ? 0 : UNORDERED))
    .uint16(priority)
    .uint32(parameter)
    .uint16(label!.length)
    .uint16(protocol!.length)
    .write(label!)
    .write(protocol!)
    .finish();
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, end));
  } catch {
    throw new SctpError('SCTP_DCEP_TEXT_NOT_UTF8', start, 'octets that are not UTF-8', 'UTF-8');
  }
}

function traceOpen(
  sink: TraceSink,
  open: DataChannelOpen,
  channelType: number,
  parameter: number,
  labelLength: number,
  protocolLength: number,
): void {
  const kind = CHANNEL_KINDS[channelType & 0x7f]!;
  const means = {
    reliable: 'means nothing here',
    retransmits: 'retransmissions at most',
    lifetime: 'ms at most',
  };
  new FieldTrace(sink, 'RFC 8832 §5.1')
    .field(8, 'Message Type', 'DATA_CHANNEL_OPEN')
    .field(1, 'Unordered', open.ordered ? 0 : 1)
    .field(7, 'Channel Type', kind)
    .field(16, 'Priority', open.priority, undefined, 'RFC 8831 §6.4')
    .field(32, 'Reliability Parameter', parameter, means[kind])
    .field(16, 'Label Length', `${labelLength} octets`)
    .field(16, 'Protocol Length', `${protocolLength} octets`)
    .field(labelLength * 8, 'Label', open.label)
    .field(protocolLength * 8, 'Protocol', open.protocol);
}
