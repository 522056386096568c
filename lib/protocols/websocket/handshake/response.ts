import type { TraceSink } from '@/lib/bytes';
import { acceptKeySync } from './accept-key';
import { WebSocketHandshakeError, type HandshakeErrorCode } from './errors';
import { writeExtensions, type Extension } from './extensions';
import { offsetOf, parseHead, valueOf, wordsOf, type HttpHead } from './http-head';
import { extensionsOf, WEBSOCKET_VERSION, writeHead, type UpgradeRequestInput } from './request';

/** A server's answer, read and found good. */
export type UpgradeResponse = {
  /** The one that was chosen; `undefined` is allowed even if some were offered. */
  subprotocol: string | undefined;
  extensions: readonly Extension[];
  /** Octets of the head; what follows are frames. */
  headLength: number;
};

/** A server's "yes" (§4.2.2): for the request's key, with what it chose of what was offered. */
export function writeUpgradeResponse(response: {
  key: string;
  subprotocol?: string | undefined;
  extensions?: readonly Extension[] | undefined;
}): string {
  const { key, subprotocol, extensions = [] } = response;
  return writeHead('HTTP/1.1 101 Switching Protocols', [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', acceptKeySync(key)],
    ...(subprotocol === undefined ? [] : [['Sec-WebSocket-Protocol', subprotocol] as const]),
    ...(extensions.length === 0 ? [] : [['Sec-WebSocket-Extensions', writeExtensions(extensions)] as const]),
  ]);
}

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  426: 'Upgrade Required',
  431: 'Request Header Fields Too Large',
};

/** A server's "no", for what `parseUpgradeRequest` threw; 426 names the version that it speaks (§4.4). */
export function writeUpgradeRefusal({ status }: WebSocketHandshakeError): string {
  return writeHead(`HTTP/1.1 ${status} ${REASONS[status] ?? ''}`, [
    ...(status === 405 ? [['Allow', 'GET'] as const] : []),
    ...(status === 426
      ? [['Upgrade', 'websocket'] as const, ['Sec-WebSocket-Version', WEBSOCKET_VERSION] as const]
      : []),
    ['Connection', status === 426 ? 'Upgrade, close' : 'close'],
    ['Content-Length', '0'],
  ]);
}

/** The first of the client's that the server knows; none is a good answer too (§4.2.2 item 5). */
export function chooseSubprotocol(offered: readonly string[], known: readonly string[]): string | undefined {
  return offered.find((protocol) => known.includes(protocol));
}

/** What a response is judged by. */
export type UpgradeOffer = Pick<UpgradeRequestInput, 'key' | 'subprotocols' | 'extensions'> & {
  /**
   * Judge as browsers do: who offered subprotocols and is given none hangs up (WHATWG WebSockets, opening handshake,
   * which says that it differs there). RFC 6455 leaves that to the application.
   */
  isBrowser?: boolean | undefined;
};

/**
 * Octets, or text, to a server's answer to `request`; `undefined` if the head is not whole yet (§4.1).
 * A response that is refused has its spans all the same.
 * @throws WebSocketHandshakeError for the first thing for which a client must fail the connection
 */
export function parseUpgradeResponse(
  message: Uint8Array | string,
  request: UpgradeOffer,
  trace?: TraceSink,
): UpgradeResponse | undefined {
  const head = parseHead(message, trace);
  if (!head) return undefined;
  const [problem] = upgradeResponseProblems(head, request);
  if (problem) throw problem;
  return {
    subprotocol: valueOf(head, 'sec-websocket-protocol'),
    extensions: extensionsOf(head),
    headLength: head.length,
  };
}

/** Everything in §4.1 for which a client must fail the connection, in its order. */
export function upgradeResponseProblems(head: HttpHead, request: UpgradeOffer): WebSocketHandshakeError[] {
  const problems: WebSocketHandshakeError[] = [];
  const check = (holds: boolean, code: HandshakeErrorCode, name: string, expected: string): void => {
    if (holds) return;
    const seen = name === '' ? head.startLine.slice(0, 80) : (valueOf(head, name) ?? `no ${name}`);
    problems.push(new WebSocketHandshakeError(code, JSON.stringify(seen), expected, offsetOf(head, name)));
  };
  check(/^HTTP\/1\.1 101( |$)/.test(head.startLine), 'WEBSOCKET_HANDSHAKE_STATUS', '', 'HTTP/1.1 101');
  const upgrades = valueOf(head, 'upgrade')?.toLowerCase() === 'websocket';
  check(upgrades, 'WEBSOCKET_HANDSHAKE_UPGRADE', 'upgrade', 'websocket');
  const connects = wordsOf(valueOf(head, 'connection')).includes('upgrade');
  check(connects, 'WEBSOCKET_HANDSHAKE_CONNECTION', 'connection', 'Upgrade among its words');
  const accept = acceptKeySync(request.key);
  const accepts = valueOf(head, 'sec-websocket-accept') === accept;
  check(accepts, 'WEBSOCKET_HANDSHAKE_ACCEPT', 'sec-websocket-accept', accept);

  const { subprotocols = [], extensions = [] } = request;
  const chosen = valueOf(head, 'sec-websocket-protocol');
  check(
    chosen === undefined || subprotocols.includes(chosen),
    'WEBSOCKET_HANDSHAKE_SUBPROTOCOL_NOT_OFFERED',
    'sec-websocket-protocol',
    subprotocols.length > 0 ? `none, or one of ${subprotocols.join(', ')}` : 'none',
  );
  const isAnswered = chosen !== undefined || subprotocols.length === 0 || request.isBrowser !== true;
  check(
    isAnswered,
    'WEBSOCKET_HANDSHAKE_SUBPROTOCOL_MISSING',
    'sec-websocket-protocol',
    `one of ${subprotocols.join(', ')}`,
  );
  try {
    const offered = extensions.map(({ name }) => name);
    check(
      extensionsOf(head).every(({ name }) => offered.includes(name)),
      'WEBSOCKET_HANDSHAKE_EXTENSION_NOT_OFFERED',
      'sec-websocket-extensions',
      offered.length > 0 ? `of ${offered.join(', ')}` : 'none',
    );
  } catch (error) {
    if (!(error instanceof WebSocketHandshakeError)) throw error;
    problems.push(error);
  }
  return problems;
}
