import {
  acceptKeySync,
  chooseSubprotocol,
  negotiateDeflate,
  parseExtensions,
  writeUpgradeRefusal,
  writeUpgradeRequest,
  writeUpgradeResponse,
  type Extension,
  type WebSocketHandshakeError,
} from '@/lib/protocols/websocket';
import type { WsHandshakeParams } from './params';

export const HOST = 'server.example.com';
/** What Chromium offers, as recorded from version 156. */
export const DEFLATE_OFFER = 'permessage-deflate; client_max_window_bits';

/** What stands between commas; control characters cannot stand in a field, so they are left out. */
export const listOf = (text: string): string[] =>
  text
    .replace(/[^\x20-\x7e]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The browser's request, with what the params break in it. */
export function requestOf(params: WsHandshakeParams): string {
  const text = writeUpgradeRequest({
    target: '/chat',
    host: HOST,
    key: params.key.replace(/[^\x20-\x7e]/g, ''),
    origin: 'https://app.example.com',
    subprotocols: listOf(params.offered),
    extensions: params.offersDeflate ? parseExtensions(DEFLATE_OFFER) : [],
  });
  return withLines(text, {
    start: `${params.method} /chat HTTP/${params.httpVersion}`,
    // What is meant for the next hop ends there (RFC 9110 §7.6.1).
    Upgrade: params.upgrade && params.connection !== 'lost' ? 'websocket' : undefined,
    Connection: { upgrade: 'Upgrade', both: 'keep-alive, Upgrade', lost: 'keep-alive' }[params.connection],
    'Sec-WebSocket-Version': params.version === 'none' ? undefined : params.version,
  });
}

/** The server's answer: a refusal if the request breaks a rule, else a 101 with what the params break in it. */
export function responseOf(params: WsHandshakeParams, problem: WebSocketHandshakeError | undefined): string {
  if (problem) return writeUpgradeRefusal(problem);
  const offered = listOf(params.offered);
  const chosen = chooseSubprotocol(offered, listOf(params.known));
  const text = writeUpgradeResponse({
    key: params.key,
    subprotocol: params.protocol === 'invented' ? 'telepathy' : chosen,
    extensions: extensionsOf(params),
  });
  const right = acceptKeySync(params.key);
  return withLines(text, {
    start: params.status === '101' ? 'HTTP/1.1 101 Switching Protocols' : 'HTTP/1.1 200 OK',
    'Sec-WebSocket-Accept': { right, echo: params.key.trim(), lower: right.toLowerCase() }[params.accept],
  });
}

function extensionsOf({ deflate, offersDeflate }: WsHandshakeParams): Extension[] {
  if (deflate === 'invented') return [{ name: 'x-telegraph', params: [] }];
  const offers = offersDeflate ? parseExtensions(DEFLATE_OFFER) : [];
  const agreed = deflate === 'agreed' ? negotiateDeflate(offers) : undefined;
  return agreed ? [agreed.extension] : [];
}

/** A head with some lines said otherwise, or (`undefined`) left out. */
function withLines(text: string, { start, ...fields }: Record<string, string | undefined>): string {
  return text
    .split('\r\n')
    .flatMap((line, index) => {
      if (index === 0) return [start ?? line];
      const name = Object.keys(fields).find((one) => line.startsWith(`${one}:`));
      if (name === undefined) return [line];
      const value = fields[name];
      return value === undefined ? [] : [`${name}: ${value}`];
    })
    .join('\r\n');
}
