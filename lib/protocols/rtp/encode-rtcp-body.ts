import type { ByteWriter } from '@/lib/bytes';
import type { ReportBlock, RtcpPacket, SdesItem, SenderReport, SourceDescription } from './rtcp';

const utf8 = new TextEncoder();

/** What stands behind the header. @throws RangeError for what a field does not hold */
export function encodeBody(writer: ByteWriter, packet: RtcpPacket): void {
  switch (packet.kind) {
    case 'sr':
    case 'rr':
      writer.uint32(packet.ssrc);
      if (packet.kind === 'sr') writeSenderInfo(writer, packet);
      for (const report of packet.reports) writeBlock(writer, report);
      writer.write(packet.extension);
      return;
    case 'sdes':
      for (const chunk of packet.chunks) writeChunk(writer, chunk);
      return;
    case 'bye':
      for (const source of packet.sources) writer.uint32(source);
      if (packet.reason === undefined) return;
      writeCounted(writer, utf8.encode(packet.reason));
      fillWord(writer);
      return;
    case 'app':
      writer.uint32(packet.ssrc).write(encodeName(packet.name)).write(packet.data);
      return;
    case 'unknown':
      writer.write(packet.body);
      return;
    default:
      writer.uint32(packet.senderSsrc).uint32(packet.mediaSsrc);
      writeFeedback(writer, packet);
  }
}

/** Four characters that are four octets are ASCII. */
function encodeName(name: string): Uint8Array {
  const octets = utf8.encode(name);
  if (name.length !== 4 || octets.length !== 4) throw new RangeError(`name "${name}"`);
  return octets;
}

type Feedback = Extract<RtcpPacket, { senderSsrc: number }>;

function writeFeedback(writer: ByteWriter, packet: Feedback): void {
  if (packet.kind === 'pli') return;
  if ('fci' in packet) {
    writer.write(packet.fci);
    return;
  }
  if (packet.entries.length === 0) throw new RangeError('no entries');
  if (packet.kind === 'nack') for (const { pid, blp } of packet.entries) writer.uint16(pid).uint16(blp);
  else for (const { ssrc, sequence } of packet.entries) writer.uint32(ssrc).uint8(sequence).uint24(0);
}

function writeSenderInfo(writer: ByteWriter, report: SenderReport): void {
  const { ntpTimestamp } = report;
  if (ntpTimestamp < 0n || ntpTimestamp >= 1n << 64n) throw new RangeError(`NTP timestamp ${ntpTimestamp}`);
  writer.uint32(Number(ntpTimestamp >> 32n)).uint32(Number(ntpTimestamp & 0xffff_ffffn));
  writer.uint32(report.rtpTimestamp).uint32(report.packetCount).uint32(report.octetCount);
}

function writeBlock(writer: ByteWriter, report: ReportBlock): void {
  const { cumulativeLost } = report;
  if (cumulativeLost < -0x80_0000 || cumulativeLost > 0x7f_ffff)
    throw new RangeError(`${cumulativeLost} lost`);
  writer.uint32(report.ssrc).uint8(report.fractionLost);
  writer.uint24(cumulativeLost & 0xff_ffff).uint32(report.extendedHighestSequence);
  writer.uint32(report.jitter).uint32(report.lastSr).uint32(report.delaySinceLastSr);
}

function writeChunk(writer: ByteWriter, { ssrc, items }: SourceDescription['chunks'][number]): void {
  writer.uint32(ssrc);
  for (const item of items) writeItem(writer, item);
  writer.uint8(0);
  fillWord(writer);
}

function writeItem(writer: ByteWriter, item: SdesItem): void {
  if (item.type === 0) throw new RangeError('item 0, which ends the list');
  writer.uint8(item.type);
  if ('value' in item) return writeCounted(writer, item.value);
  const text = utf8.encode(item.text);
  if (!('prefix' in item)) return writeCounted(writer, text);
  const prefix = utf8.encode(item.prefix);
  writer.uint8(1 + prefix.length + text.length);
  writeCounted(writer, prefix);
  writer.write(text);
}

/** At most 255 octets, as their number stands in one. */
function writeCounted(writer: ByteWriter, octets: Uint8Array): void {
  writer.uint8(octets.length).write(octets);
}

function fillWord(writer: ByteWriter): void {
  writer.write(new Uint8Array(-writer.length & 3));
}
