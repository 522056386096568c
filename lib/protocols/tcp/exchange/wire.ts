import type { TraceSink } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import type { Segment } from '../connection';
import { segmentOf } from '../connection';
import type { TcpOption, TcpSegment } from '../segment';
import { createSegment, encodeSegment, flagsOf } from '../segment';
import type { EndpointName } from './script';
import type { ExchangePacket } from './trace';

/** Where the two ends live: addresses and ports set aside for documentation (RFC 5737). */
export const EXCHANGE_SOCKETS: Record<EndpointName, { address: string; port: number }> = {
  client: { address: '192.0.2.1', port: 49_152 },
  server: { address: '198.51.100.7', port: 80 },
};

/** The packet's TCP segment as octets, with its checksum. */
export function packetOctets(
  packet: Pick<ExchangePacket, 'from' | 'to' | 'segment'>,
  trace?: TraceSink,
): Uint8Array {
  const source = EXCHANGE_SOCKETS[packet.from];
  const destination = EXCHANGE_SOCKETS[packet.to];
  const segment = toWire(packet.segment, source.port, destination.port);
  return encodeSegment(segment, { source: source.address, destination: destination.address }, trace);
}

/** The state machine's segment as the codec's. */
export function toWire(segment: Segment, sourcePort: number, destinationPort: number): TcpSegment {
  const { syn, fin, rst, psh, ack } = segment;
  return createSegment({
    sourcePort,
    destinationPort,
    sequenceNumber: segment.seq,
    acknowledgmentNumber: ack ?? 0,
    flags: { ...flagsOf(), syn, fin, rst, psh, ack: ack !== null },
    window: segment.wnd,
    options: optionsOf(segment),
    payload: octetsOf(segment.data),
  });
}

/** The codec's segment as the state machine's; options that the machine does not know are left out. */
export function fromWire(wire: TcpSegment): Segment {
  const { syn, fin, rst, psh, ack } = wire.flags;
  const segment = segmentOf({
    seq: wire.sequenceNumber,
    ack: ack ? wire.acknowledgmentNumber : null,
    wnd: wire.window,
    syn,
    fin,
    rst,
    psh,
    data: byteStringOf(wire.payload),
  });
  for (const option of wire.options) {
    if (option.kind === 'mss') segment.mss = option.octets;
    if (option.kind === 'window-scale') segment.windowScale = option.shift;
    if (option.kind === 'fast-open') segment.fastOpenCookie = toHex(option.cookie);
  }
  return segment;
}

function optionsOf(segment: Segment): TcpOption[] {
  const options: TcpOption[] = [];
  if (segment.mss !== undefined) options.push({ kind: 'mss', octets: segment.mss });
  if (segment.windowScale !== undefined) {
    options.push({ kind: 'nop' }, { kind: 'window-scale', shift: segment.windowScale });
  }
  if (segment.fastOpenCookie !== undefined) {
    options.push(
      { kind: 'nop' },
      { kind: 'nop' },
      { kind: 'fast-open', cookie: fromHex(segment.fastOpenCookie) },
    );
  }
  return options;
}

/** A byte string (one octet a character) to octets. */
export function octetsOf(data: string): Uint8Array {
  return Uint8Array.from(data, (character) => character.charCodeAt(0));
}

/** Octets to a byte string. */
export function byteStringOf(octets: Uint8Array): string {
  let data = '';
  for (const octet of octets) data += String.fromCharCode(octet);
  return data;
}

/** Text to the byte string of its UTF-8. */
export function byteStringOfText(text: string): string {
  return byteStringOf(new TextEncoder().encode(text));
}
