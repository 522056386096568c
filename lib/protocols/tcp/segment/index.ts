/** TCP segments to octets and back (RFC 9293 §3.1), and arithmetic on sequence numbers (§3.4). */
export { decodeSegment } from './decode-segment';
export type { DecodeSegmentOptions } from './decode-segment';
export { encodeSegment } from './encode-segment';
export { MAX_OPTION_OCTETS, OPTION_NUMBERS } from './options';
export type { SackBlock, TcpOption } from './options';
export { createSegment, FLAG_NAMES, flagsOf } from './segment';
export type { DecodedSegment, TcpFlags, TcpSegment } from './segment';
export { seqAdd, seqAtOrBefore, seqBefore, seqDistance, seqInWindow, seqMax } from './sequence';
