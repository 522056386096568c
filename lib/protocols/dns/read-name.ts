import { Cursor } from './cursor';

/**
 * The name at an octet of a message, and the octet after it (RFC 1035 §3.1, §4.1.4). "" is the root; labels are escaped so that
 * `parseName` gives them back.
 * @throws DnsError DNS_MESSAGE_CUT, DNS_LABEL_TYPE_UNKNOWN, DNS_NAME_TOO_LONG, DNS_POINTER_NOT_BACKWARDS, DNS_TOO_MANY_POINTERS
 */
export function readName(message: Uint8Array, offset: number): { name: string; next: number } {
  const cursor = new Cursor(message, offset);
  const name = cursor.name('NAME');
  return { name, next: cursor.at };
}
