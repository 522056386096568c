import { joinOctets } from '@/lib/bytes';
import { longStart, QUIC_VERSION_1 } from './header';

/** Fixed, and known to all: the tag proves only that the Retry saw the client's Initial (RFC 9001 §5.8). */
const RETRY_KEY = Uint8Array.of(
  ...[0xbe, 0x0c, 0x69, 0x0b, 0x9f, 0x66, 0x57, 0x5a, 0x1d, 0x76, 0x6b, 0x54, 0xe3, 0x68, 0xc8, 0x4e],
);
const RETRY_NONCE = Uint8Array.of(
  ...[0x46, 0x15, 0x99, 0xd3, 0x5d, 0x63, 0x2b, 0xf2, 0x23, 0x98, 0x25, 0xbb],
);

/** The Retry Integrity Tag over the client's first DCID and the Retry packet before its tag (RFC 9001 §5.8). */
export async function retryIntegrityTag(
  originalDcid: Uint8Array,
  retryWithoutTag: Uint8Array,
): Promise<Uint8Array> {
  const pseudoPacket = joinOctets([Uint8Array.of(originalDcid.length), originalDcid, retryWithoutTag]);
  const key = await crypto.subtle.importKey('raw', RETRY_KEY, 'AES-GCM', false, ['encrypt']);
  const parameters = { name: 'AES-GCM', iv: RETRY_NONCE, additionalData: pseudoPacket };
  return new Uint8Array(await crypto.subtle.encrypt(parameters, key, new Uint8Array(0)));
}

/** A Retry packet (RFC 9000 §17.2.5). `unusedBits`: four bits of no meaning. */
export async function encodeRetry(
  { dcid, scid, token, originalDcid }: Record<'dcid' | 'scid' | 'token' | 'originalDcid', Uint8Array>,
  unusedBits = 0xf,
): Promise<Uint8Array> {
  const packet = joinOctets([longStart(0xf0 | (unusedBits & 0x0f), QUIC_VERSION_1, dcid, scid), token]);
  return joinOctets([packet, await retryIntegrityTag(originalDcid, packet)]);
}

/** Whether a Retry packet answers the Initial with this DCID; one that does not is dropped. */
export async function isRetryValid(packet: Uint8Array, originalDcid: Uint8Array): Promise<boolean> {
  if (packet.length < 16) return false;
  const tag = await retryIntegrityTag(originalDcid, packet.subarray(0, -16));
  return tag.every((octet, i) => octet === packet[packet.length - 16 + i]);
}
