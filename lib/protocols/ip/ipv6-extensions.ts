import type { TraceSink } from '@/lib/bytes';
import { ByteReader, ByteWriter, FieldTrace, toHex } from '@/lib/bytes';
import { IpError } from './errors';
import { IP_PROTOCOLS, protocolName } from './protocol-numbers';

/** A fragment header (RFC 8200 §4.5); `fragmentOffset` in octets, a multiple of 8. */
export type FragmentHeader = {
  type: 'fragment';
  fragmentOffset: number;
  moreFragments: boolean;
  identification: number;
};

/** Hop-by-hop (0), routing (43) and destination (60) headers, kept as they are: `data` starts at octet 2. */
export type OpaqueExtensionHeader = { type: 'opaque'; header: 0 | 43 | 60; data: Uint8Array };

/** One of IPv6’s extension headers (RFC 8200 §4), its options kept as octets. */
export type ExtensionHeader = FragmentHeader | OpaqueExtensionHeader;

/** Longer chains are refused, so that a hostile packet cannot keep a reader busy. */
const MAX_EXTENSIONS = 8;

/**
 * Chain to octets; each header names the one after it, the last names `protocol`.
 *
 * Fragment header (RFC 8200 §4.5):
 *
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                         Identification                        |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export function encodeExtensions(
  extensions: readonly ExtensionHeader[],
  protocol: number,
): { firstHeader: number; octets: Uint8Array } {
  const writer = new ByteWriter();
  extensions.forEach((extension, index) => {
    const following = extensions[index + 1];
    writer.uint8(following ? headerNumber(following) : protocol);
    if (extension.type === 'fragment') {
      writer
        .uint8(0)
        .bits(extension.fragmentOffset / 8, 13)
        .bits(0, 2)
        .bits(extension.moreFragments ? 1 : 0, 1)
        .uint32(extension.identification);
      return;
    }
    const length = extension.data.length + 2;
    if (length % 8 !== 0 || length > 2048) {
      throw new IpError('IP_HEADER_LENGTH_WRONG', 0, `${length} octets`, 'a multiple of 8, at most 2048');
    }
    writer.uint8(length / 8 - 1).write(extension.data);
  });
  const first = extensions[0];
  return { firstHeader: first ? headerNumber(first) : protocol, octets: writer.finish() };
}

function headerNumber(extension: ExtensionHeader): number {
  return extension.type === 'fragment' ? IP_PROTOCOLS.fragment : extension.header;
}

/**
 * Walks the chain at the start of `body` until a header that is no extension. All octets of the packet are
 * here, so a chain that runs past them is malformed. After the header of a fragment that is not the first,
 * what follows is the middle of something: the walk stops.
 * @throws IpError IP_HEADER_LENGTH_WRONG, IP_EXTENSION_CHAIN_TOO_LONG
 */
export function decodeExtensions(
  body: Uint8Array,
  firstHeader: number,
  trace?: TraceSink,
): { extensions: ExtensionHeader[]; protocol: number; length: number } {
  const extensions: ExtensionHeader[] = [];
  const reader = new ByteReader(body);
  let header = firstHeader;
  while (isExtension(header)) {
    const start = reader.offset;
    if (extensions.length === MAX_EXTENSIONS) {
      throw new IpError('IP_EXTENSION_CHAIN_TOO_LONG', 40 + start, 'one more', `at most ${MAX_EXTENSIONS}`);
    }
    const length = (header === IP_PROTOCOLS.fragment ? 0 : (body[start + 1] ?? 0)) * 8 + 8;
    if (!reader.has(length)) {
      throw new IpError(
        'IP_HEADER_LENGTH_WRONG',
        40 + start,
        `${length} octets`,
        `at most ${reader.remaining}`,
      );
    }
    const nextHeader = reader.uint8();
    const extension =
      header === IP_PROTOCOLS.fragment ? readFragment(reader) : readOpaque(reader, header, length);
    extensions.push(extension);
    if (trace) traceExtension(trace, start, extension, nextHeader);
    header = nextHeader;
    if (extension.type === 'fragment' && extension.fragmentOffset > 0) break;
  }
  return { extensions, protocol: header, length: reader.offset };
}

function isExtension(header: number): header is 0 | 43 | 44 | 60 {
  return header === 0 || header === 43 || header === 44 || header === 60;
}

function readFragment(reader: ByteReader): FragmentHeader {
  reader.uint8(); // reserved
  const fragmentOffset = reader.bits(13) * 8;
  reader.bits(2); // reserved
  const moreFragments = reader.bits(1) === 1;
  return { type: 'fragment', fragmentOffset, moreFragments, identification: reader.uint32() };
}

function readOpaque(reader: ByteReader, header: 0 | 43 | 60, length: number): OpaqueExtensionHeader {
  reader.uint8(); // the length, already read
  return { type: 'opaque', header, data: reader.take(length - 2) };
}

function traceExtension(
  trace: TraceSink,
  start: number,
  extension: ExtensionHeader,
  nextHeader: number,
): void {
  if (extension.type === 'fragment') {
    new FieldTrace(trace, 'RFC 8200 §4.5', start)
      .field(8, 'Next Header', protocolName(nextHeader))
      .field(8, 'Reserved', 0)
      .field(13, 'Fragment Offset', `${extension.fragmentOffset} octets`)
      .field(2, 'Reserved', 0)
      .field(1, 'More Fragments', extension.moreFragments ? 'set: more follow' : 'not set: the last')
      .field(32, 'Identification', extension.identification);
    return;
  }
  new FieldTrace(trace, 'RFC 8200 §4', start)
    .field(8, 'Next Header', protocolName(nextHeader))
    .field(8, 'Header Extension Length', `${extension.data.length + 2} octets`)
    .field(extension.data.length * 8, protocolName(extension.header), toHex(extension.data, ' '));
}
