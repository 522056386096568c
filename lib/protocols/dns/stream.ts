import { DnsError } from './errors';
import { MAX_DNS_OCTETS } from './message';

/** Two octets of length, then the message: DNS over TCP (RFC 1035 §4.2.2, RFC 7766 §8) and TLS. @throws DnsError DNS_MESSAGE_TOO_LONG */
export function frameMessage(message: Uint8Array): Uint8Array {
  if (message.length > MAX_DNS_OCTETS) {
    throw new DnsError('DNS_MESSAGE_TOO_LONG', 0, `${message.length} octets`, `at most ${MAX_DNS_OCTETS}`);
  }
  const framed = new Uint8Array(message.length + 2);
  framed.set([message.length >>> 8, message.length & 0xff]);
  framed.set(message, 2);
  return framed;
}

/**
 * Cuts a stream into messages, wherever its chunks end (RFC 7766 §8: nobody may rely on the length and the message coming
 * together). Holds less than one message: 65,537 octets.
 */
export class DnsStreamReader {
  #pending = new Uint8Array(0);

  /** Takes octets and answers the messages that are now whole, as copies. */
  push(chunk: Uint8Array): Uint8Array[] {
    const octets = new Uint8Array(this.#pending.length + chunk.length);
    octets.set(this.#pending);
    octets.set(chunk, this.#pending.length);
    const messages: Uint8Array[] = [];
    let at = 0;
    while (octets.length - at >= 2) {
      const end = at + 2 + ((octets[at]! << 8) | octets[at + 1]!);
      if (end > octets.length) break;
      messages.push(octets.slice(at + 2, end));
      at = end;
    }
    this.#pending = octets.slice(at);
    return messages;
  }
}
