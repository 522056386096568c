import type { TraceSink } from '@/lib/bytes';
import { decodeMessage } from './decode-message';
import { DnsError } from './errors';
import type { DnsMessage, DnsRecord, Edns } from './message';
import { MAX_DNS_OCTETS } from './message';
import { MessageWriter } from './message-writer';
import { canonicalName, isWithin } from './name';
import type { RdataCodec } from './rdata/codec';
import { RDATA_CODECS } from './rdata/table';
import { classValue, typeValue } from './registry';

const OPT = 41;

/** How a message is written. */
export type EncodeOptions = {
  /** Names that stood before are pointed to (RFC 1035 §4.1.4); on unless switched off. */
  compress?: boolean;
  /**
   * What the other side can take: 512 without EDNS, its `udpPayloadSize` with it, 65,535 over TCP. What does not fit is left
   * out from the end, by whole sets of records, and TC is set (RFC 2181 §9).
   */
  maxOctets?: number;
};

/**
 * Message to octets. The header (RFC 1035 §4.1.1; AD and CD: RFC 4035) and a record (§4.1.3):
 *
 *       0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5        0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                      ID                       |     /                      NAME                     /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |     |                      TYPE                     |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                    QDCOUNT                    |     |                     CLASS                     |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                    ANCOUNT                    |     |                      TTL                      |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+     |                                               |
 *     |                    NSCOUNT                    |     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+     |                   RDLENGTH                    |
 *     |                    ARCOUNT                    |     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+     /                     RDATA                     /
 *
 * @throws DnsError DNS_FIELD_OUT_OF_RANGE, DNS_MESSAGE_TOO_LONG, DNS_RDATA_MALFORMED, and those of `parseName`
 */
export function encodeMessage(
  message: DnsMessage,
  options: EncodeOptions = {},
  trace?: TraceSink,
): Uint8Array {
  const maxOctets = Math.min(options.maxOctets ?? MAX_DNS_OCTETS, MAX_DNS_OCTETS);
  let shorter: DnsMessage | undefined = message;
  let octets = write(message, options);
  while (octets.length > maxOctets) {
    shorter = withoutLastSet(shorter, options.maxOctets !== undefined);
    if (!shorter) {
      throw new DnsError('DNS_MESSAGE_TOO_LONG', 0, `${octets.length} octets`, `at most ${maxOctets}`);
    }
    octets = write(shorter, options);
  }
  if (trace) decodeMessage(octets, trace);
  return octets;
}

function write(message: DnsMessage, { compress = true }: EncodeOptions): Uint8Array {
  const { questions, answers, authorities, additionals, edns, rcode } = message;
  if (rcode > 15 && !edns) {
    throw new DnsError('DNS_FIELD_OUT_OF_RANGE', 3, `RCODE ${rcode}`, '0 to 15, or an OPT for the rest');
  }
  const writer = new MessageWriter(compress)
    .uint16(message.id)
    .uint16(flagsOf(message))
    .uint16(questions.length)
    .uint16(answers.length)
    .uint16(authorities.length)
    .uint16(additionals.length + (edns ? 1 : 0));
  for (const { name, type, class: questionClass } of questions) {
    writer.name(name).uint16(typeValue(type)).uint16(classValue(questionClass));
  }
  for (const record of [...answers, ...authorities, ...additionals]) writeRecord(writer, record);
  if (edns) writeOpt(writer, edns, rcode >>> 4);
  return writer.finish();
}

function flagsOf({ qr, opcode, aa, tc, rd, ra, ad, cd, rcode }: DnsMessage): number {
  if (!(Number.isInteger(opcode) && opcode >= 0 && opcode <= 15 && rcode >= 0 && rcode <= 0xfff)) {
    throw new DnsError('DNS_FIELD_OUT_OF_RANGE', 2, `opcode ${opcode}, RCODE ${rcode}`, '4 bits and 12');
  }
  const bits = [qr, aa, tc, rd, ra, ad, cd].map(Number);
  const [qrBit = 0, aaBit = 0, tcBit = 0, rdBit = 0, raBit = 0, adBit = 0, cdBit = 0] = bits;
  const upper = (qrBit << 15) | (opcode << 11) | (aaBit << 10) | (tcBit << 9) | (rdBit << 8);
  return upper | (raBit << 7) | (adBit << 5) | (cdBit << 4) | (rcode & 15);
}

function writeRecord(writer: MessageWriter, { name, type, class: recordClass, ttl, data }: DnsRecord): void {
  writer.name(name).uint16(typeValue(type)).uint16(classValue(recordClass)).uint32(ttl);
  const codec = (RDATA_CODECS as Partial<Record<string, RdataCodec<unknown>>>)[type];
  writer.withLength((inner) => {
    if (codec) codec.write(inner, data);
    else inner.octets(data as Uint8Array);
  });
}

function writeOpt(writer: MessageWriter, edns: Edns, upperRcode: number): void {
  writer.name('').uint16(OPT).uint16(edns.udpPayloadSize).uint8(upperRcode).uint8(edns.version);
  writer.uint16(edns.dnssecOk ? 0x8000 : 0).withLength((inner) => {
    for (const { code, data } of edns.options) inner.uint16(code).withLength((value) => value.octets(data));
  });
}

/**
 * One set less, from the end: additional records may be missing without a word, but for the glue of a referral (RFC 9471 §3);
 * an answer or authority that is cut sets TC. `undefined`: there is nothing to leave out.
 */
function withoutLastSet(message: DnsMessage | undefined, mayCut: boolean): DnsMessage | undefined {
  if (!message || !mayCut) return undefined;
  for (const section of ['additionals', 'authorities', 'answers'] as const) {
    const records = message[section];
    const last = records.at(-1);
    if (!last) continue;
    const rest = records.filter(({ name, type }) => name !== last.name || type !== last.type);
    const isMissed = section !== 'additionals' || isGlue(last, message);
    return { ...message, [section]: rest, tc: message.tc || isMissed };
  }
  return undefined;
}

/** Without it nobody finds the way on: the address of a name server that lies in the zone that it is to serve. */
function isGlue({ name }: DnsRecord, { answers, authorities }: DnsMessage): boolean {
  const isFor = (record: DnsRecord): boolean =>
    record.type === 'NS' &&
    isWithin(record.data, record.name) &&
    canonicalName(record.data) === canonicalName(name);
  return answers.length === 0 && authorities.some(isFor);
}
