import { joinOctets } from '@/lib/bytes';
import type { CipherSuite } from './cipher-suites';
import { HANDSHAKE_HEADER_OCTETS } from './handshake';
import { transcriptHash } from './key-schedule';
import { HANDSHAKE_TYPES } from './registry';

/** All messages of a handshake so far, headers included and records not (RFC 8446 §4.4.1). */
export class Transcript {
  octets: Uint8Array = new Uint8Array();

  add(message: Uint8Array): void {
    this.octets = joinOctets([this.octets, message]);
  }

  /**
   * Puts the hash of what was said, which is the first ClientHello, in its place: what a HelloRetryRequest asks for, so that
   * a server may forget that hello and leave its hash in a cookie (RFC 8446 §4.4.1).
   */
  async foldIntoHash(suite: CipherSuite): Promise<void> {
    const hash = await this.hash(suite);
    const header = new Uint8Array(HANDSHAKE_HEADER_OCTETS);
    header[0] = HANDSHAKE_TYPES.message_hash;
    header[HANDSHAKE_HEADER_OCTETS - 1] = hash.length;
    this.octets = joinOctets([header, hash]);
  }

  /** Transcript-Hash of the messages (RFC 8446 §4.4.1). */
  hash(suite: CipherSuite): Promise<Uint8Array> {
    return transcriptHash(suite, this.octets);
  }
}
