import type { FieldTrace } from '@/lib/bytes';
import { toHex } from '@/lib/bytes';
import { IpError } from './errors';
import type { OpaqueExtensionHeader } from './ipv6-extensions';
import { IP_PROTOCOLS, protocolName } from './protocol-numbers';

/** Rows of IANA's "Destination Options and Hop-by-Hop Options": type, name, reference. */
export const IPV6_OPTIONS = [
  [0x00, 'Pad1', 'RFC 8200 §4.2'],
  [0x01, 'PadN', 'RFC 8200 §4.2'],
  [0x05, 'Router Alert', 'RFC 2711'],
  [0xc2, 'Jumbo Payload', 'RFC 2675'],
] as const;

/**
 * An option of a hop-by-hop or destination header (RFC 8200 §4.2). The first two bits of its type say what a node does that
 * does not know it, the third whether its data may change on the way.
 */
export type Ipv6Option = {
  type: number;
  ifUnknown: 'skip' | 'discard' | 'discard-and-report' | 'discard-and-report-unicast';
  mayChange: boolean;
  data: Uint8Array;
};

/** A routing header (RFC 8200 §4.4). Type 0 is deprecated and not to be acted on (RFC 5095). */
export type RoutingHeader = { routingType: number; segmentsLeft: number; data: Uint8Array };

const ACTIONS = ['skip', 'discard', 'discard-and-report', 'discard-and-report-unicast'] as const;

/**
 * The options in the data of a hop-by-hop or destination header, padding included.
 * @throws IpError IP_OPTION_PAST_END; `offset` counts from the start of `data`
 */
export function decodeIpv6Options(data: Uint8Array): Ipv6Option[] {
  const options: Ipv6Option[] = [];
  for (let at = 0; at < data.length;) {
    const type = data[at]!;
    // Pad1 is the one option without a length.
    const length = type === 0 ? -1 : data[at + 1];
    if (length === undefined || at + 2 + length > data.length) {
      const seen = length === undefined ? 'no length' : `length ${length}`;
      throw new IpError('IP_OPTION_PAST_END', at + 1, seen, `at most ${data.length - at - 2}`);
    }
    const value = data.subarray(at + 2, at + 2 + Math.max(0, length));
    options.push({ type, ifUnknown: ACTIONS[type >>> 6]!, mayChange: (type & 0x20) !== 0, data: value });
    at += 2 + length;
  }
  return options;
}

/** The fields that all routing headers begin with; `data` is what its type says. */
export function decodeRoutingHeader(data: Uint8Array): RoutingHeader {
  return { routingType: data[0] ?? 0, segmentsLeft: data[1] ?? 0, data: data.subarray(2) };
}

/** The spans of an extension header's data, from its octet 2 on. */
export function traceExtensionData(fields: FieldTrace, { header, data }: OpaqueExtensionHeader): void {
  if (header === IP_PROTOCOLS.routing) {
    const { routingType, segmentsLeft, data: rest } = decodeRoutingHeader(data);
    fields
      .field(
        8,
        'Routing Type',
        routingType,
        routingType === 0 ? 'deprecated (RFC 5095)' : undefined,
        'RFC 8200 §4.4',
      )
      .field(8, 'Segments Left', segmentsLeft, undefined, 'RFC 8200 §4.4')
      .field(rest.length * 8, 'Type-specific Data', toHex(rest, ' '), undefined, 'RFC 8200 §4.4');
    return;
  }
  const hasOptions = header === IP_PROTOCOLS.hopByHopOptions || header === IP_PROTOCOLS.destinationOptions;
  const options = hasOptions ? optionsOrNone(data) : undefined;
  if (!options) {
    fields.field(data.length * 8, protocolName(header), toHex(data, ' '));
    return;
  }
  for (const option of options) traceOption(fields, option);
}

function traceOption(fields: FieldTrace, { type, ifUnknown, mayChange, data }: Ipv6Option): void {
  const [, name = `Option 0x${type.toString(16).padStart(2, '0')}`, ref] =
    IPV6_OPTIONS.find(([value]) => value === type) ?? [];
  const note = `if unknown: ${ifUnknown}; ${mayChange ? 'may change on the way' : 'does not change'}`;
  fields.field(8, `${name}: Type`, `0x${type.toString(16).padStart(2, '0')}`, note, ref ?? 'RFC 8200 §4.2');
  if (type === 0) return;
  fields
    .field(8, `${name}: Length`, `${data.length} octets`, undefined, 'RFC 8200 §4.2')
    .field(data.length * 8, name, toHex(data, ' '), undefined, ref ?? 'RFC 8200 §4.2');
}

/** A header whose options run past it is shown as the octets that it is. */
function optionsOrNone(data: Uint8Array): Ipv6Option[] | undefined {
  try {
    return decodeIpv6Options(data);
  } catch (error) {
    if (error instanceof IpError) return undefined;
    throw error;
  }
}
