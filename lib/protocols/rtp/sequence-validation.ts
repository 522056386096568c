const SEQUENCE_NUMBERS = 0x10000;

/** How many packets may be missing at once before it looks like another stream (RFC 3550 Appendix A.1). */
export const MAX_DROPOUT = 3000;
/** How many packets late one may come. */
export const MAX_MISORDER = 100;
/** How many packets in a row a source must send to be taken for one. */
export const MIN_SEQUENTIAL = 2;

/** What became of a packet: counted, not counted while the source is on probation, or out of the row. */
export type SequenceVerdict = 'counted' | 'probation' | 'rejected';

/**
 * Decides by sequence numbers whether a source is real, and counts its packets (RFC 3550 Appendix A.1, `init_seq` and
 * `update_seq`, with the names of that code). A source is real after two packets in a row; a jump is believed when a
 * second packet follows it.
 */
export class SequenceValidator {
  /** Highest sequence number seen. */
  maxSeq: number;
  /** How often it began again, times 65536. */
  cycles = 0;
  /** The first number that counted. */
  baseSeq: number;
  /** Packets counted, late and double ones too. */
  received = 0;
  private badSeq = SEQUENCE_NUMBERS + 1;
  private probation = MIN_SEQUENTIAL;

  /** From the first packet heard of a source; that packet goes to `update` as well. */
  constructor(firstSequenceNumber: number) {
    this.baseSeq = firstSequenceNumber;
    this.maxSeq = (firstSequenceNumber - 1) & 0xffff;
  }

  /** Whether the source has left probation. */
  get isValid(): boolean {
    return this.probation === 0;
  }

  /** The extended highest sequence number, as a report has it: 32 bits. */
  get extendedMax(): number {
    return (this.cycles + this.maxSeq) >>> 0;
  }

  /** Packets that should have come (Appendix A.3). */
  get expected(): number {
    return this.isValid ? this.cycles + this.maxSeq - this.baseSeq + 1 : 0;
  }

  update(sequenceNumber: number): SequenceVerdict {
    const ahead = (sequenceNumber - this.maxSeq) & 0xffff;
    if (this.probation > 0) return this.onProbation(sequenceNumber, ahead);
    if (ahead < MAX_DROPOUT) {
      if (sequenceNumber < this.maxSeq) this.cycles += SEQUENCE_NUMBERS;
      this.maxSeq = sequenceNumber;
    } else if (ahead <= SEQUENCE_NUMBERS - MAX_MISORDER) {
      if (sequenceNumber !== this.badSeq) {
        this.badSeq = (sequenceNumber + 1) & 0xffff;
        return 'rejected';
      }
      // Two in a row after the jump: the other side started again without saying so.
      this.begin(sequenceNumber);
    }
    this.received++;
    return 'counted';
  }

  private onProbation(sequenceNumber: number, ahead: number): SequenceVerdict {
    this.maxSeq = sequenceNumber;
    if (ahead !== 1) {
      this.probation = MIN_SEQUENTIAL - 1;
      return 'probation';
    }
    this.probation--;
    if (this.probation > 0) return 'probation';
    this.begin(sequenceNumber);
    this.received++;
    return 'counted';
  }

  private begin(sequenceNumber: number): void {
    this.baseSeq = sequenceNumber;
    this.maxSeq = sequenceNumber;
    this.badSeq = SEQUENCE_NUMBERS + 1;
    this.cycles = 0;
    this.received = 0;
  }
}
