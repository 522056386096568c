import { isSameOctets } from '@/lib/bytes';
import { IpError } from './errors';
import type { Ipv4Packet } from './ipv4';
import type { Ipv6Packet } from './ipv6';

/** What a reassembler holds at most, and how long it waits for the rest (RFC 8200 §4.5, RFC 1122 §3.3.2). */
export const REASSEMBLY_LIMITS = { packets: 64, fragmentsOfAPacket: 1024, timeoutMs: 60_000 } as const;

/** A packet that arrived whole, or became so; for IPv6 `payload` starts behind the headers that every fragment had. */
export type WholePacket = { source: string; destination: string; protocol: number; payload: Uint8Array };

type Piece = { start: number; octets: Uint8Array };
type Pending = { pieces: Piece[]; endsAt: number | undefined; expiresAtMs: number };

/**
 * Puts fragments together (RFC 791 §3.2, RFC 8200 §4.5), in whatever order they come. Fragments that overlap cost the whole
 * packet, because someone may be hiding something (RFC 5722 §4, RFC 8200 §4.5); an exact repetition does not. Time comes with
 * each call.
 */
export class Reassembler {
  readonly #pending = new Map<string, Pending>();

  /** Packets that are not whole yet. */
  get pendingPackets(): number {
    return this.#pending.size;
  }

  /**
   * Takes a packet and answers it if it is whole now; `undefined`: more is missing.
   * @throws IpError IP_FRAGMENT_MALFORMED: a piece that is not in eights, overlaps, or reaches past 65,535 octets; all that
   *   came of its packet is forgotten
   */
  push(packet: Ipv4Packet | Ipv6Packet, nowMs: number): WholePacket | undefined {
    for (const [key, { expiresAtMs }] of this.#pending) if (expiresAtMs <= nowMs) this.#pending.delete(key);
    const { source, destination, protocol, payload } = packet;
    const fragment = fragmentOf(packet);
    if (!fragment) return { source, destination, protocol, payload };
    const key = [source, destination, fragment.key].join(' ');
    const pending = this.#pending.get(key) ?? this.#start(key, nowMs);
    try {
      add(pending, fragment, payload);
    } catch (error) {
      this.#pending.delete(key);
      throw error;
    }
    const whole = joined(pending);
    if (!whole) return undefined;
    this.#pending.delete(key);
    return { source, destination, protocol, payload: whole };
  }

  #start(key: string, nowMs: number): Pending {
    const oldest = this.#pending.keys().next();
    if (this.#pending.size >= REASSEMBLY_LIMITS.packets && !oldest.done) this.#pending.delete(oldest.value);
    const pending = { pieces: [], endsAt: undefined, expiresAtMs: nowMs + REASSEMBLY_LIMITS.timeoutMs };
    this.#pending.set(key, pending);
    return pending;
  }
}

type Fragment = { key: string; start: number; moreFragments: boolean };

function fragmentOf(packet: Ipv4Packet | Ipv6Packet): Fragment | undefined {
  if (!('extensions' in packet)) {
    const { fragmentOffset: start, moreFragments, identification, protocol } = packet;
    if (start === 0 && !moreFragments) return undefined;
    return { key: `4 ${protocol} ${identification}`, start, moreFragments };
  }
  for (const extension of packet.extensions) {
    if (extension.type !== 'fragment') continue;
    const { fragmentOffset: start, moreFragments, identification } = extension;
    // An atomic fragment is whole and has nothing to do with others (RFC 6946 §4).
    return start === 0 && !moreFragments ? undefined : { key: `6 ${identification}`, start, moreFragments };
  }
  return undefined;
}

function add(pending: Pending, { start, moreFragments }: Fragment, octets: Uint8Array): void {
  const end = start + octets.length;
  if (moreFragments && octets.length % 8 !== 0) throw malformed(`${octets.length} octets`, 'a multiple of 8');
  if (end > 0xffff) throw malformed(`an end at ${end}`, 'at most 65535');
  const same = pending.pieces.find((piece) => piece.start === start && isSameOctets(piece.octets, octets));
  if (same) return;
  const overlaps = pending.pieces.some(
    (piece) => start < piece.start + piece.octets.length && piece.start < end,
  );
  const isPastEnd = pending.endsAt !== undefined && (end > pending.endsAt || !moreFragments);
  if (overlaps || isPastEnd || octets.length === 0)
    throw malformed(`octets ${start} to ${end}`, 'a piece that is missing');
  if (pending.pieces.length >= REASSEMBLY_LIMITS.fragmentsOfAPacket)
    throw malformed('one more piece', 'fewer');
  if (!moreFragments) {
    if (pending.pieces.some((piece) => piece.start >= end))
      throw malformed(`an end at ${end}`, 'a later one');
    pending.endsAt = end;
  }
  pending.pieces.push({ start, octets });
}

function joined({ pieces, endsAt }: Pending): Uint8Array | undefined {
  const length = pieces.reduce((sum, { octets }) => sum + octets.length, 0);
  if (endsAt === undefined || length !== endsAt) return undefined;
  const whole = new Uint8Array(length);
  for (const { start, octets } of pieces) whole.set(octets, start);
  return whole;
}

function malformed(seen: string, expected: string): IpError {
  return new IpError('IP_FRAGMENT_MALFORMED', 0, seen, expected);
}
