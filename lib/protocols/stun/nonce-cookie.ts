/** What a server says of itself in the first characters of its nonce (RFC 8489 §9.2, §18.1). */
export type SecurityFeatures = {
  /** It offers PASSWORD-ALGORITHMS; a client that finds the attribute missing knows that someone took it out. */
  passwordAlgorithms: boolean;
  /** It takes USERHASH in place of USERNAME. */
  usernameAnonymity: boolean;
};

const COOKIE = 'obMatJos2';

/** A nonce that says so: the cookie, 24 bits in base64 of which the first two are used, and what tells nonces apart. */
export function writeNonce(features: SecurityFeatures, distinct: string): string {
  const first = (features.passwordAlgorithms ? 0x80 : 0) | (features.usernameAnonymity ? 0x40 : 0);
  return COOKIE + btoa(String.fromCharCode(first, 0, 0)) + distinct;
}

/** What a nonce says; `undefined`: it does not start with the cookie, so the server is older than RFC 8489. */
export function parseNonce(nonce: string): SecurityFeatures | undefined {
  const match = /^obMatJos2([A-Za-z0-9+/]{4})/.exec(nonce);
  if (!match) return undefined;
  const first = atob(match[1] ?? '').charCodeAt(0);
  return { passwordAlgorithms: (first & 0x80) !== 0, usernameAnonymity: (first & 0x40) !== 0 };
}
