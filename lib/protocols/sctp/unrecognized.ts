import { ByteWriter } from '@/lib/bytes';
import type { Chunk, Parameter, UnknownChunk } from './packet';
import { encodeParameters } from './parameters';
import { CAUSE_CODES, PARAMETER_TYPES } from './registry';

/** The two high bits of a type say what to do with one that is not known: go on or stop, tell or be silent (RFC 9260 §3.2). */
const GOES_ON = 0b10;
const IS_TOLD = 0b01;

/** Whether nothing behind this chunk is looked at (RFC 9260 §3.2). */
export function endsPacket(chunk: Chunk): boolean {
  return chunk.kind === 'unknown' && ((chunk.type >> 6) & GOES_ON) === 0;
}

/** What an ERROR says of a chunk that is not known: all of it; undefined where nothing is to be said (RFC 9260 §3.2, §3.3.10.6). */
export function causeOfChunk({ type, flags, value }: UnknownChunk): Parameter | undefined {
  if (((type >> 6) & IS_TOLD) === 0) return undefined;
  const octets = new ByteWriter(4 + value.length)
    .uint8(type)
    .uint8(flags)
    .uint16(4 + value.length)
    .write(value)
    .finish();
  return { type: CAUSE_CODES['Unrecognized Chunk Type'], value: octets };
}

/** What an ERROR says of a stream that was not agreed on (RFC 9260 §3.3.10.1). */
export function invalidStream(streamId: number): Parameter {
  const value = new ByteWriter(4).uint16(streamId).uint16(0).finish();
  return { type: CAUSE_CODES['Invalid Stream Identifier'], value };
}

const KNOWN: ReadonlySet<number> = new Set(Object.values(PARAMETER_TYPES));

/** What an INIT ACK says of parameters of an INIT that are not known and want to be told of (RFC 9260 §3.2.1, §3.3.3.1.2). */
export function reportsOfParameters(parameters: readonly Parameter[]): Parameter[] {
  const reports: Parameter[] = [];
  for (const parameter of parameters) {
    const { type } = parameter;
    if (KNOWN.has(type)) continue;
    if (((type >> 14) & IS_TOLD) !== 0) {
      const writer = new ByteWriter();
      encodeParameters(writer, [parameter]);
      reports.push({ type: PARAMETER_TYPES['Unrecognized Parameter'], value: writer.finish() });
    }
    if (((type >> 14) & GOES_ON) === 0) break;
  }
  return reports;
}
