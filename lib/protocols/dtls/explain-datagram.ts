import { offsetSink, type TraceSink } from '@/lib/bytes';
import type { TlsAlert } from '@/lib/protocols/tls';
import { decodeAck, type RecordNumber } from './ack';
import { decodeDtlsAlert } from './alert';
import { decodeDatagram, type DtlsRecord } from './datagram';
import { decodeMessage } from './decode-message';
import { DtlsError } from './errors';
import { decodeFragments, FRAGMENT_HEADER_OCTETS, type HandshakeFragment } from './fragment';
import type { DtlsMessage, DtlsVersion } from './messages';
import { DTLS_CONTENT_TYPES } from './registry';

/** A record and what can be read in it: nothing more where it is protected. `start` is its first octet in the datagram. */
export type ExplainedRecord = {
  record: DtlsRecord;
  start: number;
  /** With their messages, where a message is whole in one fragment. */
  handshake?: { fragment: HandshakeFragment; message: DtlsMessage | undefined }[];
  alert?: TlsAlert;
  ack?: RecordNumber[];
};

/**
 * A datagram as deep as it lies open: records, fragments, messages, alerts, ACKs. Spans nest: those of what a record holds lie in its
 * `fragment`. Offsets of errors count from the datagram's first octet.
 * @throws DtlsError
 */
export function explainDatagram(
  datagram: Uint8Array,
  opts: { version: DtlsVersion; cidOctets?: number },
  trace?: TraceSink,
): ExplainedRecord[] {
  let start = 0;
  return decodeDatagram(datagram, opts, trace).map((record) => {
    const explained: ExplainedRecord = { record, start };
    const content = record.form === 'unified' ? record.encryptedRecord : record.fragment;
    const headerOctets =
      record.form === 'unified' ? record.headerOctets.length : 13 + (record.connectionId?.length ?? 0);
    const at = start + headerOctets;
    start = at + content.length;
    if (record.form !== 'plaintext' || record.epoch !== 0) return explained;
    return {
      ...explained,
      ...shifted(at, () => explainContent(record.type, content, opts.version, offsetSink(trace, at))),
    };
  });
}

function explainContent(
  type: number,
  content: Uint8Array,
  version: DtlsVersion,
  trace: TraceSink | undefined,
): Omit<ExplainedRecord, 'record' | 'start'> {
  if (type === DTLS_CONTENT_TYPES.alert) return { alert: decodeDtlsAlert(content, trace) };
  if (type === DTLS_CONTENT_TYPES.ack) return { ack: decodeAck(content, trace) };
  if (type !== DTLS_CONTENT_TYPES.handshake) return {};
  let at = 0;
  const handshake = decodeFragments(content).map((fragment) => {
    const from = at;
    at += FRAGMENT_HEADER_OCTETS + fragment.fragment.length;
    const sink = offsetSink(trace, from);
    if (fragment.fragment.length === fragment.length) {
      const whole = { ...fragment, body: fragment.fragment };
      return { fragment, message: shifted(from, () => decodeMessage(whole, version, sink)) };
    }
    if (sink) decodeFragments(content.subarray(from, at), sink);
    return { fragment, message: undefined };
  });
  return { handshake };
}

/** What `read` answers; an error of it names its octet from `octets` further left. */
function shifted<T>(octets: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DtlsError)) throw error;
    throw new DtlsError(error.code, error.offset + octets, error.seen, error.expected);
  }
}
