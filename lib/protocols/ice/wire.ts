import type { DecodedMessage, StunMessage } from '@/lib/protocols/stun';
import {
  addFingerprint,
  addIntegrity,
  checkFingerprint,
  checkIntegrity,
  decodeMessage,
  encodeMessage,
  shortTermKey,
  StunError,
} from '@/lib/protocols/stun';

/** A check or its answer as octets: with MESSAGE-INTEGRITY and FINGERPRINT (RFC 8445 §7.2.2, §7.3). */
export async function signMessage(message: StunMessage, password: string): Promise<Uint8Array> {
  return addFingerprint(await addIntegrity(encodeMessage(message), shortTermKey(password)));
}

/**
 * Octets of a datagram to a message whose fingerprint and integrity hold; `undefined` for anything else: an agent does
 * as if it had not come. `passwordFor` answers with which password a request (ours) or a response (theirs) is signed.
 */
export async function openMessage(
  octets: Uint8Array,
  passwordFor: (message: DecodedMessage) => string,
): Promise<DecodedMessage | undefined> {
  try {
    const message = decodeMessage(octets);
    if (!message || checkFingerprint(octets) !== true) return undefined;
    return (await checkIntegrity(octets, shortTermKey(passwordFor(message)))) === true ? message : undefined;
  } catch (error) {
    if (error instanceof StunError) return undefined;
    throw error;
  }
}
