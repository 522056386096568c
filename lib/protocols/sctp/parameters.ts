import { type ByteWriter, FieldTrace, toHex, type TraceSink } from '@/lib/bytes';
import { SctpError } from './errors';
import type { Parameter } from './packet';
import { nameIn } from './registry';

/** Octets that fill a length up to a multiple of four (RFC 9260 §3.2). */
export const paddingOf = (octets: number): number => -octets & 3;

/** How a list of parameters or causes is named in spans. */
export type ParameterNaming = { word: string; registry: Readonly<Record<string, number>>; ref: string };

/**
 * Parameters or error causes one after another, from `start` to `end`; the last one's padding may be missing there.
 * @throws SctpError SCTP_PARAMETER_LENGTH_WRONG
 */
export function decodeParameters(
  bytes: Uint8Array,
  start: number,
  end: number,
  naming: ParameterNaming,
  trace?: TraceSink,
): Parameter[] {
  const parameters: Parameter[] = [];
  for (let at = start; at < end;) {
    const left = end - at;
    const length = left < 4 ? 0 : (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (length < 4 || length > left)
      throw new SctpError(
        'SCTP_PARAMETER_LENGTH_WRONG',
        Math.min(at + 2, end),
        left < 4 ? `${left} octets` : `length ${length}`,
        `4 to ${left}`,
      );
    const parameter = {
      type: (bytes[at]! << 8) | bytes[at + 1]!,
      value: bytes.subarray(at + 4, at + length),
    };
    const padding = Math.min(paddingOf(length), left - length);
    if (trace) traceParameter(trace, at, parameter, padding, naming);
    parameters.push(parameter);
    at += length + padding;
  }
  return parameters;
}

/** Octets of the list without the last padding, which the chunk's length leaves out (RFC 9260 §3.2). */
export function parametersLength(parameters: readonly Parameter[]): number {
  return parameters.reduce((octets, { value }) => octets + paddingOf(octets) + 4 + value.length, 0);
}

/** Writes the list, each item filled up to four octets but the last. */
export function encodeParameters(writer: ByteWriter, parameters: readonly Parameter[]): void {
  parameters.forEach(({ type, value }, index) => {
    writer
      .uint16(type)
      .uint16(4 + value.length)
      .write(value);
    if (index < parameters.length - 1) writer.write(new Uint8Array(paddingOf(value.length)));
  });
}

function traceParameter(
  sink: TraceSink,
  at: number,
  { type, value }: Parameter,
  padding: number,
  { word, registry, ref }: ParameterNaming,
): void {
  new FieldTrace(sink, ref, at)
    .field(16, `${word} Type`, nameIn(registry, type), `0x${type.toString(16).padStart(4, '0')}`)
    .field(16, `${word} Length`, `${value.length + 4} octets`, 'without padding')
    .field(value.length * 8, `${word} Value`, toHex(value))
    .field(padding * 8, 'Padding', `${padding} octets`);
}
