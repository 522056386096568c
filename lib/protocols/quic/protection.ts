import { FieldTrace, toHex, type TraceSink, joinOctets } from '@/lib/bytes';
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
 * The mask of header protection: AES of 16 octets of ciphertext (RFC 9001 §5.4.3). WebCrypto has no ECB; the first block of
 * CBC with an IV of zeros is the same.
 */
export async function headerMask(hp: Uint8Array, sample: Uint8Array): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(hp), 'AES-CBC', false, ['encrypt']);
  const iv = new Uint8Array(16);
  const blocks = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, Uint8Array.from(sample));
  return new Uint8Array(blocks, 0, 5);
}

function aesGcm(key: Uint8Array, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, [usage]);
}

/** Hides or shows the low bits of the first octet, and the packet number; being XOR, it is its own inverse. */
function applyMask(packet: Uint8Array, mask: Uint8Array, at: number, length: number): void {
  for (let i = 0; i < length; i++) packet[at + i] = (packet[at + i] ?? 0) ^ (mask[1 + i] ?? 0);
}

const firstOctetBits = (first: number) => (first >= 0x80 ? 0x0f : 0x1f);

/**
 * A packet with AES-128-GCM (RFC 9001 §5.3, §5.4). The payload must be long enough that a sample can be taken: pad it to
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
  const key = await aesGcm(keys.key, 'encrypt');
  const parameters = { name: 'AES-GCM', iv: packetNonce(keys.iv, packetNumber), additionalData: plain };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, key, Uint8Array.from(payload)));
  const packet = joinOctets([plain, sealed]);
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

  const key = await aesGcm(keys.key, 'decrypt');
  const iv = packetNonce(keys.iv, packetNumber);
  const sealed = packet.slice(numberAt + packetNumberLength);
  let payload: Uint8Array;
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: plainHeader },
      key,
      sealed,
    );
    payload = new Uint8Array(opened);
  } catch {
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
