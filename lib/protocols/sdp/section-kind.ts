import type { MediaDescription } from './description';

type Proto = Pick<MediaDescription, 'proto'>;

/** Over RTP, formats are payload numbers (RFC 8866 §5.14): RTP/AVP, RTP/SAVPF, UDP/TLS/RTP/SAVPF … */
export function isRtp({ proto }: Proto): boolean {
  return /(^|\/)S?AVPF?$/.test(proto);
}

/** UDP/DTLS/SCTP and TCP/DTLS/SCTP of RFC 8841 §4, and the drafts' DTLS/SCTP. */
export function isDataChannel({ proto }: Proto): boolean {
  return proto.endsWith('DTLS/SCTP');
}

/** The drafts named the port in the `m=` line and mapped it by `a=sctpmap`; RFC 8841 §5 has `a=sctp-port`. */
export function isOldDataChannel({ proto }: Proto): boolean {
  return proto === 'DTLS/SCTP';
}

/** Whether the protocols include a (D)TLS handshake, and so a fingerprint and roles. */
export function usesTls({ proto }: Proto): boolean {
  return proto.includes('TLS');
}
