import { joinOctets } from './octets';

/** IP packets with nothing before them (LINKTYPE_RAW of tcpdump.org): the version nibble says which IP. */
export const LINKTYPE_RAW = 101;

/** An IP packet and when it was captured. */
export type CapturedPacket = { timeMs: number; octets: Uint8Array };

/**
 * Packets to a capture file that packet analysers open (draft-ietf-opsawg-pcapng): a section header, one
 * interface, a block a packet, little-endian. Times in it count from the epoch, in microseconds.
 */
export function writePcapng(packets: readonly CapturedPacket[], linkType = LINKTYPE_RAW): Uint8Array {
  const section = blockOf(0x0a0d0d0a, 16, (view) => {
    view.setUint32(0, 0x1a2b3c4d, true);
    view.setUint16(4, 1, true);
    // Length of the section: unknown.
    view.setBigInt64(8, -1n, true);
  });
  const capturedInterface = blockOf(1, 8, (view) => view.setUint16(0, linkType, true));
  const blocks = packets.map(({ timeMs, octets }) => {
    const timeUs = Math.round(timeMs * 1000);
    return blockOf(6, 20 + octets.length, (view, body) => {
      view.setUint32(4, Math.floor(timeUs / 2 ** 32), true);
      view.setUint32(8, timeUs % 2 ** 32, true);
      view.setUint32(12, octets.length, true);
      view.setUint32(16, octets.length, true);
      body.set(octets, 20);
    });
  });
  return joinOctets([section, capturedInterface, ...blocks]);
}

/** Type, length, body filled up to whole words, and the length again. */
function blockOf(
  type: number,
  bodyOctets: number,
  fill: (view: DataView, body: Uint8Array) => void,
): Uint8Array {
  const length = 12 + Math.ceil(bodyOctets / 4) * 4;
  const block = new Uint8Array(length);
  const view = new DataView(block.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  view.setUint32(length - 4, length, true);
  fill(new DataView(block.buffer, 8, length - 12), block.subarray(8, length - 4));
  return block;
}
