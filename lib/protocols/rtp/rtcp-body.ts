import { FieldTrace, toHex, type TraceSink } from '@/lib/bytes';
import { RtpError } from './errors';
import { RTCP_HEADER_OCTETS } from './rtcp';

/** How many octets a span's value shows before it says only how many there are. */
const SHOWN_OCTETS = 64;

/** Reads what stands behind the header of one RTCP packet, up to its padding; each read writes its span. */
export class RtcpBody {
  readonly bytes: Uint8Array;
  /** Where the next read begins, from the start of the datagram. */
  offset: number;
  /** Where the packet ends, without padding. */
  readonly end: number;
  readonly trace: TraceSink | undefined;
  private readonly packetAt: number;

  /** `at` is where the packet begins, with its header. */
  constructor(bytes: Uint8Array, at: number, end: number, trace?: TraceSink) {
    this.bytes = bytes;
    this.packetAt = at;
    this.offset = at + RTCP_HEADER_OCTETS;
    this.end = end;
    this.trace = trace;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  /** @throws RtpError RTP_RTCP_LENGTH_WRONG: the length in the header leaves no room for what must be there */
  need(octets: number): void {
    if (this.remaining < octets)
      throw new RtpError(
        'RTP_RTCP_LENGTH_WRONG',
        this.packetAt + 2,
        `${this.end - this.packetAt} octets`,
        `at least ${this.offset + octets - this.packetAt}`,
      );
  }

  /** @throws RtpError RTP_RTCP_LENGTH_WRONG: octets are left that nothing accounts for */
  expectEnd(): void {
    if (this.remaining > 0)
      throw new RtpError(
        'RTP_RTCP_LENGTH_WRONG',
        this.packetAt + 2,
        `${this.end - this.packetAt} octets`,
        `${this.offset - this.packetAt}`,
      );
  }

  /** A number of 1 to 4 octets, which are there. `say` words the value, `note` explains it. */
  uint(octets: number, name: string, ref: string, note?: string, say?: (value: number) => string): number {
    const { bytes, offset } = this;
    let value = 0;
    for (let i = offset; i < offset + octets; i++) value = value * 256 + bytes[i]!;
    this.span(octets, name, ref, !this.trace ? '' : say ? say(value) : String(value), note);
    return value;
  }

  /** So many octets, which are there; a view. */
  take(octets: number, name: string, ref: string): Uint8Array {
    const value = this.bytes.subarray(this.offset, this.offset + octets);
    this.span(octets, name, ref, this.trace ? shown(value) : '');
    return value;
  }

  /** All that is left. */
  rest(name: string, ref: string): Uint8Array {
    return this.take(this.remaining, name, ref);
  }

  /** Text of so many octets, which are there. @throws RtpError RTP_TEXT_NOT_UTF8 */
  text(octets: number, name: string, ref: string): string {
    const value = textOf(this.bytes, this.offset, this.offset + octets);
    this.span(octets, name, ref, value);
    return value;
  }

  /** The padding at the end of the packet gets its span. */
  finish(paddingOctets: number): void {
    if (this.trace && paddingOctets > 0)
      new FieldTrace(this.trace, 'RFC 3550 §6.4.1', this.end)
        .field((paddingOctets - 1) * 8, 'Padding', `${paddingOctets - 1} octets`)
        .field(8, 'Padding Count', paddingOctets, 'itself included');
  }

  private span(octets: number, name: string, ref: string, value: string, note?: string): void {
    const start = this.offset * 8;
    const end = start + octets * 8;
    this.offset += octets;
    if (!this.trace || octets === 0) return;
    // Two literals and no spread: a traced decoder builds millions of these.
    this.trace.push(
      note === undefined ? { start, end, name, value, ref } : { start, end, name, value, note, ref },
    );
  }
}

function shown(octets: Uint8Array): string {
  return octets.length > SHOWN_OCTETS ? `${octets.length} octets` : toHex(octets);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array, start: number, end: number): string {
  try {
    return utf8.decode(bytes.subarray(start, end));
  } catch {
    throw new RtpError('RTP_TEXT_NOT_UTF8', start, 'octets that are not UTF-8', 'UTF-8');
  }
}
