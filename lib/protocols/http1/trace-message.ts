import { FieldTrace, type TraceSink } from '@/lib/bytes';

/** Content as it comes, of a chunk or of the message (RFC 9112 §6, §7.1). */
export function traceContent(trace: TraceSink, offset: number, octets: number, isChunk: boolean): void {
  const ref = isChunk ? 'RFC 9112 §7.1' : 'RFC 9112 §6';
  new FieldTrace(trace, ref, offset).field(octets * 8, 'content', `${octets} octets`);
}

/** The empty line behind fields, and what else is a CRLF alone (RFC 9112 §2.1). */
export function traceEmptyLine(trace: TraceSink, offset: number): void {
  new FieldTrace(trace, 'RFC 9112 §2.1', offset).field(16, 'CRLF', '');
}
