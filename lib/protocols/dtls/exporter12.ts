import { joinOctets } from '@/lib/bytes';
import { type HmacHash, prf12 } from '@/lib/protocols/tls';

/** Keying material for others from an association of 1.2 (RFC 5705 §4, without context): what SRTP's keys come from. */
export function exportKeyingMaterial12(
  hash: HmacHash,
  masterSecret: Uint8Array,
  { clientRandom, serverRandom }: { clientRandom: Uint8Array; serverRandom: Uint8Array },
  label: string,
  octets: number,
): Promise<Uint8Array> {
  return prf12(hash, masterSecret, label, joinOctets([clientRandom, serverRandom]), octets);
}
