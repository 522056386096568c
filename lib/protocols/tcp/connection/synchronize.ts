import { seqAdd } from '../segment';
import type { Connection } from './connection';
import type { Draft } from './draft';
import { emit, moveTo, note, startTimer } from './draft';
import type { TcpRuleId } from './rules';
import type { Segment } from './segment';

/** ISN = M + F(…): the clock's ticks on top of this connection's own offset (RFC 9293 §3.4.1). */
function chooseIss(c: Connection, nowMs: number): void {
  c.iss = seqAdd(c.config.initialSequenceNumber, Math.floor(nowMs * c.config.isnTicksPerMs));
  c.sndUna = c.iss;
  c.sndNxt = seqAdd(c.iss, 1);
  c.sndMax = c.sndNxt;
  c.sendBufferSeq = c.sndNxt;
}

/** The options of our SYN. A scale is only answered when it was offered (RFC 7323 §2.2). */
function synOptions(c: Connection, isAnswer: boolean): Partial<Segment> {
  const { mss, windowScale } = c.config;
  const mayScale = windowScale !== null && (!isAnswer || c.rcvScale === windowScale);
  return mayScale ? { mss, windowScale } : { mss };
}

/** <SEQ=ISS><CTL=SYN>, with data where the settings allow it (RFC 9293 §3.5, RFC 7413 §4.2.1). */
export function sendSyn(draft: Draft, rule: TcpRuleId): void {
  const { c } = draft;
  chooseIss(c, draft.nowMs);
  moveTo(draft, 'SYN-SENT', rule, { iss: c.iss });
  const { fastOpenCookie, dataInSyn, mss } = c.config;
  const mayCarryData = dataInSyn || (fastOpenCookie !== null && fastOpenCookie !== '');
  const data = mayCarryData ? c.sendBuffer.slice(0, Math.min(mss, c.sendMss)) : '';
  const cookie = fastOpenCookie === null ? {} : { fastOpenCookie };
  if (fastOpenCookie === '') note(draft, 'fast-open.cookie-asked');
  emit(draft, { seq: c.iss, syn: true, psh: data !== '', data, ...synOptions(c, false), ...cookie });
  c.sndNxt = c.sndMax;
  c.timed = { end: seqAdd(c.iss, 1), sentAtMs: draft.nowMs };
  startTimer(draft, 'retransmission', c.rtt.rtoMs);
}

/** <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>, from LISTEN with a fresh ISS, from SYN-SENT with the one it has. */
export function sendSynAck(draft: Draft, isFirstSyn: boolean): void {
  const { c } = draft;
  if (isFirstSyn) chooseIss(c, draft.nowMs);
  emitSynAck(draft);
  if (isFirstSyn) c.timed = { end: c.sndNxt, sentAtMs: draft.nowMs };
  startTimer(draft, 'retransmission', c.rtt.rtoMs);
}

/** Our SYN once more, with the ACK if the peer's SYN has come. A Fast Open SYN is repeated bare. */
export function repeatSyn(draft: Draft): void {
  const { c } = draft;
  if (c.irs === null) emit(draft, { seq: c.iss, syn: true, ...synOptions(c, false) });
  else emitSynAck(draft);
}

function emitSynAck(draft: Draft): void {
  const { c } = draft;
  const cookie = c.fastOpenCookie === null ? {} : { fastOpenCookie: c.fastOpenCookie };
  emit(draft, { seq: c.iss, syn: true, ...synOptions(c, true), ...cookie });
}

/** Takes what the peer's SYN says: its number, its segment size, its scale, its window. */
export function takeSyn(draft: Draft, segment: Segment): void {
  const { c } = draft;
  c.irs = segment.seq;
  c.rcvNxt = seqAdd(segment.seq, 1);
  // A peer that takes no octet at all would keep a sender busy for ever: 0 is taken for 1.
  c.sendMss = Math.min(Math.max(segment.mss ?? 536, 1), c.config.mss);
  if (segment.windowScale !== undefined && c.config.windowScale !== null) {
    c.sndScale = Math.min(segment.windowScale, 14); // RFC 7323 §2.3: more is taken for 14
    c.rcvScale = c.config.windowScale;
  }
  takeWindow(c, segment);
}

/** SND.WND, SND.WL1 and SND.WL2 from a segment whose ACK is acceptable. */
export function takeWindow(c: Connection, segment: Segment): void {
  c.sndWnd = segment.syn ? segment.wnd : segment.wnd * 2 ** c.sndScale;
  c.maxSndWnd = Math.max(c.maxSndWnd, c.sndWnd);
  c.sndWl1 = segment.seq;
  c.sndWl2 = segment.ack ?? 0;
}
