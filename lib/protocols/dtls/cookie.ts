import { joinOctets } from '@/lib/bytes';
import { hmac } from '@/lib/protocols/tls';
import type { DtlsClientHello } from './messages';
import { setUint, uintAt } from './octets';

/** Octets of the MACs in cookies. */
const MAC_OCTETS = 32;

/**
 * The cookie of a HelloVerifyRequest: HMAC(secret, address, parameters) (RFC 6347 §4.2.1). The server keeps nothing; whoever
 * brings it back has received it at that address. `clientAddress`: address and port, in any fixed form.
 */
export function createCookie(
  secret: Uint8Array,
  clientAddress: Uint8Array,
  hello: DtlsClientHello,
): Promise<Uint8Array> {
  const suites = new Uint8Array(hello.cipherSuites.length * 2);
  hello.cipherSuites.forEach((suite, index) => setUint(suites, index * 2, 2, suite));
  const version = Uint8Array.of(hello.version >> 8, hello.version & 0xff);
  // Each part with its length before it, or octets could wander from one into the next.
  const parts = [clientAddress, version, hello.random, hello.sessionId, suites, hello.compressionMethods];
  return hmac('SHA-256', secret, withLengths(parts));
}

/** Whether a ClientHello brings back the cookie that its sender was given (RFC 6347 §4.2.1). */
export async function isCookieValid(
  secret: Uint8Array,
  clientAddress: Uint8Array,
  hello: DtlsClientHello,
): Promise<boolean> {
  return isSameMac(hello.cookie, await createCookie(secret, clientAddress, hello));
}

/** What a server of 1.3 keeps in the cookie of its HelloRetryRequest instead of in memory (RFC 8446 §4.2.2). */
export type RetryState = {
  cipherSuite: number;
  /** Of the first ClientHello, for `message_hash`. */ helloHash: Uint8Array;
};

/** The cookie extension's octets (RFC 9147 §5.1): the state, and an HMAC over it and the client's address. */
export async function createRetryCookie(
  secret: Uint8Array,
  clientAddress: Uint8Array,
  { cipherSuite, helloHash }: RetryState,
): Promise<Uint8Array> {
  const state = joinOctets([Uint8Array.of(cipherSuite >> 8, cipherSuite & 0xff), helloHash]);
  return joinOctets([state, await hmac('SHA-256', secret, withLengths([clientAddress, state]))]);
}

/** The state that a cookie brings back; undefined if this server did not make it for this client (RFC 9147 §5.1). */
export async function openRetryCookie(
  secret: Uint8Array,
  clientAddress: Uint8Array,
  cookie: Uint8Array,
): Promise<RetryState | undefined> {
  if (cookie.length < 2 + MAC_OCTETS) return undefined;
  const state = cookie.slice(0, -MAC_OCTETS);
  const mac = await hmac('SHA-256', secret, withLengths([clientAddress, state]));
  if (!isSameMac(cookie.subarray(-MAC_OCTETS), mac)) return undefined;
  return { cipherSuite: uintAt(state, 0, 2), helloHash: state.slice(2) };
}

function withLengths(parts: readonly Uint8Array[]): Uint8Array {
  return joinOctets(parts.flatMap((part) => [Uint8Array.of(part.length >> 8, part.length & 0xff), part]));
}

/** Looks at every octet, so that the time taken does not tell how many were right. */
function isSameMac(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= (a[i] ?? 0) ^ b[i]!;
  return difference === 0;
}
