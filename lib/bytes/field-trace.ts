import type { TraceSink } from './span';

/** Writes spans for fields that follow one another without a gap, from `startOctet`, counting the bits along. */
export class FieldTrace {
  private readonly sink: TraceSink;
  private readonly ref: string;
  private bit: number;

  constructor(sink: TraceSink, ref: string, startOctet = 0) {
    this.sink = sink;
    this.ref = ref;
    this.bit = startOctet * 8;
  }

  /** The next `bits` bits; a field of no bits writes nothing. */
  field(bits: number, name: string, value: string | number, note?: string, ref = this.ref): this {
    const [start, end] = [this.bit, this.bit + bits];
    this.bit = end;
    if (bits === 0) return this;
    const text = typeof value === 'string' ? value : String(value);
    // Two literals and no spread: a traced decoder builds millions of these.
    this.sink.push(
      note === undefined
        ? { start, end, name, value: text, ref }
        : { start, end, name, value: text, note, ref },
    );
    return this;
  }
}
