import { RtpError } from './errors';
import type { ApplicationPacket, Goodbye } from './rtcp';
import type { RtcpBody } from './rtcp-body';

/** BYE: the sources that leave, and perhaps why (RFC 3550 §6.6). */
export function decodeBye(body: RtcpBody, count: number): Goodbye {
  const ref = 'RFC 3550 §6.6';
  body.need(4 * count);
  const sources: number[] = [];
  for (let i = 0; i < count; i++) sources.push(body.uint(4, 'SSRC/CSRC', ref));
  if (body.remaining === 0) return { kind: 'bye', sources };
  body.need(1 + body.bytes[body.offset]!);
  const reason = body.text(body.uint(1, 'Reason Length', ref, 'octets'), 'Reason', ref);
  // Zeros fill the text up to a word; they are not what the P bit means by padding.
  if (body.remaining < 4) body.rest('Padding', ref);
  body.expectEnd();
  return { kind: 'bye', sources, reason };
}

/** APP: a name of four ASCII characters, and whatever it stands for (RFC 3550 §6.7). */
export function decodeApp(body: RtcpBody, subtype: number): ApplicationPacket {
  const ref = 'RFC 3550 §6.7';
  body.need(8);
  const ssrc = body.uint(4, 'SSRC/CSRC', ref);
  const nameAt = body.offset;
  for (let at = nameAt; at < nameAt + 4; at++) {
    const octet = body.bytes[at]!;
    if (octet > 0x7f)
      throw new RtpError('RTP_APP_NAME_NOT_ASCII', at, `0x${octet.toString(16)}`, '0x00 to 0x7f');
  }
  const name = body.text(4, 'Name', ref);
  return { kind: 'app', subtype, ssrc, name, data: body.rest('Application-Dependent Data', ref) };
}
