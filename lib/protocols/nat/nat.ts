import type { TransportAddress } from '@/lib/protocols/udp';
import { writeTransportAddress } from '@/lib/protocols/udp';
import type { NatBehaviour } from './behaviour';
import type { NatOptions } from './options';
import { MAX_REMOTES, natOptions } from './options';
import { PortPool } from './port-pool';

/** What a NAT looks at of a packet; anything else that it carries stays as it is. */
export type NatPacket = { source: TransportAddress; destination: TransportAddress };

/** Why a packet was dropped. */
export type NatDropReason = 'no-mapping' | 'filtered' | 'no-port-free' | 'table-full' | 'hairpinning-off';

/** A pair of ends that belong together, inside and outside (RFC 4787 §4.1). */
export type NatMapping = {
  internal: TransportAddress;
  external: TransportAddress;
  /** What else the mapping is for: nothing, a remote address, or a remote address and port. */
  remote: string;
  expiresAtMs: number;
};

/** What became of a packet: passed on, sent back inside (§6), or dropped. */
export type NatResult<P> =
  | { action: 'forward' | 'hairpin'; packet: P; mapping: NatMapping }
  | { action: 'drop'; reason: NatDropReason };

/** A NAT for one transport protocol. Time is what its calls say it is; it must not run back. */
export type Nat = {
  /** A packet from inside. */
  outbound<P extends NatPacket>(packet: P, nowMs: number): NatResult<P>;
  /** A packet from outside. */
  inbound<P extends NatPacket>(packet: P, nowMs: number): NatResult<P>;
  /** The mappings that live now, in the order in which they were made. */
  mappings(nowMs: number): readonly Readonly<NatMapping>[];
};

/** Creates a NAT (RFC 4787): mapping and filtering chosen apart, everything else as the RFC requires unless told. */
export function createNat(given: NatOptions): Nat {
  const options = natOptions(given);
  const pools = new Map(options.externalAddresses.map((address) => [address, new PortPool(options)]));
  /** By what the mapping depends on, and by its external end. */
  const byInside = new Map<string, NatMapping>();
  const byOutside = new Map<string, NatMapping>();
  /** Whom each internal end has sent to, as far as filtering asks, and until when that counts. */
  const contacts = new Map<string, Map<string, number>>();
  /** The external address of each internal one, while it has mappings (REQ-2). */
  const paired = new Map<string, string>();
  let created = 0;

  const insideKey = (internal: TransportAddress, remote: string): string =>
    `${writeTransportAddress(internal)} ${remote}`;

  function forget(mapping: NatMapping): void {
    byInside.delete(insideKey(mapping.internal, mapping.remote));
    byOutside.delete(writeTransportAddress(mapping.external));
    pools.get(mapping.external.address)?.give(mapping.external.port);
  }

  function sweep(nowMs: number): void {
    for (const mapping of [...byInside.values()]) if (mapping.expiresAtMs <= nowMs) forget(mapping);
    for (const [internal, remotes] of contacts) {
      for (const [remote, untilMs] of remotes) if (untilMs <= nowMs) remotes.delete(remote);
      if (remotes.size === 0) contacts.delete(internal);
    }
    const inUse = new Set([...byInside.values()].map(({ internal }) => internal.address));
    for (const internal of paired.keys()) if (!inUse.has(internal)) paired.delete(internal);
  }

  /** A mapping that is over is over, whether or not anyone swept. */
  function alive(mapping: NatMapping | undefined, nowMs: number): NatMapping | undefined {
    if (mapping && mapping.expiresAtMs <= nowMs) {
      forget(mapping);
      return undefined;
    }
    return mapping;
  }

  function externalAddressFor(internal: TransportAddress): string {
    const { externalAddresses, pooling } = options;
    const next = externalAddresses[created % externalAddresses.length]!;
    if (pooling === 'arbitrary') return next;
    const address = paired.get(internal.address) ?? next;
    paired.set(internal.address, address);
    return address;
  }

  function mappingFor({ source, destination }: NatPacket, nowMs: number): NatMapping | NatDropReason {
    const remote = dependsOn(options.mapping, destination);
    const existing = alive(byInside.get(insideKey(source, remote)), nowMs);
    if (existing) return existing;
    if (byInside.size >= options.maxMappings) sweep(nowMs);
    if (byInside.size >= options.maxMappings) return 'table-full';
    const address = externalAddressFor(source);
    let port = pools.get(address)?.take(source.port);
    if (port === undefined) {
      sweep(nowMs);
      port = pools.get(address)?.take(source.port);
    }
    if (port === undefined) return 'no-port-free';
    created++;
    const mapping = { internal: source, external: { address, port }, remote, expiresAtMs: 0 };
    byInside.set(insideKey(source, remote), mapping);
    byOutside.set(writeTransportAddress(mapping.external), mapping);
    return mapping;
  }

  /** Notes that `internal` sent to `remote`. False when there is no room for another. */
  function noteContact(internal: TransportAddress, remote: TransportAddress, nowMs: number): boolean {
    const key = writeTransportAddress(internal);
    const remotes = contacts.get(key) ?? new Map<string, number>();
    const remoteKey = dependsOn(options.filtering, remote);
    if (!remotes.has(remoteKey) && remotes.size >= MAX_REMOTES) {
      sweep(nowMs);
      if (remotes.size >= MAX_REMOTES) return false;
    }
    contacts.set(key, remotes.set(remoteKey, nowMs + options.timeoutMs));
    return true;
  }

  /** From outside to a mapping's external end: let in when someone inside has sent there (§5). */
  function enter<P extends NatPacket>(packet: P, seenSource: TransportAddress, nowMs: number): NatResult<P> {
    const mapping = alive(byOutside.get(writeTransportAddress(packet.destination)), nowMs);
    if (!mapping) return { action: 'drop', reason: 'no-mapping' };
    const { internal } = mapping;
    const remotes = contacts.get(writeTransportAddress(internal));
    const remoteKey = dependsOn(options.filtering, packet.source);
    const untilMs = remotes?.get(remoteKey);
    const isKnown = untilMs !== undefined && untilMs > nowMs;
    if (!isKnown && options.filtering !== 'endpoint-independent')
      return { action: 'drop', reason: 'filtered' };
    if (options.inboundRefresh) {
      mapping.expiresAtMs = nowMs + options.timeoutMs;
      if (isKnown) remotes?.set(remoteKey, mapping.expiresAtMs);
    }
    return { action: 'forward', packet: { ...packet, source: seenSource, destination: internal }, mapping };
  }

  return {
    outbound(packet, nowMs) {
      const isHairpin = pools.has(packet.destination.address);
      if (isHairpin && options.hairpinning === 'none') return { action: 'drop', reason: 'hairpinning-off' };
      const mapping = mappingFor(packet, nowMs);
      if (typeof mapping === 'string') return { action: 'drop', reason: mapping };
      if (!noteContact(packet.source, packet.destination, nowMs))
        return { action: 'drop', reason: 'table-full' };
      mapping.expiresAtMs = nowMs + options.timeoutMs;
      const translated = { ...packet, source: mapping.external };
      if (!isHairpin) return { action: 'forward', packet: translated, mapping };
      const seenSource = options.hairpinning === 'external-source' ? mapping.external : packet.source;
      const entered = enter(translated, seenSource, nowMs);
      return entered.action === 'forward' ? { ...entered, action: 'hairpin' } : entered;
    },
    inbound: (packet, nowMs) => enter(packet, packet.source, nowMs),
    mappings(nowMs) {
      sweep(nowMs);
      return [...byInside.values()];
    },
  };
}

/** The part of a remote end that a behaviour looks at. */
function dependsOn(behaviour: NatBehaviour, remote: TransportAddress): string {
  if (behaviour === 'endpoint-independent') return '';
  return behaviour === 'address-dependent' ? remote.address : writeTransportAddress(remote);
}
