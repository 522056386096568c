import {
  createListener,
  segmentOf,
  stepListener,
  type DecodedSegment,
  type Segment,
} from '@/lib/protocols/tcp';

/** What a server in LISTEN that knows of no connection sends back (RFC 9293 §3.10.7.2). */
export type ListenerAnswer = 'nothing' | 'syn-ack' | 'reset';

/** The segment as the state machine takes it. */
export function modelOf({ flags, payload, ...segment }: DecodedSegment): Segment {
  return segmentOf({
    seq: segment.sequenceNumber,
    ack: flags.ack ? segment.acknowledgmentNumber : null,
    wnd: segment.window,
    syn: flags.syn,
    fin: flags.fin,
    rst: flags.rst,
    psh: flags.psh,
    data: String.fromCharCode(...payload),
  });
}

/** Asks the engine's listener. What fails its checksum never gets to it. */
export function answerOf(segment: DecodedSegment | undefined): ListenerAnswer {
  if (!segment || segment.checksumIsRight !== true) return 'nothing';
  const { out } = stepListener(createListener(), { from: 'peer', segment: modelOf(segment) }, 0);
  const answer = out[0]?.segment;
  if (!answer) return 'nothing';
  return answer.rst ? 'reset' : 'syn-ack';
}
