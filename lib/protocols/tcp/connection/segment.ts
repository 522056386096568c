import { seqAdd } from '../segment';

/**
 * A segment as the state machine sees it, with RFC 9293's names (§3.3.1: SEG.SEQ, SEG.ACK, SEG.WND). Plain
 * JSON. `data` holds one octet a character (a "byte string", U+0000 to U+00FF), so that states can share it.
 */
export type Segment = {
  seq: number;
  /** null: the ACK bit is not set. */
  ack: number | null;
  /** As on the wire, before scaling. */
  wnd: number;
  syn: boolean;
  fin: boolean;
  rst: boolean;
  psh: boolean;
  data: string;
  mss?: number;
  windowScale?: number;
  /** In hex; '' asks for one. */
  fastOpenCookie?: string;
};

/** A segment of these fields; what is not given is zero, unset or empty. */
export function segmentOf(fields: Partial<Segment>): Segment {
  return { seq: 0, ack: null, wnd: 0, syn: false, fin: false, rst: false, psh: false, data: '', ...fields };
}

/** SEG.LEN: octets of data, and one each for SYN and FIN (RFC 9293 §3.4). */
export function segmentLength(segment: Segment): number {
  return segment.data.length + (segment.syn ? 1 : 0) + (segment.fin ? 1 : 0);
}

/** The sequence number after the segment's last. */
export function segmentEnd(segment: Segment): number {
  return seqAdd(segment.seq, segmentLength(segment));
}
