import { TlsError } from './errors';
import { CIPHER_SUITES, nameIn } from './registry';

/** Hash functions of the key schedules, by their WebCrypto names. */
export type HashName = 'SHA-256' | 'SHA-384';

/** What a suite of TLS 1.3 stands for; both with AES-GCM, which WebCrypto has (RFC 8446 §B.4). */
export type CipherSuite = { number: number; hash: HashName; hashOctets: number; keyOctets: number };

/** Octets of an AEAD's nonce (RFC 5116 §5.1). */
export const IV_OCTETS = 12;
/** Octets of an AEAD's tag (RFC 5116 §5.1). */
export const TAG_OCTETS = 16;

const SUITES: readonly CipherSuite[] = [
  { number: CIPHER_SUITES.TLS_AES_128_GCM_SHA256, hash: 'SHA-256', hashOctets: 32, keyOctets: 16 },
  { number: CIPHER_SUITES.TLS_AES_256_GCM_SHA384, hash: 'SHA-384', hashOctets: 48, keyOctets: 32 },
];

/** The suites that `RecordProtection` can do, in the order of preference. */
export const SUPPORTED_SUITES: readonly number[] = SUITES.map(({ number }) => number);

/**
 * What a suite of TLS 1.3 stands for.
 * @throws TlsError TLS_CIPHER_UNSUPPORTED: one that WebCrypto cannot do, such as ChaCha20
 */
export function getSuiteOrThrow(number: number): CipherSuite {
  const suite = SUITES.find((candidate) => candidate.number === number);
  if (suite) return suite;
  throw new TlsError(
    'TLS_CIPHER_UNSUPPORTED',
    0,
    nameIn(CIPHER_SUITES, number),
    'AES-GCM with SHA-256 or SHA-384',
  );
}
