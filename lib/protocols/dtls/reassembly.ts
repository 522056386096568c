import { DtlsError } from './errors';
import type { HandshakeFragment, NumberedMessage } from './fragment';

/** Octets of a message that is put together, at most: generous for a chain of certificates. */
export const MAX_MESSAGE_OCTETS = 2 ** 17;

/** Messages after the next one that are kept; what comes from further ahead is dropped (RFC 9147 §5.2 allows either). */
export const MAX_MESSAGES_AHEAD = 16;

/** Octets of all messages that are not delivered yet. */
export const MAX_REASSEMBLY_OCTETS = 2 ** 18;

/** Separate runs of octets in a message: one more, and its fragment is dropped until the gaps are fewer. */
export const MAX_RUNS = 1024;

type Partial = {
  msgType: number;
  body: Uint8Array;
  /** What has come, in order, as [start, end]; neighbours are joined. */
  runs: [number, number][];
};

/**
 * Puts messages together from fragments that overlap, come twice or out of order (RFC 9147 §5.5), and delivers them in the
 * order of message_seq (§5.2). Memory is reserved by what a message says of its length, so limits hold: of a message, of
 * messages ahead, of all together, of gaps; a fragment beyond the last three is dropped, for its sender will repeat it.
 */
export class HandshakeReassembler {
  private readonly partials = new Map<number, Partial>();
  private expected: number;
  private reservedOctets = 0;

  /** @param firstSeq where to start: 1.2 counts on after a HelloVerifyRequest, and a stateless server starts with it. */
  constructor(firstSeq = 0) {
    this.expected = firstSeq;
  }

  /** message_seq of the message that is delivered next. */
  get nextReceiveSeq(): number {
    return this.expected;
  }

  /** Whether some of a message has come that is not delivered: a part, or one that is ahead of its turn. */
  get isWaiting(): boolean {
    return this.partials.size > 0;
  }

  /** Octets that are held for messages not delivered yet. */
  get heldOctets(): number {
    return this.reservedOctets;
  }

  /**
   * Takes a fragment; answers the messages that are whole now, in order. Old ones and repetitions answer none.
   * @throws DtlsError DTLS_MESSAGE_TOO_LONG; DTLS_FRAGMENT_CONFLICT: type, length or octets differ from those seen before
   */
  push(fragment: HandshakeFragment): NumberedMessage[] {
    if (this.isKept(fragment)) fill(this.partialFor(fragment), fragment);
    const whole: NumberedMessage[] = [];
    for (let partial = this.takeWhole(); partial; partial = this.takeWhole())
      whole.push({ msgType: partial.msgType, messageSeq: this.expected++, body: partial.body });
    return whole;
  }

  private isKept({ messageSeq, length }: HandshakeFragment): boolean {
    if (messageSeq < this.expected || messageSeq > this.expected + MAX_MESSAGES_AHEAD) return false;
    if (length > MAX_MESSAGE_OCTETS)
      throw new DtlsError('DTLS_MESSAGE_TOO_LONG', 1, `${length} octets`, `at most ${MAX_MESSAGE_OCTETS}`);
    // The next message always finds room, or others ahead of it could keep it out for good.
    const isNext = messageSeq === this.expected;
    return (
      isNext || this.partials.has(messageSeq) || this.reservedOctets + length <= MAX_REASSEMBLY_OCTETS / 2
    );
  }

  private partialFor({ messageSeq, msgType, length }: HandshakeFragment): Partial {
    let partial = this.partials.get(messageSeq);
    if (!partial) {
      partial = { msgType, body: new Uint8Array(length), runs: [] };
      this.partials.set(messageSeq, partial);
      this.reservedOctets += length;
    }
    if (partial.msgType !== msgType || partial.body.length !== length)
      throw new DtlsError(
        'DTLS_FRAGMENT_CONFLICT',
        0,
        `message ${messageSeq} of type ${msgType} and ${length} octets`,
        `type ${partial.msgType} and ${partial.body.length} octets`,
      );
    return partial;
  }

  private takeWhole(): Partial | undefined {
    const partial = this.partials.get(this.expected);
    if (!partial) return undefined;
    const { body, runs } = partial;
    const isWhole =
      body.length === 0 || (runs.length === 1 && runs[0]![0] === 0 && runs[0]![1] === body.length);
    if (!isWhole) return undefined;
    this.partials.delete(this.expected);
    this.reservedOctets -= body.length;
    return partial;
  }
}

/** Writes a fragment's octets; where some were there before, they must be the same. */
function fill(
  { body, runs }: Partial,
  { fragmentOffset: start, fragment, messageSeq }: HandshakeFragment,
): void {
  const end = start + fragment.length;
  for (const [from, to] of runs)
    for (let at = Math.max(from, start); at < Math.min(to, end); at++)
      if (body[at] !== fragment[at - start])
        throw new DtlsError(
          'DTLS_FRAGMENT_CONFLICT',
          at,
          `another octet ${at} of message ${messageSeq}`,
          'the one that came before',
        );
  const apart = runs.filter(([from, to]) => to < start || from > end);
  if (apart.length >= MAX_RUNS) return;
  body.set(fragment, start);
  const touching = runs.filter(([from, to]) => to >= start && from <= end);
  const merged: [number, number] = [
    Math.min(start, ...touching.map(([from]) => from)),
    Math.max(end, ...touching.map(([, to]) => to)),
  ];
  runs.splice(0, runs.length, ...[...apart, merged].sort(([a], [b]) => a - b));
}
