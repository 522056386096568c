import { isSameOctets } from '@/lib/bytes';
import { type CipherSuite, getSuiteOrThrow } from './cipher-suites';
import { TlsError } from './errors';
import { type Extension, extensionNumber } from './extensions';
import type { ClientHello, ServerHello } from './handshake';
import { CIPHER_SUITES, EXTENSION_TYPES, NAMED_GROUPS, nameIn, VERSIONS } from './registry';

/** What a HelloRetryRequest asks for (RFC 8446 §4.1.4). */
export type Retry = { suite: CipherSuite; group: number | undefined; cookie: Uint8Array | undefined };

/** What a ServerHello chose (RFC 8446 §4.1.3). */
export type Choice = { suite: CipherSuite; keyExchange: Uint8Array; isResumed: boolean };

const illegal = (seen: string, expected: string, offset = 0) =>
  new TlsError('TLS_ILLEGAL_PARAMETER', offset, seen, expected);

/** The extension of a type, or undefined. */
export function findExtension<T extends Extension['type']>(
  extensions: readonly Extension[] | undefined,
  type: T,
): (Extension & { type: T }) | undefined {
  return extensions?.find((extension): extension is Extension & { type: T } => extension.type === type);
}

/**
 * An answer holds only extensions that were asked for, and those of them that belong into its message (RFC 8446 §4.2).
 * @throws TlsError TLS_EXTENSION_UNSOLICITED, TLS_ILLEGAL_PARAMETER
 */
export function checkExtensions(
  answer: readonly Extension[],
  hello: ClientHello,
  allowed: readonly number[],
): void {
  const asked = new Set(hello.extensions?.map(extensionNumber));
  for (const number of answer.map(extensionNumber)) {
    const name = nameIn(EXTENSION_TYPES, number);
    // A cookie is the one thing that a server brings up itself.
    if (!asked.has(number) && number !== EXTENSION_TYPES.cookie)
      throw new TlsError('TLS_EXTENSION_UNSOLICITED', 0, name, 'extensions of the ClientHello');
    if (!allowed.includes(number)) throw illegal(name, 'extensions of this message');
  }
}

const { supported_versions, key_share, pre_shared_key, cookie } = EXTENSION_TYPES;

/**
 * What a HelloRetryRequest asks for: something that changes the ClientHello that it answers (RFC 8446 §4.1.4).
 * @throws TlsError TLS_ILLEGAL_PARAMETER, TLS_VERSION_UNSUPPORTED, TLS_EXTENSION_UNSOLICITED
 */
export function readRetry(answer: ServerHello, hello: ClientHello): Retry {
  const suite = readCommon(answer, hello);
  checkExtensions(answer.extensions ?? [], hello, [supported_versions, key_share, cookie]);
  const brought = findExtension(answer.extensions, 'cookie')?.cookie;
  const group = findExtension(answer.extensions, 'key_share_retry')?.group;
  if (group !== undefined) {
    const name = nameIn(NAMED_GROUPS, group);
    if (!findExtension(hello.extensions, 'supported_groups')?.groups.includes(group))
      throw illegal(name, 'a group of supported_groups');
    if (findExtension(hello.extensions, 'key_share')?.entries.some((entry) => entry.group === group))
      throw illegal(name, 'a group without a share');
  } else if (brought === undefined) throw illegal('a HelloRetryRequest for nothing', 'a group or a cookie');
  return { suite, group, cookie: brought };
}

/**
 * What a ServerHello chose, out of what was offered (RFC 8446 §4.1.3, §4.2.8, §4.2.11).
 * @throws TlsError TLS_ILLEGAL_PARAMETER, TLS_VERSION_UNSUPPORTED, TLS_EXTENSION_MISSING, TLS_EXTENSION_UNSOLICITED
 */
export function readChoice(answer: ServerHello, hello: ClientHello, retry: Retry | undefined): Choice {
  const suite = readCommon(answer, hello);
  if (retry && suite.number !== retry.suite.number)
    throw illegal(nameIn(CIPHER_SUITES, suite.number), 'the suite of the HelloRetryRequest');
  checkExtensions(answer.extensions ?? [], hello, [supported_versions, key_share, pre_shared_key]);
  const share = findExtension(answer.extensions, 'key_share')?.entries[0];
  if (!share)
    throw new TlsError('TLS_EXTENSION_MISSING', 0, 'no key_share', 'a key share: psk_dhe_ke was offered');
  const offered = findExtension(hello.extensions, 'key_share')?.entries;
  if (!offered?.some(({ group }) => group === share.group))
    throw illegal(nameIn(NAMED_GROUPS, share.group), 'a group that we sent a share for');
  const identity = findExtension(answer.extensions, 'selected_identity')?.index;
  const identities = findExtension(hello.extensions, 'pre_shared_key')?.identities.length ?? 0;
  if (identity !== undefined && identity >= identities)
    throw illegal(`identity ${identity}`, `fewer than ${identities}`);
  return { suite, keyExchange: share.keyExchange, isResumed: identity !== undefined };
}

/** What holds for both: our version, our session id, one of our suites, no compression (RFC 8446 §4.1.3). */
function readCommon(answer: ServerHello, hello: ClientHello): CipherSuite {
  const selected = findExtension(answer.extensions, 'selected_version')?.version;
  if (selected === undefined)
    throw new TlsError('TLS_VERSION_UNSUPPORTED', 4, nameIn(VERSIONS, answer.version), 'TLS 1.3');
  // A version that we did not offer is no choice (§4.2.1).
  if (selected !== VERSIONS['TLS 1.3'])
    throw illegal(nameIn(VERSIONS, selected), 'TLS 1.3, which we offered');
  if (answer.version !== VERSIONS['TLS 1.2'])
    throw illegal(nameIn(VERSIONS, answer.version), 'TLS 1.2 in legacy_version', 4);
  if (!isSameOctets(answer.sessionId, hello.sessionId)) throw illegal('another session id', 'ours', 38);
  if (answer.compressionMethod !== 0) throw illegal(`compression ${answer.compressionMethod}`, 'none');
  if (!hello.cipherSuites.includes(answer.cipherSuite))
    throw illegal(nameIn(CIPHER_SUITES, answer.cipherSuite), 'a suite that we offered');
  return getSuiteOrThrow(answer.cipherSuite);
}
