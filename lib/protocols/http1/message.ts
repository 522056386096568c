import type { HeaderField } from './fields';

/** Versions that a message can say. A minor version above 1 is read as 1.1 (RFC 9110 §2.5). */
export type HttpVersion = '0.9' | '1.0' | '1.1';

/** Request line and header fields (RFC 9112 §3). `target` is as written. */
export type RequestHead = {
  readonly method: string;
  readonly target: string;
  readonly version: HttpVersion;
  readonly headers: readonly HeaderField[];
};

/** Status line and header fields (RFC 9112 §4). */
export type ResponseHead = {
  readonly version: HttpVersion;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly HeaderField[];
};

/**
 * How the end of the content is known (RFC 9112 §6.3). `codings` are those applied before chunked, which the reader
 * leaves as they are; a `tunnel` follows a CONNECT or a 101, and carries no HTTP any more.
 */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked'; readonly codings: readonly string[] }
  | { readonly kind: 'until-close'; readonly codings: readonly string[] }
  | { readonly kind: 'tunnel' };

/** A chunk extension (RFC 9112 §7.1.1). */
export type ChunkExtension = { readonly name: string; readonly value: string | undefined };

/** Limits of a reader; each has a default. */
export type ReaderLimits = {
  /** Start line, header fields, and again trailer fields. Default 65,536. */
  readonly maxHeadOctets?: number;
  /** Default 256. */
  readonly maxFields?: number;
  /** Content of one message. Default: no limit, for content is handed on and not kept. */
  readonly maxContentOctets?: number;
  /** All chunk-size lines' extensions of one message. Default 16,384. */
  readonly maxExtensionOctets?: number;
};

/** What a reader tells, in order: `head`, then `chunk` and `data` as they come, then `end`; or `tunnel` octets. */
export type MessageEvent<Head> =
  | { readonly type: 'head'; readonly head: Head; readonly framing: Framing }
  | { readonly type: 'chunk'; readonly size: number; readonly extensions: readonly ChunkExtension[] }
  | { readonly type: 'data'; readonly octets: Uint8Array }
  | { readonly type: 'end'; readonly trailers: readonly HeaderField[]; readonly isPersistent: boolean }
  | { readonly type: 'tunnel'; readonly octets: Uint8Array };
