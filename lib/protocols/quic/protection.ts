import { FieldTrace, joinOctets, toHex, type TraceSink } from '@/lib/bytes';
import { open, seal } from './aead';
import { chacha20 } from './chacha20';
import { QuicError } from './errors';
import { encodeHeader, type PlainHeader, type ProtectedHeader } from './header';
import type { PacketKeys } from './key-schedule';
import { decodePacketNumber } from './packet-number';

const TAG_OCTETS = 16;
const SAMPLE_OCTETS = 16;

/** The nonce: the packet number, padded on the left, over the IV (RFC 9001 §5.3). */
export function packetNonce(iv: Uint8Array, packetNumber: number): Uint8Array<ArrayBuffer> {
  const nonce = Uint8Array.from(iv);
  let rest = packetNumber;
  for (let i = nonce.length - 1; rest > 0; i--) {
    nonce[i] = (nonce[i] ?? 0) ^ (rest % 256);
    rest = Math.floor(rest / 256);
  }
  return nonce;
}

/**
 * The mask of header protection, from 16 octets of ciphertext: AES of them (RFC 9001 §5.4.3), or with a key of 32 octets
 * ChaCha20's key stream at the place that they name (§5.4.4). WebCrypto has no ECB; the first block of CBC with an IV of
 * zeros is the same.
 */
export async function headerMask(hp: Uint8Array, sample: Uint8Array): Promise<Uint8Array> {
  if (hp.length === 32) {
    const counter = new DataView(sample.buffer, sample.byteOffset).getUint32(0, true);
    return chacha20(hp, counter, sample.subarray(4, SAMPLE_OCTETS), new Uint8Array(5));
  }
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(hp), 'AES-CBC', false, ['encrypt']);
  const iv = new Uint8Array(16);
  const blocks = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, Uint8Array.from(sample));
  return new Uint8Array(blocks, 0, 5);
}

/** Hides or shows the low bits of the first octet, and the packet number; being XOR, it is its own inverse. */
function applyMask(packet: Uint8Array, mask: Uint8Array, at: number, length: number): void {
  for (let i = 0; i < length; i++) packet[at + i] = (packet[at + i] ?? 0) ^ (mask[1 + i] ?? 0);
}

const firstOctetBits = (first: number) => (first >= 0x80 ? 0x0f : 0x1f);

/**
 * A packet under keys of AES-128-GCM or ChaCha20-Poly1305 (RFC 9001 §5.3, §5.4). The payload must be long enough that a sample can be taken: pad it to
 * four octets less the packet number's. @throws QuicError
 */
export async function protectPacket(
  header: PlainHeader,
  payload: Uint8Array,
  keys: PacketKeys,
): Promise<Uint8Array> {
  const { packetNumber, packetNumberLength } = header;
  if (packetNumberLength + payload.length < 4)
    throw new QuicError(
      'QUIC_PACKET_TRUNCATED',
      0,
      `${payload.length} octets of payload`,
      'enough for a sample',
    );
  const plain = Uint8Array.from(encodeHeader(header, payload.length + TAG_OCTETS));
  const nonce = packetNonce(keys.iv, packetNumber);
  const packet = joinOctets([plain, await seal(keys, nonce, plain, payload)]);
  const numberOffset = plain.length - packetNumberLength;
  const mask = await headerMask(keys.hp, packet.subarray(numberOffset + 4, numberOffset + 4 + SAMPLE_OCTETS));
  const first = packet[0] ?? 0;
  packet[0] = first ^ ((mask[0] ?? 0) & firstOctetBits(first));
  applyMask(packet, mask, numberOffset, packetNumberLength);
  return packet;
}

/** A packet without its protection. */
export type OpenedPacket = {
  readonly packetNumber: number;
  readonly packetNumberLength: number;
  readonly keyPhase: 0 | 1;
  /** The header in the clear, packet number included: what the AEAD authenticates. */
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
};

/**
 * Removes header protection and opens the payload (RFC 9001 §5.3, §5.4). `start` is where the packet starts in the
 * datagram, `header` what `decodeHeader` read there; `largest` the largest packet number so far.
 * @throws QuicError QUIC_DECRYPTION_FAILED (drop the packet), QUIC_RESERVED_BITS_SET (close the connection)
 */
export async function unprotectPacket(
  datagram: Uint8Array,
  start: number,
  header: Extract<ProtectedHeader, { packetNumberOffset: number }>,
  keys: PacketKeys,
  largest?: number,
  trace?: TraceSink,
): Promise<OpenedPacket> {
  const { packetNumberOffset, end } = header;
  const sampleAt = packetNumberOffset + 4;
  if (sampleAt + SAMPLE_OCTETS > end)
    throw new QuicError('QUIC_PACKET_TRUNCATED', end, `${end - sampleAt} octets`, 'a sample of 16');
  const mask = await headerMask(keys.hp, datagram.subarray(sampleAt, sampleAt + SAMPLE_OCTETS));
  const packet = datagram.slice(start, end);
  const first = (packet[0] ?? 0) ^ ((mask[0] ?? 0) & firstOctetBits(packet[0] ?? 0));
  packet[0] = first;
  const packetNumberLength = (first & 0x03) + 1;
  const numberAt = packetNumberOffset - start;
  applyMask(packet, mask, numberAt, packetNumberLength);
  const plainHeader = packet.slice(0, numberAt + packetNumberLength);
  const truncated = plainHeader.subarray(numberAt).reduce((value, octet) => value * 256 + octet, 0);
  const packetNumber = decodePacketNumber(largest, truncated, packetNumberLength * 8);

  const sealed = packet.slice(numberAt + packetNumberLength);
  const payload = await open(keys, packetNonce(keys.iv, packetNumber), plainHeader, sealed);
  if (!payload) {
    throw new QuicError(
      'QUIC_DECRYPTION_FAILED',
      start,
      'a tag that does not fit',
      'a packet for these keys',
    );
  }
  // Only now, for before that anyone could have set them (RFC 9000 §17.2, §17.3.1).
  const reserved = first & (first >= 0x80 ? 0x0c : 0x18);
  if (reserved !== 0)
    throw new QuicError('QUIC_RESERVED_BITS_SET', start, toHex(Uint8Array.of(first)), 'zeros');
  if (trace) {
    new FieldTrace(trace, 'RFC 9000 §17.1', packetNumberOffset)
      .field(packetNumberLength * 8, 'packet number', packetNumber, 'protected')
      .field(payload.length * 8, 'payload', `${payload.length} octets`, 'encrypted', 'RFC 9001 §5.3')
      .field(TAG_OCTETS * 8, 'authentication tag', '', undefined, 'RFC 9001 §5.3');
  }
  const keyPhase = first < 0x80 && (first & 0x04) !== 0 ? 1 : 0;
  return { packetNumber, packetNumberLength, keyPhase, header: plainHeader, payload };
}
