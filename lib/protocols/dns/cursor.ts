import type { FieldTrace } from '@/lib/bytes';
import { toHex } from '@/lib/bytes';
import { DnsError } from './errors';
import { MAX_NAME_OCTETS, writeLabel, writeOctets } from './name';

/** A name has at most 127 labels, so more pointers than that only point to pointers. */
const MAX_POINTERS = 127;

/**
 * Reads a message from front to back, and traces what it reads if someone looks. `end` is the end of the message, or of the
 * record's data while that is read: nothing is read past it.
 */
export class Cursor {
  readonly bytes: Uint8Array;
  at: number;
  end: number;
  /** Reading a record's data: its length, not the message's, is what does not hold then. */
  isInData = false;
  readonly fields: FieldTrace | undefined;

  constructor(bytes: Uint8Array, at: number, fields?: FieldTrace) {
    this.bytes = bytes;
    this.at = at;
    this.end = bytes.length;
    this.fields = fields;
  }

  get remaining(): number {
    return this.end - this.at;
  }

  uint8(label: string, describe: (value: number) => string = String): number {
    return this.#number(1, label, describe);
  }

  uint16(label: string, describe: (value: number) => string = String): number {
    return this.#number(2, label, describe);
  }

  uint32(label: string, describe: (value: number) => string = String): number {
    return this.#number(4, label, describe);
  }

  /** A view of the next octets. */
  octets(count: number, label: string, describe: (octets: Uint8Array) => string = hex): Uint8Array {
    const octets = this.bytes.subarray(this.#take(count), this.at);
    this.fields?.field(count * 8, label, describe(octets));
    return octets;
  }

  /** A length octet and so many octets, as text (RFC 1035 §3.3). */
  characterString(label: string): string {
    const length = this.uint8(`${label}: Length`, (octets) => `${octets} octets`);
    return writeOctets(this.octets(length, label, (octets) => JSON.stringify(writeOctets(octets))));
  }

  /**
   * A name (RFC 1035 §3.1, §4.1.4): labels up to the root, or up to a pointer to where the rest stood before. Each pointer
   * must point to before all that was read of the name, so there is no loop; 255 octets bound the rest.
   */
  name(label: string, mayPoint = true): string {
    const labels: string[] = [];
    let octets = 1;
    /** Past the first pointer the name is elsewhere, and the cursor stays here. */
    let elsewhere: number | undefined;
    let earliest = this.at;
    let pointers = 0;
    for (;;) {
      const at = elsewhere ?? this.at;
      const end = elsewhere === undefined ? this.end : this.bytes.length;
      if (at >= end) throw this.#cut(at, 'a label');
      const length = this.bytes[at]!;
      if (length >= 0xc0) {
        if (!mayPoint) throw new DnsError('DNS_POINTER_FORBIDDEN', at, 'a pointer', 'labels');
        if (at + 1 >= end) throw this.#cut(at, 'two octets of a pointer');
        const target = ((length & 0x3f) << 8) | this.bytes[at + 1]!;
        if (target >= earliest) {
          throw new DnsError(
            'DNS_POINTER_NOT_BACKWARDS',
            at,
            `a pointer to ${target}`,
            `one to before ${earliest}`,
          );
        }
        if (++pointers > MAX_POINTERS) {
          throw new DnsError('DNS_TOO_MANY_POINTERS', at, `pointer ${pointers}`, `at most ${MAX_POINTERS}`);
        }
        if (elsewhere === undefined) {
          this.at += 2;
          this.fields?.field(2, `${label}: Pointer`, '11').field(14, `${label}: Offset`, `octet ${target}`);
        }
        elsewhere = target;
        earliest = target;
        continue;
      }
      if (length > 0x3f) {
        throw new DnsError(
          'DNS_LABEL_TYPE_UNKNOWN',
          at,
          `0x${length.toString(16)}`,
          'a length up to 63, or a pointer',
        );
      }
      if (at + 1 + length > end) throw this.#cut(at, `a label of ${length} octets`);
      octets += length + 1;
      if (octets > MAX_NAME_OCTETS + (length === 0 ? 1 : 0)) {
        throw new DnsError('DNS_NAME_TOO_LONG', at, `${octets} octets`, `at most ${MAX_NAME_OCTETS}`);
      }
      const text = writeLabel(this.bytes.subarray(at + 1, at + 1 + length));
      if (elsewhere === undefined) {
        this.at += 1 + length;
        this.fields
          ?.field(8, length === 0 ? `${label}: Root` : `${label}: Length`, length)
          .field(length * 8, `${label}: Label`, text);
      } else elsewhere += 1 + length;
      if (length === 0) return labels.join('.');
      labels.push(text);
    }
  }

  #number(octets: 1 | 2 | 4, label: string, describe: (value: number) => string): number {
    const start = this.#take(octets);
    let value = 0;
    for (let i = start; i < this.at; i++) value = value * 256 + this.bytes[i]!;
    this.fields?.field(octets * 8, label, describe(value));
    return value;
  }

  #take(count: number): number {
    const start = this.at;
    if (start + count > this.end) throw this.#cut(start, `${count} octets`);
    this.at += count;
    return start;
  }

  #cut(at: number, expected: string): DnsError {
    const code = this.isInData ? 'DNS_RDATA_LENGTH_WRONG' : 'DNS_MESSAGE_CUT';
    return new DnsError(code, at, `${Math.max(0, this.end - at)} octets`, expected);
  }
}

function hex(octets: Uint8Array): string {
  return toHex(octets, ' ');
}
