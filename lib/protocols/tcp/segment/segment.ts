import type { TcpOption } from './options';

/** The eight control bits (RFC 9293 §3.1; CWR and ECE: RFC 3168 §6.1). */
export type TcpFlags = {
  cwr: boolean;
  ece: boolean;
  urg: boolean;
  ack: boolean;
  psh: boolean;
  rst: boolean;
  syn: boolean;
  fin: boolean;
};

/** A TCP segment (RFC 9293 §3.1). Data offset and checksum follow from the rest when it is encoded. */
export type TcpSegment = {
  sourcePort: number;
  destinationPort: number;
  /** Of the first octet of data; of the SYN, when that bit is set. */
  sequenceNumber: number;
  /** The next octet that the sender expects; means something only with the ACK bit. */
  acknowledgmentNumber: number;
  /** Reserved bits, 0 unless someone else set them. */
  reserved: number;
  flags: TcpFlags;
  /** As on the wire: the sender's window shifted right by its scale. */
  window: number;
  urgentPointer: number;
  options: readonly TcpOption[];
  payload: Uint8Array;
};

/** A segment as it was received. */
export type DecodedSegment = TcpSegment & {
  headerLength: number;
  checksum: number;
  /** `undefined`: the addresses were not given, so the checksum could not be verified. */
  checksumIsRight: boolean | undefined;
};

/** In the order of the header's bits. */
export const FLAG_NAMES = ['cwr', 'ece', 'urg', 'ack', 'psh', 'rst', 'syn', 'fin'] as const;

/** Flags from the names of those that are set. */
export function flagsOf(...names: readonly (keyof TcpFlags)[]): TcpFlags {
  const flags: TcpFlags = {
    cwr: false,
    ece: false,
    urg: false,
    ack: false,
    psh: false,
    rst: false,
    syn: false,
    fin: false,
  };
  for (const name of names) flags[name] = true;
  return flags;
}

/** A segment of these fields; what is not given is zero, unset or empty. */
export function createSegment(fields: Partial<TcpSegment>): TcpSegment {
  return {
    sourcePort: 0,
    destinationPort: 0,
    sequenceNumber: 0,
    acknowledgmentNumber: 0,
    reserved: 0,
    flags: flagsOf(),
    window: 0,
    urgentPointer: 0,
    options: [],
    payload: new Uint8Array(0),
    ...fields,
  };
}
