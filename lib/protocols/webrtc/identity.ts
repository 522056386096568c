import type { Random } from '@/lib/sim';
import type { PeerId } from './signals';

/** What only one side can know of itself, and the other must learn through the signaling channel. */
export type IceCredentials = { ufrag: string; pwd: string };

/** Where a peer can be reached. Addresses of RFC 5737: nobody has them. */
export type CandidateAddress = { type: 'host' | 'srflx'; address: string; port: number };

const ICE_CHARS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** At least 24 bits of ufrag and 128 of password (RFC 8839 §5.4): 4 and 22 characters of 6 bits. */
export function createCredentials(random: Random): IceCredentials {
  return { ufrag: charsOf(random, 4), pwd: charsOf(random, 22) };
}

/** `sha-256` of a certificate that we do not make: 32 octets in upper-case hexadecimal (RFC 8122 §5). */
export function createFingerprint(random: Random): string {
  const octets = Array.from({ length: 32 }, () => random.integer(0, 255).toString(16).padStart(2, '0'));
  return octets.join(':').toUpperCase();
}

/** A peer's own address, and what a STUN server saw of it. */
export function candidateAddressesOf(peer: PeerId): readonly CandidateAddress[] {
  const host = peer === 'ada' ? 1 : 2;
  return [
    { type: 'host', address: `192.0.2.${host}`, port: 50_000 + host },
    { type: 'srflx', address: `203.0.113.${host}`, port: 60_000 + host },
  ];
}

function charsOf(random: Random, count: number): string {
  return Array.from({ length: count }, () => ICE_CHARS[random.integer(0, ICE_CHARS.length - 1)]).join('');
}
