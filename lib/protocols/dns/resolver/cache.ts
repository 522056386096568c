import type { DnsClass, DnsType } from '../registry';
import type { DnsQuestion, DnsRecord } from '../message';
import { canonicalName, parentOf } from '../name';
import type { NameServer } from './name-server';

/** What a cache knows: records, or that there are none, or that the name does not exist (RFC 2308 §1). */
export type CacheEntry =
  | { kind: 'records'; records: readonly DnsRecord[] }
  | { kind: 'nodata' | 'nxdomain'; soa: DnsRecord | undefined };

/** Sets of records that a cache holds unless told otherwise; the one that was unused the longest goes. */
export const DEFAULT_CACHE_ENTRIES = 10_000;
/** A "yes" is kept for at most a week (RFC 8767 §4), a "no" for three hours (RFC 2308 §5). */
export const MAX_TTL_SECONDS = 604_800;
export const MAX_NEGATIVE_TTL_SECONDS = 10_800;

/** What is kept of answers, for as long as their TTLs say (RFC 1035 §3.2.1, RFC 2308). Time comes with each call. */
export class DnsCache {
  readonly #maxEntries: number;
  readonly #delegations = new Map<string, { servers: readonly NameServer[]; expiresAtMs: number }>();
  readonly #entries = new Map<string, { entry: CacheEntry; storedAtMs: number; expiresAtMs: number }>();

  constructor(maxEntries = DEFAULT_CACHE_ENTRIES) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * What is known of a question; TTLs are what is left of them. That a name does not exist holds for all types (RFC 2308 §5).
   */
  find(question: DnsQuestion, nowMs: number): CacheEntry | undefined {
    const { name, type, class: recordClass } = question;
    return (
      this.#take(keyOf(name, type, recordClass), nowMs) ??
      this.#take(keyOf(name, ANY_TYPE, recordClass), nowMs)
    );
  }

  /** Keeps records: by name, type and class, each set for as long as the shortest TTL of its records (RFC 2181 §5.2). */
  store(records: readonly DnsRecord[], nowMs: number): void {
    const sets = new Map<string, DnsRecord[]>();
    for (const record of records) {
      const key = keyOf(record.name, record.type, record.class);
      sets.set(key, [...(sets.get(key) ?? []), record]);
    }
    for (const [key, set] of sets) {
      const ttl = Math.min(...set.map((record) => ttlOf(record.ttl)), MAX_TTL_SECONDS);
      this.#put(key, { kind: 'records', records: set }, ttl, nowMs);
    }
  }

  /**
   * Keeps a "no" (RFC 2308 §5): for the smaller of the SOA's TTL and its MINIMUM. Without an SOA it is not kept.
   */
  storeNegative(
    kind: 'nodata' | 'nxdomain',
    { name, type, class: recordClass }: DnsQuestion,
    soa: DnsRecord | undefined,
    nowMs: number,
  ): void {
    if (soa?.type !== 'SOA') return;
    const ttl = Math.min(ttlOf(soa.ttl), ttlOf(soa.data.minimum), MAX_NEGATIVE_TTL_SECONDS);
    const key = keyOf(name, kind === 'nxdomain' ? ANY_TYPE : type, recordClass);
    this.#put(key, { kind, soa: { ...soa, ttl } }, ttl, nowMs);
  }

  /** Keeps who knows a zone, with addresses: hints for where to begin, never answers (RFC 2181 §5.4.1). */
  storeDelegation(zone: string, servers: readonly NameServer[], ttlSeconds: number, nowMs: number): void {
    const key = canonicalName(zone);
    this.#delegations.delete(key);
    const oldest = this.#delegations.keys().next();
    if (this.#delegations.size >= this.#maxEntries && !oldest.done) this.#delegations.delete(oldest.value);
    const ttl = Math.min(ttlOf(ttlSeconds), MAX_TTL_SECONDS);
    this.#delegations.set(key, { servers, expiresAtMs: nowMs + ttl * 1000 });
  }

  /** The servers of the closest zone above a name that is known; none: begin at the root. */
  closestServers(name: string, nowMs: number): readonly NameServer[] {
    for (let zone: string | undefined = name; zone !== undefined; zone = parentOf(zone)) {
      const known = this.#delegations.get(canonicalName(zone));
      if (known && known.expiresAtMs > nowMs) return known.servers;
    }
    return [];
  }

  #put(key: string, entry: CacheEntry, ttlSeconds: number, nowMs: number): void {
    this.#entries.delete(key);
    // TTL 0: for this one answer, not to be kept (RFC 1035 §3.2.1).
    if (ttlSeconds === 0) return;
    const oldest = this.#entries.keys().next();
    if (this.#entries.size >= this.#maxEntries && !oldest.done) this.#entries.delete(oldest.value);
    this.#entries.set(key, { entry, storedAtMs: nowMs, expiresAtMs: nowMs + ttlSeconds * 1000 });
  }

  #take(key: string, nowMs: number): CacheEntry | undefined {
    const kept = this.#entries.get(key);
    if (!kept) return undefined;
    this.#entries.delete(key);
    if (kept.expiresAtMs <= nowMs) return undefined;
    // To the end of the line: the map's order is who was used last.
    this.#entries.set(key, kept);
    return aged(kept.entry, Math.floor((nowMs - kept.storedAtMs) / 1000));
  }
}

/** Stands for every type; it is no type's name. */
const ANY_TYPE = '';

function keyOf(name: string, type: DnsType | '', recordClass: DnsClass): string {
  return `${canonicalName(name)} ${type} ${recordClass}`;
}

/** With the first bit set a TTL counts as zero (RFC 2181 §8). */
function ttlOf(ttl: number): number {
  return ttl > 0x7fffffff ? 0 : ttl;
}

function aged(entry: CacheEntry, seconds: number): CacheEntry {
  const older = (record: DnsRecord): DnsRecord => ({
    ...record,
    ttl: Math.max(0, ttlOf(record.ttl) - seconds),
  });
  if (entry.kind === 'records') return { ...entry, records: entry.records.map(older) };
  return { ...entry, soa: entry.soa && older(entry.soa) };
}
