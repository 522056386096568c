import { Http2Error } from './errors';

/** What a client sends first, before its SETTINGS (RFC 9113 §3.4). */
export const CLIENT_PREFACE: Uint8Array = new TextEncoder().encode('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/**
 * Compares what came so far with the preface.
 * @returns how many of its octets are there; all are once it answers 24
 * @throws Http2Error at the first octet that differs
 */
export function matchPreface(octets: Uint8Array): number {
  const length = Math.min(octets.length, CLIENT_PREFACE.length);
  for (let i = 0; i < length; i++) {
    if (octets[i] === CLIENT_PREFACE[i]) continue;
    throw new Http2Error({
      code: 'HTTP2_PREFACE_WRONG',
      errorName: 'PROTOCOL_ERROR',
      offset: i,
      seen: `octet 0x${octets[i]!.toString(16)}`,
      expected: `0x${CLIENT_PREFACE[i]!.toString(16)} of the connection preface`,
      ref: 'RFC 9113 §3.4',
    });
  }
  return length;
}
