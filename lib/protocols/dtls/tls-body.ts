import type { TraceSink } from '@/lib/bytes';
import { decodeHandshake, type HandshakeMessage, TlsError, type TlsVersion } from '@/lib/protocols/tls';
import { DtlsError } from './errors';
import { FRAGMENT_HEADER_OCTETS } from './fragment';
import { setUint } from './octets';
import { DTLS_VERSIONS } from './registry';

const TLS_HEADER_OCTETS = 4;

/** Octets that were taken out of a body before TLS's decoder saw it: the cookie. `at` counts from the body's start. */
type Cut = { at: number; octets: number };

/**
 * The body of a message in TLS's form, read by TLS's decoder (RFC 9147 §5.2: only the header differs). Spans and the offsets of
 * errors are moved to where the octets stand in the DTLS message.
 * @throws DtlsError DTLS_MESSAGE_MALFORMED
 */
export function decodeTlsBody(
  msgType: number,
  body: Uint8Array,
  version: TlsVersion,
  cut: Cut | undefined,
  trace: TraceSink | undefined,
): HandshakeMessage {
  const octets = new Uint8Array(TLS_HEADER_OCTETS + body.length);
  octets[0] = msgType;
  setUint(octets, 1, 3, body.length);
  octets.set(body, TLS_HEADER_OCTETS);
  try {
    return decodeHandshake(octets, version, trace && movedSink(trace, cut));
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
    const { code, offset, seen, expected } = error;
    throw new DtlsError('DTLS_MESSAGE_MALFORMED', movedOctet(offset, cut), `${seen} (${code})`, expected);
  }
}

/** Where an octet of the TLS message stands in the DTLS message. */
function movedOctet(octet: number, cut: Cut | undefined): number {
  const inBody = octet - TLS_HEADER_OCTETS;
  return FRAGMENT_HEADER_OCTETS + inBody + (cut && inBody >= cut.at ? cut.octets : 0);
}

/** What TLS's registry does not name; its decoder gives them in hexadecimal. */
const VERSIONS_IN_HEX: ReadonlyMap<string, string> = new Map(
  Object.entries(DTLS_VERSIONS).map(([name, number]) => [`0x${number.toString(16)}`, name]),
);
const VERSION_FIELDS: ReadonlySet<string> = new Set([
  'legacy_version',
  'ProtocolVersion',
  'selected_version',
]);

/** The header's spans are left out, for DTLS has its own; no span lies across the cut. */
function movedSink(sink: TraceSink, cut: Cut | undefined): TraceSink {
  return {
    push(span) {
      const from = span.start >> 3;
      if (from < TLS_HEADER_OCTETS) return;
      const bits = (movedOctet(from, cut) - from) * 8;
      const value = VERSION_FIELDS.has(span.name) ? VERSIONS_IN_HEX.get(span.value) : undefined;
      sink.push({ ...span, start: span.start + bits, end: span.end + bits, value: value ?? span.value });
    },
  };
}
