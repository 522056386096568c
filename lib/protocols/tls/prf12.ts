import { joinOctets } from '@/lib/bytes';
import { digest, type HmacHash, hmac } from './hkdf';

/** PRF of TLS 1.2 (RFC 5246 §5): P_hash of the label and the seed. */
export async function prf12(
  hash: HmacHash,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  octets: number,
): Promise<Uint8Array> {
  const start = joinOctets([new TextEncoder().encode(label), seed]);
  let a: Uint8Array = start;
  let output: Uint8Array = new Uint8Array();
  while (output.length < octets) {
    a = await hmac(hash, secret, a);
    output = joinOctets([output, await hmac(hash, secret, joinOctets([a, start]))]);
  }
  return output.slice(0, octets);
}

type Randoms = { clientRandom: Uint8Array; serverRandom: Uint8Array };

/** 48 octets from the premaster secret (RFC 5246 §8.1). */
export function masterSecret12(
  hash: HmacHash,
  premaster: Uint8Array,
  { clientRandom, serverRandom }: Randoms,
): Promise<Uint8Array> {
  return prf12(hash, premaster, 'master secret', joinOctets([clientRandom, serverRandom]), 48);
}

/** The same bound to the handshake's messages (RFC 7627 §4). */
export async function extendedMasterSecret12(
  hash: HmacHash,
  premaster: Uint8Array,
  messages: Uint8Array,
): Promise<Uint8Array> {
  return prf12(hash, premaster, 'extended master secret', await digest(hash, messages), 48);
}

/** Keys and IVs of both directions for an AEAD suite (RFC 5246 §6.3, RFC 5288 §3: 4 octets of IV each). */
export async function keyBlock12(
  hash: HmacHash,
  masterSecret: Uint8Array,
  { clientRandom, serverRandom }: Randoms,
  keyOctets: number,
): Promise<{ clientKey: Uint8Array; serverKey: Uint8Array; clientIv: Uint8Array; serverIv: Uint8Array }> {
  const seed = joinOctets([serverRandom, clientRandom]);
  const block = await prf12(hash, masterSecret, 'key expansion', seed, 2 * keyOctets + 8);
  return {
    clientKey: block.slice(0, keyOctets),
    serverKey: block.slice(keyOctets, 2 * keyOctets),
    clientIv: block.slice(2 * keyOctets, 2 * keyOctets + 4),
    serverIv: block.slice(2 * keyOctets + 4),
  };
}

/** verify_data of Finished in 1.2 (RFC 5246 §7.4.9). */
export async function finished12(
  hash: HmacHash,
  masterSecret: Uint8Array,
  sender: 'client' | 'server',
  messages: Uint8Array,
): Promise<Uint8Array> {
  return prf12(hash, masterSecret, `${sender} finished`, await digest(hash, messages), 12);
}
