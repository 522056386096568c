import { joinOctets } from '@/lib/bytes';
import { type CipherSuite, digest } from '@/lib/protocols/tls';
import { encodeFragment, type NumberedMessage } from './fragment';
import { DTLS_HANDSHAKE_TYPES } from './registry';

/**
 * What 1.2 hashes for Finished and CertificateVerify (RFC 6347 §4.2.6): every message as if it had come in one fragment, with the
 * header of 12 octets; without the first ClientHello and the HelloVerifyRequest, and without HelloRequests (RFC 5246 §7.4.1.1).
 * `messages` of both ends, in the order in which they were sent.
 */
export function transcript12(messages: readonly NumberedMessage[]): Uint8Array {
  const verify = messages.findIndex(({ msgType }) => msgType === DTLS_HANDSHAKE_TYPES.hello_verify_request);
  const counted = messages
    .slice(verify + 1)
    .filter(({ msgType }) => msgType !== DTLS_HANDSHAKE_TYPES.hello_request);
  return joinOctets(
    counted.map(({ msgType, messageSeq, body }) =>
      encodeFragment({ msgType, messageSeq, length: body.length, fragmentOffset: 0, fragment: body }),
    ),
  );
}

/** What 1.3 hashes (RFC 9147 §5.2): the messages as in TLS, with headers of 4 octets, so without numbers and fragments. */
export function transcript13(messages: readonly Pick<NumberedMessage, 'msgType' | 'body'>[]): Uint8Array {
  return joinOctets(
    messages.map(({ msgType, body }) =>
      joinOctets([
        Uint8Array.of(msgType, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff),
        body,
      ]),
    ),
  );
}

/**
 * What stands for the first ClientHello in the transcript after a HelloRetryRequest (RFC 8446 §4.4.1): its hash, in a message of
 * its own. So a server that kept nothing can go on from a hash in its cookie (RFC 9147 §5.1).
 */
export async function messageHash13(
  suite: CipherSuite,
  clientHello: Pick<NumberedMessage, 'msgType' | 'body'>,
): Promise<{ msgType: number; body: Uint8Array }> {
  return {
    msgType: DTLS_HANDSHAKE_TYPES.message_hash,
    body: await digest(suite.hash, transcript13([clientHello])),
  };
}
