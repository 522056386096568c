import { WebSocketHandshakeError } from './errors';

/** An element of Sec-WebSocket-Extensions; a parameter without a value is `true` (RFC 6455 §9.1). */
export type Extension = { name: string; params: readonly (readonly [string, string | true])[] };

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
const PARAM = `[ \\t]*;[ \\t]*(?<name>${TOKEN})(?:[ \\t]*=[ \\t]*(?<value>${TOKEN}|${QUOTED}))?`;
const isToken = new RegExp(`^${TOKEN}$`);

/** RFC 9110 §5.6.2: the characters of which names are made. */
export function isHttpToken(text: string): boolean {
  return isToken.test(text);
}

/**
 * `permessage-deflate; client_max_window_bits, x-other` to its elements, in the order of preference.
 * @throws WebSocketHandshakeError WEBSOCKET_HANDSHAKE_EXTENSIONS_MALFORMED
 */
export function parseExtensions(value: string): Extension[] {
  const extensions: Extension[] = [];
  const element = new RegExp(
    `[ \\t]*(?<name>${TOKEN})(?<params>(?:${PARAM.replace(/\?<\w+>/g, '?:')})*)[ \\t]*(?<end>,|$)`,
    'y',
  );
  while (element.lastIndex < value.length || extensions.length === 0) {
    const start = element.lastIndex;
    const found = element.exec(value);
    const { name = '', params = '', end = '' } = found?.groups ?? {};
    if (!found || (end === ',' && value.slice(element.lastIndex).trim() === '')) {
      throw malformed(value.slice(start));
    }
    extensions.push({ name, params: [...params.matchAll(new RegExp(PARAM, 'g'))].map(paramOf) });
  }
  return extensions;
}

function paramOf({ groups }: RegExpMatchArray): [string, string | true] {
  const { name = '', value } = groups ?? {};
  if (value === undefined) return [name, true];
  const text = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  // What stands in quotes must be a token all the same (§9.1).
  if (!isHttpToken(text)) throw malformed(value);
  return [name, text];
}

/** Elements to the value of the field. */
export function writeExtensions(extensions: readonly Extension[]): string {
  return extensions
    .map(({ name, params }) =>
      [name, ...params.map(([key, value]) => (value === true ? key : `${key}=${value}`))].join('; '),
    )
    .join(', ');
}

function malformed(seen: string): WebSocketHandshakeError {
  const expected = 'names with parameters, between commas';
  return new WebSocketHandshakeError(
    'WEBSOCKET_HANDSHAKE_EXTENSIONS_MALFORMED',
    JSON.stringify(seen.slice(0, 80)),
    expected,
  );
}
