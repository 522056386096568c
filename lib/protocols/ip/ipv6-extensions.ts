import type { TraceSink } from '@/lib/bytes';
import { ByteReader, ByteWriter, FieldTrace } from '@/lib/bytes';
import { IpError } from './errors';
import { fits } from './field-range';
import { traceExtensionData } from './ipv6-options';
import { IP_PROTOCOLS, protocolName } from './protocol-numbers';

/** A fragment header (RFC 8200 §4.5); `fragmentOffset` in octets, a multiple of 8. */
export type FragmentHeader = {
  type: 'fragment';
  fragmentOffset: number;
  moreFragments: boolean;
  identification: number;
};

/**
 * Every other header of the chain, kept as it is: `data` starts at octet 2. Hop-by-hop (0) and destination (60) options come
 * apart with `decodeIpv6Options`, routing (43) with `decodeRoutingHeader`; authentication (51), mobility (135), HIP (139) and
 * Shim6 (140) stay octets.
 */
export type OpaqueExtensionHeader = {
  type: 'opaque';
  header: 0 | 43 | 51 | 60 | 135 | 139 | 140;
  data: Uint8Array;
};

/** One of IPv6's extension headers (RFC 8200 §4). ESP (50) is none that can be walked past: it ends the chain. */
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
    if (extension.type === 'opaque' && extension.header === 0 && index > 0)
      throw misplaced(40 + writer.length);
    writer.uint8(following ? headerNumber(following) : protocol);
    if (extension.type === 'fragment') {
      checkFragment(extension, 40 + writer.length - 1);
      writer
        .uint8(0)
        .bits(extension.fragmentOffset / 8, 13)
        .bits(0, 2)
        .bits(extension.moreFragments ? 1 : 0, 1)
        .uint32(extension.identification);
      return;
    }
    const length = extension.data.length + 2;
    const isAuthentication = extension.header === IP_PROTOCOLS.authentication;
    const max = isAuthentication ? 1024 : 2048;
    if (length % 8 !== 0 || length > max) {
      throw new IpError('IP_HEADER_LENGTH_WRONG', 0, `${length} octets`, `a multiple of 8, at most ${max}`);
    }
    writer.uint8(isAuthentication ? length / 4 - 2 : length / 8 - 1).write(extension.data);
  });
  const first = extensions[0];
  return { firstHeader: first ? headerNumber(first) : protocol, octets: writer.finish() };
}

function headerNumber(extension: ExtensionHeader): number {
  return extension.type === 'fragment' ? IP_PROTOCOLS.fragment : extension.header;
}

/**
 * Walks the chain at the start of `body` until a header that is no extension. All octets of the packet are
 * here, so a chain that runs past them is malformed. Behind the header of a fragment stands a piece of something,
 * even in the first one: the walk stops, and what is put together is walked again.
 * @throws IpError IP_HEADER_LENGTH_WRONG, IP_EXTENSION_CHAIN_TOO_LONG, IP_EXTENSION_MISPLACED
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
    // §4.1: hop-by-hop options come first or not at all, or routers would have to look for them.
    if (header === IP_PROTOCOLS.hopByHopOptions && start > 0) throw misplaced(40 + start);
    const length = lengthOf(header, body[start + 1] ?? 0);
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
    if (trace) traceExtension(trace, start, extension, body);
    header = nextHeader;
    if (extension.type === 'fragment' && (extension.fragmentOffset > 0 || extension.moreFragments)) break;
  }
  return { extensions, protocol: header, length: reader.offset };
}

type Walkable = OpaqueExtensionHeader['header'] | 44;
const WALKABLE: readonly number[] = [0, 43, 44, 51, 60, 135, 139, 140] satisfies Walkable[];

function isExtension(header: number): header is Walkable {
  return WALKABLE.includes(header);
}

/** Most count in units of 8 octets after the first 8; authentication in 4 after the first 8 (RFC 4302 §2.2). */
function lengthOf(header: Walkable, field: number): number {
  if (header === IP_PROTOCOLS.fragment) return 8;
  return header === IP_PROTOCOLS.authentication ? field * 4 + 8 : field * 8 + 8;
}

function misplaced(offset: number): IpError {
  return new IpError('IP_EXTENSION_MISPLACED', offset, 'hop-by-hop options', 'them first of all');
}

function checkFragment({ fragmentOffset, identification }: FragmentHeader, offset: number): void {
  if (fits(fragmentOffset / 8, 13) && fits(identification, 32)) return;
  const seen = `offset ${fragmentOffset}, identification ${identification}`;
  throw new IpError('IP_FIELD_OUT_OF_RANGE', offset, seen, 'an offset in eights, and 32 bits');
}

function readFragment(reader: ByteReader): FragmentHeader {
  reader.uint8(); // reserved
  const fragmentOffset = reader.bits(13) * 8;
  reader.bits(2); // reserved
  const moreFragments = reader.bits(1) === 1;
  return { type: 'fragment', fragmentOffset, moreFragments, identification: reader.uint32() };
}

function readOpaque(
  reader: ByteReader,
  header: OpaqueExtensionHeader['header'],
  length: number,
): OpaqueExtensionHeader {
  reader.uint8(); // the length, already read
  return { type: 'opaque', header, data: reader.take(length - 2) };
}

function traceExtension(trace: TraceSink, start: number, extension: ExtensionHeader, body: Uint8Array): void {
  const nextHeader = body[start]!;
  if (extension.type === 'fragment') {
    new FieldTrace(trace, 'RFC 8200 §4.5', start)
      .field(8, 'Next Header', protocolName(nextHeader))
      .field(8, 'Reserved', body[start + 1]!)
      .field(13, 'Fragment Offset', `${extension.fragmentOffset} octets`)
      .field(2, 'Reserved', (body[start + 3]! >>> 1) & 3)
      .field(1, 'More Fragments', extension.moreFragments ? 'set: more follow' : 'not set: the last')
      .field(32, 'Identification', extension.identification);
    return;
  }
  const fields = new FieldTrace(trace, 'RFC 8200 §4', start)
    .field(8, 'Next Header', protocolName(nextHeader))
    .field(8, 'Header Extension Length', `${extension.data.length + 2} octets`);
  traceExtensionData(fields, extension);
}
