import type { RecordData } from './rdata/table';
import type { DnsClass, DnsType, ReadType } from './registry';

/** What is asked (RFC 1035 §4.1.2). Names are as in `parseName`: no dot at the end, the root is "". */
export type DnsQuestion = { name: string; type: DnsType; class: DnsClass };

/** Name, class and how long it may be kept, in seconds (RFC 1035 §4.1.3). */
type RecordHead = { name: string; class: DnsClass; ttl: number };

/** A resource record; `type` says what `data` is: octets for types that this room does not read. */
export type DnsRecord =
  | (RecordHead & { [T in ReadType]: { type: T; data: RecordData[T] } }[ReadType])
  | (RecordHead & { type: Exclude<DnsType, ReadType>; data: Uint8Array });

/** What OPT adds to a message (RFC 6891 §6.1). */
export type Edns = {
  /** How much its sender can take over UDP, in octets. */
  udpPayloadSize: number;
  version: number;
  /** DO: send the signatures too (RFC 3225). */
  dnssecOk: boolean;
  options: readonly { code: number; data: Uint8Array }[];
};

/** A message (RFC 1035 §4.1). OPT is not among the additional records but in `edns`. */
export type DnsMessage = {
  id: number;
  /** Whether it answers. */
  qr: boolean;
  opcode: number;
  /** The answer comes from who knows (authoritative). */
  aa: boolean;
  /** It was cut to fit: ask again over TCP (RFC 7766 §5). */
  tc: boolean;
  rd: boolean;
  ra: boolean;
  /** RFC 4035 §3.1.6, §3.2.2. */
  ad: boolean;
  cd: boolean;
  /** With the upper eight bits from OPT (RFC 6891 §6.1.3). */
  rcode: number;
  questions: readonly DnsQuestion[];
  answers: readonly DnsRecord[];
  authorities: readonly DnsRecord[];
  additionals: readonly DnsRecord[];
  edns?: Edns;
};

/** A message of these fields; what is not given is zero, unset or empty. */
export function createMessage(fields: Partial<DnsMessage>): DnsMessage {
  return {
    id: 0,
    qr: false,
    opcode: 0,
    aa: false,
    tc: false,
    rd: false,
    ra: false,
    ad: false,
    cd: false,
    rcode: 0,
    questions: [],
    answers: [],
    authorities: [],
    additionals: [],
    ...fields,
  };
}

/** Octets of the header. */
export const DNS_HEADER_OCTETS = 12;
/** What UDP carried before EDNS (RFC 1035 §4.2.1). */
export const CLASSIC_UDP_OCTETS = 512;
/** What is asked for today: it fits any path without fragments (DNS Flag Day 2020; RFC 9715 §3). */
export const SAFE_UDP_OCTETS = 1232;
/** Longest message: TCP's length field has 16 bits (RFC 1035 §4.2.2). */
export const MAX_DNS_OCTETS = 0xffff;
