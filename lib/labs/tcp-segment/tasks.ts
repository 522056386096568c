import { FLAG_NAMES, seqAdd, type DecodedSegment } from '@/lib/protocols/tcp';
import type { MessageRef } from '@/lib/text/text';
import type { Task, Verdict } from '../define-lab';
import type { SegmentParams } from './lab';
import type { SegmentResult } from './run';

type SegmentTask = Task<SegmentParams, SegmentResult>;

/** The last sequence number there is: the circle closes behind it (RFC 9293 §3.4). */
const LAST_NUMBER = 2 ** 32 - 1;
/** Octets that the SYN brings along (RFC 9293 §3.4 allows it). An unset field holds 0, so 0 must not be right. */
const SYN_OCTETS = 100;
const MEBIBYTE = 2 ** 20;
/** A segment that the learner acknowledges: its first number, its octets; its FIN has a number too. */
const RECEIVED = { seq: 3_000, octets: 1_000 };
const LONGEST_HEADER = 60;

const no = (key: string, values: NonNullable<MessageRef['values']> = {}): Verdict => ({
  passed: false,
  hint: { key: `tasks.${key}`, values },
});

/** What makes any segment worthless: it cannot be read, or its checksum does not hold. */
function brokenVerdict({ segment }: SegmentResult): Verdict | undefined {
  if (!segment) return no('broken');
  return segment.checksumIsRight === true ? undefined : no('checksum');
}

function hasOnly(segment: DecodedSegment, ...names: readonly string[]): boolean {
  return FLAG_NAMES.every((name) => segment.flags[name] === names.includes(name));
}

function namesOf({ flags }: DecodedSegment): { names: string; count: number } {
  const set = FLAG_NAMES.filter((name) => flags[name]);
  return { names: set.join(', ').toUpperCase(), count: set.length };
}

export const tasks: readonly SegmentTask[] = [
  {
    id: 'answer-syn',
    prompt: 'tasks.answer-syn.prompt',
    check: (result) => {
      const { segment } = result;
      if (!segment) return no('broken');
      if (!hasOnly(segment, 'syn', 'ack')) return no('answer-syn.flags', namesOf(segment));
      const ack = segment.acknowledgmentNumber;
      const afterSyn = seqAdd(LAST_NUMBER, 1);
      if (ack === afterSyn) return no('answer-syn.data', { ack });
      if (ack !== seqAdd(afterSyn, SYN_OCTETS)) return no('answer-syn.ack', { ack });
      return brokenVerdict(result) ?? { passed: true };
    },
  },
  {
    id: 'ack-fin',
    prompt: 'tasks.ack-fin.prompt',
    check: (result) => {
      const { segment } = result;
      if (!segment) return no('broken');
      if (!segment.flags.ack) return no('ack-fin.no-ack');
      if (segment.flags.syn || segment.flags.rst) return no('ack-fin.flags', namesOf(segment));
      const ack = segment.acknowledgmentNumber;
      const afterData = seqAdd(RECEIVED.seq, RECEIVED.octets);
      if (ack === afterData) return no('ack-fin.fin', { ack });
      if (ack === seqAdd(RECEIVED.seq, 1)) return no('ack-fin.plus-one', { ack });
      if (ack !== seqAdd(afterData, 1)) return no('ack-fin.ack', { ack });
      return brokenVerdict(result) ?? { passed: true };
    },
  },
  {
    id: 'one-mebibyte',
    prompt: 'tasks.one-mebibyte.prompt',
    check: (result, { shift }) => {
      const { segment, windowOctets } = result;
      if (!segment) return no('broken');
      if (segment.flags.syn) return no('one-mebibyte.syn', { window: segment.window });
      if (windowOctets !== MEBIBYTE) {
        const most = 0xffff * 2 ** shift;
        return most < MEBIBYTE
          ? no('one-mebibyte.shift', { shift, most })
          : no('one-mebibyte.window', { window: segment.window, shift, octets: windowOctets });
      }
      return brokenVerdict(result) ?? { passed: true };
    },
  },
  {
    id: 'longest-header',
    prompt: 'tasks.longest-header.prompt',
    check: (result) => {
      const { segment } = result;
      if (!segment) return no('broken');
      const { headerLength } = segment;
      if (headerLength < LONGEST_HEADER) {
        return no('longest-header.short', { octets: headerLength, left: LONGEST_HEADER - headerLength });
      }
      return brokenVerdict(result) ?? { passed: true };
    },
  },
  {
    id: 'two-flips',
    prompt: 'tasks.two-flips.prompt',
    check: ({ comparison, checksum }) => {
      if (!comparison) return no('two-flips.other');
      const count = comparison.flipped.length;
      if (count !== 2) return no('two-flips.count', { count });
      if (checksum && checksum.computed === checksum.seen) return { passed: true };
      const [first = 0, second = 0] = comparison.flipped;
      if (first % 16 !== second % 16) {
        return no('two-flips.column', { first: first % 16, second: second % 16 });
      }
      return no('two-flips.direction', { column: first % 16 });
    },
  },
  {
    id: 'provoke-reset',
    prompt: 'tasks.provoke-reset.prompt',
    check: (result) => {
      const { segment, answer } = result;
      const broken = brokenVerdict(result);
      if (broken) return broken;
      if (segment?.flags.rst) return no('provoke-reset.rst');
      if (answer === 'reset') return { passed: true };
      return no(answer === 'syn-ack' ? 'provoke-reset.syn' : 'provoke-reset.nothing');
    },
  },
];
