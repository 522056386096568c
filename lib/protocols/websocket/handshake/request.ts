import type { TraceSink } from '@/lib/bytes';
import { isKey } from './accept-key';
import { WebSocketHandshakeError, type HandshakeErrorCode } from './errors';
import { isHttpToken, parseExtensions, writeExtensions, type Extension } from './extensions';
import { offsetOf, parseHead, valueOf, wordsOf, type HttpHead } from './http-head';

/** The only version there is; what came before it were drafts (RFC 6455 §4.1 item 9). */
export const WEBSOCKET_VERSION = '13';

/** A client's opening handshake, read and found good. */
export type UpgradeRequest = {
  target: string;
  host: string;
  key: string;
  origin: string | undefined;
  /** In the client's order of preference. */
  subprotocols: readonly string[];
  extensions: readonly Extension[];
  /** Octets of the head; what follows are frames. */
  headLength: number;
};

/** What a client asks for; `fields` are further lines, such as cookies. */
export type UpgradeRequestInput = {
  target: string;
  host: string;
  key: string;
  origin?: string | undefined;
  subprotocols?: readonly string[] | undefined;
  extensions?: readonly Extension[] | undefined;
  fields?: readonly (readonly [string, string])[] | undefined;
};

/** A client's opening handshake as text, every line ended by CRLF (§4.1). */
export function writeUpgradeRequest(request: UpgradeRequestInput): string {
  const { target, host, key, origin, subprotocols = [], extensions = [], fields = [] } = request;
  return writeHead(`GET ${target} HTTP/1.1`, [
    ['Host', host],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', WEBSOCKET_VERSION],
    ...(origin === undefined ? [] : [['Origin', origin] as const]),
    ...(subprotocols.length === 0 ? [] : [['Sec-WebSocket-Protocol', subprotocols.join(', ')] as const]),
    ...(extensions.length === 0 ? [] : [['Sec-WebSocket-Extensions', writeExtensions(extensions)] as const]),
    ...fields,
  ]);
}

/** A start line and fields to text. @throws RangeError for a line break or the like inside one of them */
export function writeHead(startLine: string, fields: readonly (readonly [string, string])[]): string {
  for (const [name, value] of [['', startLine] as const, ...fields]) {
    if ((name !== '' && !isHttpToken(name)) || /[\0\r\n]/.test(value)) {
      throw new RangeError(`not a line of a head: ${JSON.stringify(`${name}: ${value}`)}`);
    }
  }
  return [startLine, ...fields.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
}

/**
 * Octets, or text, to a client's opening handshake; `undefined` if the head is not whole yet (§4.2.1).
 * A request that is refused has its spans all the same.
 * @throws WebSocketHandshakeError for the first rule that it breaks, with the status to refuse it with
 */
export function parseUpgradeRequest(
  message: Uint8Array | string,
  trace?: TraceSink,
): UpgradeRequest | undefined {
  const head = parseHead(message, trace);
  if (!head) return undefined;
  const [problem] = upgradeRequestProblems(head);
  if (problem) throw problem;
  return {
    target: head.startLine.split(' ')[1] ?? '',
    host: valueOf(head, 'host') ?? '',
    key: valueOf(head, 'sec-websocket-key') ?? '',
    origin: valueOf(head, 'origin'),
    subprotocols: subprotocolsOf(head),
    extensions: extensionsOf(head),
    headLength: head.length,
  };
}

/** Every rule of §4.2.1 that a head breaks, the start line first. */
export function upgradeRequestProblems(head: HttpHead): WebSocketHandshakeError[] {
  const problems: WebSocketHandshakeError[] = [];
  const check = (holds: boolean, code: HandshakeErrorCode, name: string, expected: string): void => {
    if (holds) return;
    const seen = name === '' ? head.startLine.slice(0, 80) : (valueOf(head, name) ?? `no ${name}`);
    problems.push(new WebSocketHandshakeError(code, JSON.stringify(seen), expected, offsetOf(head, name)));
  };
  const [method = '', target = '', version = '', ...rest] = head.startLine.split(' ');
  const isRequestLine = /^HTTP\/\d\.\d$/.test(version) && rest.length === 0 && target !== '';
  check(isRequestLine, 'WEBSOCKET_HANDSHAKE_HEAD_MALFORMED', '', 'method, target and version');
  check(method === 'GET', 'WEBSOCKET_HANDSHAKE_METHOD', '', 'GET');
  if (isRequestLine) check(version >= 'HTTP/1.1', 'WEBSOCKET_HANDSHAKE_HTTP_VERSION', '', 'HTTP/1.1');
  check(countOf(head, 'host') === 1, 'WEBSOCKET_HANDSHAKE_HOST', 'host', 'one Host');
  const upgrades = wordsOf(valueOf(head, 'upgrade')).includes('websocket');
  check(upgrades, 'WEBSOCKET_HANDSHAKE_UPGRADE', 'upgrade', 'websocket');
  const connects = wordsOf(valueOf(head, 'connection')).includes('upgrade');
  check(connects, 'WEBSOCKET_HANDSHAKE_CONNECTION', 'connection', 'Upgrade among its words');
  const hasKey = isKey(valueOf(head, 'sec-websocket-key') ?? '');
  check(hasKey, 'WEBSOCKET_HANDSHAKE_KEY', 'sec-websocket-key', 'one key, 16 octets in Base64');
  const hasVersion = valueOf(head, 'sec-websocket-version') === WEBSOCKET_VERSION;
  check(hasVersion, 'WEBSOCKET_HANDSHAKE_VERSION', 'sec-websocket-version', WEBSOCKET_VERSION);
  problems.push(...problemIn(() => subprotocolsOf(head)), ...problemIn(() => extensionsOf(head)));
  return problems;
}

/** @throws WebSocketHandshakeError for an empty, doubled or malformed name (§4.1 item 10) */
export function subprotocolsOf(head: HttpHead): string[] {
  const name = 'sec-websocket-protocol';
  const value = valueOf(head, name);
  if (value === undefined) return [];
  const offered = value.split(',').map((protocol) => protocol.trim());
  if (!offered.every(isHttpToken) || new Set(offered).size < offered.length) {
    const [code, expected] = ['WEBSOCKET_HANDSHAKE_SUBPROTOCOL_MALFORMED', 'names, each once'] as const;
    throw new WebSocketHandshakeError(code, JSON.stringify(value), expected, offsetOf(head, name));
  }
  return offered;
}

/** @throws WebSocketHandshakeError WEBSOCKET_HANDSHAKE_EXTENSIONS_MALFORMED */
export function extensionsOf(head: HttpHead): Extension[] {
  const value = valueOf(head, 'sec-websocket-extensions');
  return value === undefined ? [] : parseExtensions(value);
}

const countOf = ({ fields }: HttpHead, name: string): number =>
  fields.filter((field) => field.name === name).length;

function problemIn(read: () => unknown): WebSocketHandshakeError[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof WebSocketHandshakeError) return [error];
    throw error;
  }
}
