import type { TraceSink } from '@/lib/bytes';
import { FieldTrace } from '@/lib/bytes';
import { Cursor } from './cursor';
import { DnsError } from './errors';
import type { DnsMessage, DnsQuestion, DnsRecord, Edns } from './message';
import { DNS_HEADER_OCTETS } from './message';
import type { RdataCodec } from './rdata/codec';
import { RDATA_CODECS } from './rdata/table';
import { className, DNS_OPCODES, EDNS_OPTIONS, rcodeName, typeName, typeReference } from './registry';

const OPT = 41;

/**
 * Octets of one message to its parts: a datagram's, or a frame's that `DnsStreamReader` cut out. All of it is here, so what
 * runs past the end is malformed. The diagrams stand at `encodeMessage`. Spans are traced as they are read: where it throws,
 * those before the fault are there.
 * @throws DnsError
 */
export function decodeMessage(bytes: Uint8Array, trace?: TraceSink): DnsMessage {
  if (bytes.length < DNS_HEADER_OCTETS) {
    throw new DnsError('DNS_MESSAGE_CUT', bytes.length, `${bytes.length} octets`, 'a header of 12');
  }
  const cursor = new Cursor(bytes, 0, trace && new FieldTrace(trace, 'RFC 1035 §4.1'));
  const id = cursor.uint16('ID');
  const flags = readFlags(cursor);
  const counts = ['QDCOUNT', 'ANCOUNT', 'NSCOUNT', 'ARCOUNT'].map((label) => cursor.uint16(label));
  const questions = readMany(counts[0]!, () => readQuestion(cursor));
  const answers = readSection(cursor, counts[1]!);
  const authorities = readSection(cursor, counts[2]!);
  const additionals: DnsRecord[] = [];
  let opt: { edns: Edns; upperRcode: number } | undefined;
  for (let i = 0; i < counts[3]!; i++) {
    const start = cursor.at;
    const record = readRecord(cursor);
    if (!('edns' in record)) additionals.push(record);
    else if (opt) throw new DnsError('DNS_OPT_MISPLACED', start, 'a second OPT', 'one at most');
    else opt = record;
  }
  if (cursor.remaining > 0) {
    throw new DnsError('DNS_OCTETS_AFTER_MESSAGE', cursor.at, `${cursor.remaining} octets`, 'the end');
  }
  const rcode = flags.rcode + (opt?.upperRcode ?? 0) * 16;
  const message = { id, ...flags, rcode, questions, answers, authorities, additionals };
  return opt ? { ...message, edns: opt.edns } : message;
}

function readFlags(cursor: Cursor) {
  const bits = (cursor.bytes[2]! << 8) | cursor.bytes[3]!;
  const bit = (shift: number): boolean => ((bits >>> shift) & 1) === 1;
  const flags = {
    qr: bit(15),
    opcode: (bits >>> 11) & 15,
    aa: bit(10),
    tc: bit(9),
    rd: bit(8),
    ra: bit(7),
    ad: bit(5),
    cd: bit(4),
    rcode: bits & 15,
  };
  cursor.at += 2;
  const set = (shift: number): string => (bit(shift) ? 'set' : 'not set');
  cursor.fields
    ?.field(1, 'QR', flags.qr ? 'response' : 'query')
    .field(4, 'OPCODE', DNS_OPCODES.find(([value]) => value === flags.opcode)?.[1] ?? flags.opcode)
    .field(1, 'AA', set(10), 'authoritative answer')
    .field(1, 'TC', set(9), 'truncated: ask again over TCP')
    .field(1, 'RD', set(8), 'recursion desired')
    .field(1, 'RA', set(7), 'recursion available')
    .field(1, 'Z', set(6), 'reserved')
    .field(1, 'AD', set(5), 'authentic data', 'RFC 4035 §3.2.3')
    .field(1, 'CD', set(4), 'checking disabled', 'RFC 4035 §3.2.2')
    .field(4, 'RCODE', rcodeName(flags.rcode));
  return flags;
}

function readQuestion(cursor: Cursor): DnsQuestion {
  const name = cursor.name('QNAME');
  const type = typeName(cursor.uint16('QTYPE', typeName));
  return { name, type, class: className(cursor.uint16('QCLASS', className)) };
}

/** The list grows as it is read: a header may promise 65,535 records that are not there. */
function readMany<T>(count: number, read: () => T): T[] {
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(read());
  return list;
}

function readSection(cursor: Cursor, count: number): DnsRecord[] {
  return readMany(count, () => {
    const start = cursor.at;
    const record = readRecord(cursor);
    if (!('edns' in record)) return record;
    throw new DnsError('DNS_OPT_MISPLACED', start, 'OPT', 'it among the additional records');
  });
}

function readRecord(cursor: Cursor): DnsRecord | { edns: Edns; upperRcode: number } {
  const start = cursor.at;
  const name = cursor.name('NAME');
  const typeValue = cursor.uint16('TYPE', typeName);
  if (typeValue === OPT) {
    if (name !== '') throw new DnsError('DNS_OPT_MISPLACED', start, `OPT of "${name}"`, 'the root');
    return readOpt(cursor);
  }
  const type = typeName(typeValue);
  const recordClass = className(cursor.uint16('CLASS', className));
  const ttl = cursor.uint32('TTL', (value) => `${value} s`);
  const data = withinRdata(cursor, (length) => {
    const codec = (RDATA_CODECS as Partial<Record<string, RdataCodec<unknown>>>)[type];
    return codec ? codec.read(cursor) : cursor.octets(length, `RDATA (${typeReference(type)})`);
  });
  return { name, class: recordClass, ttl, type, data } as DnsRecord;
}

/** Reads the length and, with the cursor's end there, the data; all of it must be used. */
function withinRdata<T>(cursor: Cursor, read: (length: number) => T): T {
  const length = cursor.uint16('RDLENGTH', (octets) => `${octets} octets`);
  const messageEnd = cursor.end;
  if (length > cursor.remaining) {
    throw new DnsError('DNS_MESSAGE_CUT', cursor.at, `${cursor.remaining} octets`, `${length} of data`);
  }
  cursor.end = cursor.at + length;
  cursor.isInData = true;
  const data = read(length);
  if (cursor.remaining > 0) {
    const seen = `${cursor.remaining} octets more`;
    throw new DnsError('DNS_RDATA_LENGTH_WRONG', cursor.at, seen, 'the end of the data');
  }
  cursor.end = messageEnd;
  cursor.isInData = false;
  return data;
}

/** RFC 6891 §6.1.2, §6.1.3: class and TTL mean something else here. */
function readOpt(cursor: Cursor): { edns: Edns; upperRcode: number } {
  const udpPayloadSize = cursor.uint16('UDP Payload Size', (octets) => `${octets} octets`);
  const upperRcode = cursor.uint8('Extended RCODE');
  const version = cursor.uint8('EDNS Version');
  const bits = cursor.uint16('EDNS Flags', (value) => (value >= 0x8000 ? 'DO' : 'none'));
  const options = withinRdata(cursor, () => {
    const list: { code: number; data: Uint8Array }[] = [];
    while (cursor.remaining > 0) {
      const code = cursor.uint16('OPTION-CODE', optionName);
      const length = cursor.uint16('OPTION-LENGTH', (octets) => `${octets} octets`);
      list.push({ code, data: cursor.octets(length, 'OPTION-DATA') });
    }
    return list;
  });
  return { edns: { udpPayloadSize, version, dnssecOk: bits >= 0x8000, options }, upperRcode };
}

function optionName(code: number): string {
  return EDNS_OPTIONS.find(([value]) => value === code)?.[1] ?? String(code);
}
