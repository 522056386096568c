import { errorName } from '@/lib/protocols/http2';
import type { MessageRef } from '@/lib/text/text';
import type { WireAnswer, WireEvent } from './answer';

/** Longest text that is said of a message, in characters. */
const LONGEST = 300;

/** One thing that the peer's API reported, as a message below `wire.understood`; its fields are listed under it. */
export function sentenceOf(event: WireEvent): MessageRef {
  const key = `wire.understood.${event.type}`;
  switch (event.type) {
    case 'request':
      return {
        key,
        values: { method: event.method, target: short(event.target), version: event.version },
      };
    case 'headers':
      return {
        key,
        values: { stream: event.stream, ends: event.endStream ? 'yes' : 'no' },
      };
    case 'trailers':
      return { key };
    case 'body':
      return { key, values: { octets: event.octets.length, text: textOf(event.octets) } };
    case 'settings': {
      const changed = changedSettings(event.settings);
      return { key, values: { changed: changed ? 'yes' : 'no', settings: short(changed) } };
    }
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
      return { key, values: { stream: event.stream, code: event.code, name: errorName(event.code) } };
    case 'goaway':
      return {
        key,
        values: { code: event.code, name: errorName(event.code), stream: event.lastStream },
      };
    case 'open':
      return { key, values: { protocol: event.protocol || 'none', extensions: event.extensions || 'none' } };
    case 'close':
      return { key, values: { code: event.code, reason: event.reason ? ` (${short(event.reason)})` : '' } };
    case 'error':
      return { key, values: { code: event.code } };
  }
}

/** How the connection ended, as a message below `wire.ended`. */
export function endingOf({ peer, closedBy, closeReason }: WireAnswer): MessageRef {
  return { key: `wire.ended.${closedBy}.${closeReason}`, values: { peer } };
}

/** What nghttp2 reports where a client says nothing (RFC 9113 §6.5.2; `maxHeaderSize` is Node's own second name). */
const DEFAULTS: Readonly<Record<string, number | boolean>> = {
  headerTableSize: 4096,
  enablePush: true,
  initialWindowSize: 65_535,
  maxFrameSize: 16_384,
  maxConcurrentStreams: 0xffff_ffff,
  maxHeaderListSize: 0xffff_ffff,
  maxHeaderSize: 0xffff_ffff,
  enableConnectProtocol: false,
};

function changedSettings(settings: Readonly<Record<string, number | boolean>>): string {
  return Object.entries(settings)
    .filter(([name, value]) => name !== 'maxHeaderSize' && DEFAULTS[name] !== value)
    .map(([name, value]) => `${name} = ${String(value)}`)
    .join(', ');
}

function textOf(octets: Uint8Array): string {
  return short(new TextDecoder().decode(octets));
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
