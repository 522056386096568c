/** Octets: reading, writing, hexadecimal, and the spans that say what they mean. Imports nothing. */
export { ByteReader } from './reader';
export { ByteWriter } from './writer';
export { FieldTrace } from './field-trace';
export { HexError, fromHex, toHex } from './hex';
export { ProtocolError } from './protocol-error';
export { isSameOctets, joinOctets } from './octets';
export { nameInRegistry } from './registry-name';
export { offsetSink } from './span';
export type { Span, TraceSink } from './span';
export { LINKTYPE_RAW, writePcapng } from './pcapng';
export type { CapturedPacket } from './pcapng';
