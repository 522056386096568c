import type { MessageRef } from '@/lib/text/text';
import type { WireAnswer, WireEvent, WireField } from './answer';

/** Longest text that is said of a message or a field, in characters. */
const LONGEST = 300;

/** One thing that the peer's API reported, as a message below `wire.understood`. */
export function sentenceOf(event: WireEvent): MessageRef {
  const key = `wire.understood.${event.type}`;
  switch (event.type) {
    case 'request':
      return {
        key,
        values: {
          method: event.method,
          target: event.target,
          version: event.version,
          fields: said(event.fields),
        },
      };
    case 'headers':
      return {
        key,
        values: { stream: event.stream, fields: said(event.fields), ends: event.endStream ? 'yes' : 'no' },
      };
    case 'trailers':
      return { key, values: { fields: said(event.fields) } };
    case 'body':
      return { key, values: { octets: event.octets.length, text: textOf(event.octets) } };
    case 'settings':
      return {
        key,
        values: {
          settings: short(
            Object.entries(event.settings)
              .map(([name, value]) => `${name} ${String(value)}`)
              .join(', '),
          ),
        },
      };
    case 'message':
      return {
        key,
        values: {
          kind: event.binary ? 'binary' : 'text',
          octets: event.octets.length,
          text: event.binary ? '' : textOf(event.octets),
        },
      };
    case 'ping':
    case 'pong':
      return { key, values: { octets: event.octets.length } };
    case 'stream-reset':
      return { key, values: { stream: event.stream, code: event.code, name: http2ErrorName(event.code) } };
    case 'goaway':
      return {
        key,
        values: { code: event.code, name: http2ErrorName(event.code), stream: event.lastStream },
      };
    case 'open':
      return { key, values: { protocol: event.protocol || 'none', extensions: event.extensions || 'none' } };
    case 'close':
      return { key, values: { code: event.code, reason: short(event.reason) } };
    case 'error':
      return { key, values: { code: event.code } };
  }
}

/** How the connection ended, as a message below `wire.ended`. */
export function endingOf({ peer, closedBy, closeReason }: WireAnswer): MessageRef {
  return { key: `wire.ended.${closedBy}.${closeReason}`, values: { peer } };
}

/** HTTP/2 error codes by number (RFC 9113 §7). */
const HTTP2_ERRORS = [
  ...['NO_ERROR', 'PROTOCOL_ERROR', 'INTERNAL_ERROR', 'FLOW_CONTROL_ERROR', 'SETTINGS_TIMEOUT'],
  ...['STREAM_CLOSED', 'FRAME_SIZE_ERROR', 'REFUSED_STREAM', 'CANCEL', 'COMPRESSION_ERROR', 'CONNECT_ERROR'],
  ...['ENHANCE_YOUR_CALM', 'INADEQUATE_SECURITY', 'HTTP_1_1_REQUIRED'],
];

const http2ErrorName = (code: number) => HTTP2_ERRORS[code] ?? `0x${code.toString(16)}`;

function said(fields: readonly WireField[]): string {
  return short(fields.map(({ name, value }) => `${name}: ${value}`).join('; '));
}

function textOf(octets: Uint8Array): string {
  return short(new TextDecoder().decode(octets));
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
