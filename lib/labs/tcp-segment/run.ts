import { fromHex, HexError, type Span } from '@/lib/bytes';
import { IpError, parseIpAddresses, type IpAddresses } from '@/lib/protocols/ip';
import {
  decodeSegment,
  scaledWindowBytes,
  segmentEnd,
  segmentLength,
  TcpError,
  type DecodedSegment,
} from '@/lib/protocols/tcp';
import { checksumOf, type ChecksumSum } from './checksum-sum';
import { compareWithRecordings, type Comparison } from './compare';
import { fieldsOf, type Field } from './fields';
import type { SegmentParams } from './lab';
import { answerOf, modelOf, type ListenerAnswer } from './listener-answer';
import { problemOf, type SegmentProblem } from './problem';
import { readingOf, type ReadingStep } from './reading';

export type SegmentResult = {
  /** Nothing, if the params hold no hex. */
  octets: Uint8Array;
  /** Undefined if the octets are no segment; `problem` then says why. */
  segment: DecodedSegment | undefined;
  /** Undefined if they are no addresses of one family; `addressProblem` then says why. */
  addresses: IpAddresses | undefined;
  problem: SegmentProblem | undefined;
  addressProblem: SegmentProblem | undefined;
  /** What the bits mean, in order; of a broken segment those before the fault. */
  fields: readonly Field[];
  /** The run in sentences, each with the field that it speaks of. */
  reading: readonly ReadingStep[];
  checksum: ChecksumSum | undefined;
  /** SEG.LEN: the sequence numbers that it uses up (RFC 9293 §3.4), and the one after the last of them. */
  length: number;
  next: number;
  /** What the window field means: as it stands in a SYN, else shifted (RFC 7323 §2.2). */
  windowOctets: number;
  answer: ListenerAnswer;
  comparison: Comparison | undefined;
};

/** Reads the octets as a receiver would, and says what it finds. Never throws. */
export function runSegment(params: SegmentParams): SegmentResult {
  const { addresses, problem: addressProblem } = readAddresses(params);
  const { octets, spans, segment, problem } = readSegment(params.octets, addresses);
  const model = segment && modelOf(segment);
  const found = {
    octets,
    segment,
    addresses,
    problem,
    addressProblem,
    fields: fieldsOf(spans, octets),
    checksum: addresses && octets.length >= 20 ? checksumOf(octets, addresses) : undefined,
    length: model ? segmentLength(model) : 0,
    next: model ? segmentEnd(model) : 0,
    windowOctets: segment ? scaledWindowBytes(segment.window, segment.flags.syn ? 0 : params.shift) : 0,
    answer: answerOf(segment),
    comparison: compareWithRecordings(octets),
  };
  return { ...found, reading: readingOf(found, params) };
}

function readAddresses({ source, destination }: SegmentParams): {
  addresses?: IpAddresses;
  problem?: SegmentProblem;
} {
  try {
    parseIpAddresses({ source, destination });
    return { addresses: { source, destination } };
  } catch (error) {
    if (!(error instanceof IpError)) throw error;
    return { problem: problemOf(error) };
  }
}

type Read = {
  octets: Uint8Array;
  spans: Span[];
  segment: DecodedSegment | undefined;
  problem: SegmentProblem | undefined;
};

function readSegment(hex: string, addresses: IpAddresses | undefined): Read {
  const spans: Span[] = [];
  let octets: Uint8Array = new Uint8Array(0);
  try {
    octets = fromHex(hex);
    const segment = decodeSegment(octets, { addresses, onWrongChecksum: 'report' }, spans);
    const problem = segment ? undefined : problemOf('TCP_HEADER_INCOMPLETE', octets);
    return { octets, spans, segment, problem };
  } catch (error) {
    if (!(error instanceof HexError) && !(error instanceof TcpError)) throw error;
    return { octets, spans, segment: undefined, problem: problemOf(error, octets) };
  }
}
