import { IpError, parseIpAddress, writeIpAddress } from '@/lib/protocols/ip';
import { DnsError } from '../errors';
import { parseOctets, writeOctets } from '../name';
import type { RdataCodec } from './codec';

/** An IPv4 (4) or IPv6 address (16) as text. */
export function address(octets: 4 | 16): RdataCodec<string> {
  return {
    read: (cursor) => writeIpAddress(cursor.octets(octets, 'Address', writeIpAddress)),
    write: (writer, text) => void writer.octets(addressOctets(text, octets)),
  };
}

/** @throws DnsError DNS_RDATA_MALFORMED unless it is an address of this family */
export function addressOctets(text: string, octets: 4 | 16): Uint8Array {
  try {
    const parsed = parseIpAddress(text);
    if (parsed.length === octets) return parsed;
  } catch (error) {
    if (!(error instanceof IpError)) throw error;
  }
  throw new DnsError(
    'DNS_RDATA_MALFORMED',
    0,
    `"${text}"`,
    octets === 4 ? 'an IPv4 address' : 'an IPv6 address',
  );
}

/** Strings of up to 255 octets each, in the escapes of zone files (RFC 1035 §3.3.14). One at least. */
export const txt: RdataCodec<readonly string[]> = {
  read(cursor) {
    const strings = [cursor.characterString('Text')];
    while (cursor.remaining > 0) strings.push(cursor.characterString('Text'));
    return strings;
  },
  write(writer, strings) {
    if (strings.length === 0) throw new DnsError('DNS_RDATA_MALFORMED', 0, 'no string', 'one or more');
    for (const text of strings) writer.characterString(parseOctets(text));
  },
};

/** What a host is and runs (RFC 1035 §3.3.2); today the answer to a question for everything (RFC 8482 §4.2). */
export type HinfoData = { cpu: string; os: string };

export const hinfo: RdataCodec<HinfoData> = {
  read: (cursor) => ({ cpu: cursor.characterString('CPU'), os: cursor.characterString('OS') }),
  write: (writer, { cpu, os }) =>
    void writer.characterString(parseOctets(cpu)).characterString(parseOctets(os)),
};

/** Who may issue certificates for a name (RFC 8659 §4.1); flag 128: whoever does not understand the tag must not. */
export type CaaData = { flags: number; tag: string; value: string };

export const caa: RdataCodec<CaaData> = {
  read(cursor) {
    const flags = cursor.uint8('Flags', (value) => (value >= 128 ? `${value} (critical)` : String(value)));
    const start = cursor.at;
    const tag = cursor.characterString('Tag');
    if (!/^[0-9A-Za-z]+$/.test(tag)) {
      throw new DnsError('DNS_RDATA_MALFORMED', start, JSON.stringify(tag), 'a tag of letters and digits');
    }
    const value = cursor.octets(cursor.remaining, 'Value', (octets) => JSON.stringify(writeOctets(octets)));
    return { flags, tag, value: writeOctets(value) };
  },
  write(writer, { flags, tag, value }) {
    if (!/^[0-9A-Za-z]+$/.test(tag)) {
      throw new DnsError(
        'DNS_RDATA_MALFORMED',
        writer.length,
        JSON.stringify(tag),
        'a tag of letters and digits',
      );
    }
    writer.uint8(flags).characterString(parseOctets(tag)).octets(parseOctets(value));
  },
};
