import type { HeaderField } from '../http1';
import type { CacheControl } from './cache-control';

/** A request as a cache sees it. `url` is absolute. */
export type CacheRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderField[];
  /** The user asked to load it again; RFC 8246 §2 lets `immutable` answer that while fresh. */
  readonly isReload?: boolean;
};

/** A response as a cache sees it. */
export type CacheResponse = {
  readonly status: number;
  readonly headers: readonly HeaderField[];
  readonly body?: Uint8Array;
};

/** What a cache is and what it may do beyond the letter. */
export type CacheOptions = {
  /** Serves many users (a proxy, a CDN) and not one (a browser): RFC 9111 §1. Default false. */
  readonly shared?: boolean;
  /** Share of the time since Last-Modified that a response without explicit lifetime stays fresh. Default 0.1. */
  readonly heuristicFraction?: number;
  /** Stale answers when the origin cannot be reached, if nothing forbids it (RFC 9111 §4.2.4). Default true. */
  readonly serveStaleWhenDisconnected?: boolean;
  /** Cache-Control fields for a kind of cache, first one first, such as `cdn-cache-control` (RFC 9213 §2.2). */
  readonly targetedFields?: readonly string[];
};

/**
 * A response in store with what was read from it, once. Plain data; made by `createStored`, never changed. Times are
 * milliseconds since 1970 by the cache's clock, ages and lifetimes are seconds, as in the RFC.
 */
export type StoredResponse = {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: readonly HeaderField[];
  readonly body?: Uint8Array;
  /** Request fields that Vary names, with their normalised values (RFC 9111 §4.1); `'*'` matches nothing. */
  readonly vary: '*' | readonly { readonly name: string; readonly value: string | undefined }[];
  readonly contentLanguage: string | undefined;
  readonly cacheControl: CacheControl;
  readonly requestTimeMs: number;
  readonly responseTimeMs: number;
  readonly dateMs: number;
  readonly ageValue: number;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly lastModifiedMs: number | undefined;
  readonly lifetime: Lifetime;
};

/** Freshness lifetime and where it came from (RFC 9111 §4.2.1). */
export type Lifetime = {
  readonly source: 's-maxage' | 'max-age' | 'Expires' | 'heuristic' | 'none';
  readonly seconds: number;
};

/** Lifetime against age (RFC 9111 §4.2): fresh while `lifetimeSeconds > ageSeconds`. */
export type Freshness = {
  readonly isFresh: boolean;
  readonly source: Lifetime['source'];
  readonly lifetimeSeconds: number;
  readonly ageSeconds: number;
};
