import { FieldTrace, toHex, type TraceSink } from '@/lib/bytes';
import type { DecodedPacket } from './decode-packet';
import type { Chunk } from './packet';
import { CHUNK_TYPES, nameIn, PPID } from './registry';

const hex32 = (value: number) => `0x${value.toString(16).padStart(8, '0')}`;

export function traceCommonHeader(sink: TraceSink, packet: DecodedPacket): void {
  new FieldTrace(sink, 'RFC 9260 §3.1')
    .field(16, 'Source Port', packet.sourcePort)
    .field(16, 'Destination Port', packet.destinationPort)
    .field(32, 'Verification Tag', hex32(packet.verificationTag), 'the receiver chose it in its INIT')
    .field(32, 'Checksum', hex32(packet.checksum), packet.checksumValid ? 'holds' : 'does not hold');
}

/** The bits of DATA's flags have names of their own; in other chunks they stand together. */
export function traceChunkHeader(
  sink: TraceSink,
  at: number,
  type: number,
  flags: number,
  length: number,
): void {
  const fields = new FieldTrace(sink, 'RFC 9260 §3.2', at).field(
    8,
    'Chunk Type',
    nameIn(CHUNK_TYPES, type),
    `${type}`,
  );
  const bit = (mask: number) => ((flags & mask) !== 0 ? 1 : 0);
  if (type === CHUNK_TYPES.DATA)
    fields
      .field(4, 'Reserved', flags >>> 4, undefined, 'RFC 9260 §3.3.1')
      .field(1, 'I', bit(8), 'acknowledge at once', 'RFC 7053 §3')
      .field(1, 'U', bit(4), 'unordered', 'RFC 9260 §3.3.1')
      .field(1, 'B', bit(2), 'first part of the message', 'RFC 9260 §3.3.1')
      .field(1, 'E', bit(1), 'last part of the message', 'RFC 9260 §3.3.1');
  else fields.field(8, 'Chunk Flags', `0x${flags.toString(16).padStart(2, '0')}`);
  fields.field(16, 'Chunk Length', `${length} octets`, 'without padding');
}

export function tracePadding(sink: TraceSink, at: number, octets: number): void {
  new FieldTrace(sink, 'RFC 9260 §3.2', at).field(octets * 8, 'Padding', `${octets} octets`);
}

/** What follows the header of a chunk; parameters and causes write their own. */
export function traceChunkValue(sink: TraceSink, at: number, chunk: Chunk): void {
  const fields = (ref: string) => new FieldTrace(sink, ref, at + 4);
  switch (chunk.kind) {
    case 'data':
      fields('RFC 9260 §3.3.1')
        .field(32, 'TSN', chunk.tsn)
        .field(16, 'Stream Identifier', chunk.streamId)
        .field(
          16,
          'Stream Sequence Number',
          chunk.streamSeq,
          chunk.unordered ? 'means nothing here' : undefined,
        )
        .field(32, 'Payload Protocol Identifier', chunk.ppid, nameIn(PPID, chunk.ppid), 'RFC 8831 §8')
        .field(chunk.userData.length * 8, 'User Data', toHex(chunk.userData));
      return;
    case 'init':
    case 'init-ack':
      fields(chunk.kind === 'init' ? 'RFC 9260 §3.3.2' : 'RFC 9260 §3.3.3')
        .field(32, 'Initiate Tag', hex32(chunk.initiateTag), 'stands in every packet to its sender')
        .field(32, 'Advertised Receiver Window Credit', `${chunk.aRwnd} octets`)
        .field(16, 'Number of Outbound Streams', chunk.outStreams)
        .field(16, 'Number of Inbound Streams', chunk.inStreams)
        .field(32, 'Initial TSN', chunk.initialTsn);
      return;
    case 'sack': {
      const row = fields('RFC 9260 §3.3.4')
        .field(32, 'Cumulative TSN Ack', chunk.cumulativeTsn)
        .field(32, 'Advertised Receiver Window Credit', `${chunk.aRwnd} octets`)
        .field(16, 'Number of Gap Ack Blocks', chunk.gapBlocks.length)
        .field(16, 'Number of Duplicate TSNs', chunk.duplicateTsns.length);
      for (const { start, end } of chunk.gapBlocks)
        row.field(16, 'Gap Ack Block Start', start).field(16, 'Gap Ack Block End', end);
      for (const tsn of chunk.duplicateTsns) row.field(32, 'Duplicate TSN', tsn);
      return;
    }
    case 'shutdown':
      fields('RFC 9260 §3.3.8').field(32, 'Cumulative TSN Ack', chunk.cumulativeTsn);
      return;
    case 'cookie-echo':
      fields('RFC 9260 §3.3.11').field(chunk.cookie.length * 8, 'Cookie', toHex(chunk.cookie));
      return;
    case 'forward-tsn': {
      const row = fields('RFC 3758 §3.2').field(32, 'New Cumulative TSN', chunk.newCumulativeTsn);
      for (const { streamId, streamSeq } of chunk.streams)
        row.field(16, 'Stream', streamId).field(16, 'Stream Sequence', streamSeq);
      return;
    }
    case 'unknown':
      fields('RFC 9260 §3.2').field(chunk.value.length * 8, 'Chunk Value', toHex(chunk.value));
  }
}
