import { WebSocketHandshakeError } from '../handshake/errors';
import type { Extension } from '../handshake/extensions';
import { WINDOW_BITS_MAX } from './tables';

/** What both ends agreed on (RFC 7692 §7.1). Window bits: 8 to 15. */
export type DeflateParams = {
  serverNoContextTakeover: boolean;
  clientNoContextTakeover: boolean;
  serverMaxWindowBits: number;
  clientMaxWindowBits: number;
};

/** The name of the extension in Sec-WebSocket-Extensions (RFC 7692 §7). */
export const PERMESSAGE_DEFLATE = 'permessage-deflate';
const WINDOW_BITS_MIN = 8;

/** What an end wants for itself: forget between messages, a smaller window. */
export type DeflateWishes = Partial<DeflateParams>;

type Offer = { [Name in keyof DeflateParams]?: DeflateParams[Name] | undefined } & {
  /** `client_max_window_bits` stood there without a value: "you may tell me". */
  acceptsClientBits: boolean;
};

/**
 * A server's answer to what a client offered: the first offer that it can keep (RFC 7692 §5.1, §7.1), as agreed on and
 * as the element of Sec-WebSocket-Extensions to send. `undefined`: none, and the connection goes on uncompressed.
 */
export function negotiateDeflate(
  offers: readonly Extension[],
  wishes: DeflateWishes = {},
): { params: DeflateParams; extension: Extension } | undefined {
  for (const extension of offers) {
    const offer = extension.name === PERMESSAGE_DEFLATE ? readParams(extension, 'offer') : undefined;
    if (!offer) continue;
    const params: DeflateParams = {
      serverNoContextTakeover: Boolean(offer.serverNoContextTakeover ?? wishes.serverNoContextTakeover),
      clientNoContextTakeover: Boolean(offer.clientNoContextTakeover ?? wishes.clientNoContextTakeover),
      serverMaxWindowBits: Math.min(
        offer.serverMaxWindowBits ?? WINDOW_BITS_MAX,
        wishes.serverMaxWindowBits ?? WINDOW_BITS_MAX,
      ),
      // A client that did not say so cannot be told (§7.1.2.2).
      clientMaxWindowBits: offer.acceptsClientBits
        ? Math.min(
            offer.clientMaxWindowBits ?? WINDOW_BITS_MAX,
            wishes.clientMaxWindowBits ?? WINDOW_BITS_MAX,
          )
        : WINDOW_BITS_MAX,
    };
    return { params, extension: answerOf(params, offer) };
  }
  return undefined;
}

/** An offer that names the server's window is accepted by naming it, the largest too (RFC 7692 §7.1.2.1). */
function answerOf(params: DeflateParams, { serverMaxWindowBits: asked }: Offer): Extension {
  const answer = writeDeflateParams(params);
  if (asked !== WINDOW_BITS_MAX || params.serverMaxWindowBits !== WINDOW_BITS_MAX) return answer;
  return { ...answer, params: [...answer.params, ['server_max_window_bits', String(asked)]] };
}

/**
 * A client reads the server's answer to its offer. @throws WebSocketHandshakeError
 * WEBSOCKET_HANDSHAKE_EXTENSION_INVALID if it says what the offer did not allow (RFC 7692 §7.1)
 */
export function acceptDeflate(answer: Extension, offered: Extension): DeflateParams {
  const offer = readParams(offered, 'offer');
  const params = readParams(answer, 'answer');
  const isSmaller =
    offer?.serverMaxWindowBits === undefined ||
    (params?.serverMaxWindowBits ?? WINDOW_BITS_MAX) <= offer.serverMaxWindowBits;
  const keepsNothing = !offer?.serverNoContextTakeover || params?.serverNoContextTakeover;
  const mayTell = params?.clientMaxWindowBits === undefined || offer?.acceptsClientBits;
  if (!params || !isSmaller || !keepsNothing || !mayTell) {
    const seen = JSON.stringify(answer.params);
    throw new WebSocketHandshakeError('WEBSOCKET_HANDSHAKE_EXTENSION_INVALID', seen, 'what the offer allows');
  }
  return {
    serverNoContextTakeover: params.serverNoContextTakeover ?? false,
    clientNoContextTakeover: params.clientNoContextTakeover ?? false,
    serverMaxWindowBits: params.serverMaxWindowBits ?? WINDOW_BITS_MAX,
    clientMaxWindowBits: params.clientMaxWindowBits ?? WINDOW_BITS_MAX,
  };
}

/** The element of an answer that says these parameters; the defaults are left out. */
export function writeDeflateParams(params: DeflateParams): Extension {
  const said: [string, string | true][] = [];
  if (params.serverNoContextTakeover) said.push(['server_no_context_takeover', true]);
  if (params.clientNoContextTakeover) said.push(['client_no_context_takeover', true]);
  const { serverMaxWindowBits: server, clientMaxWindowBits: client } = params;
  if (server < WINDOW_BITS_MAX) said.push(['server_max_window_bits', String(server)]);
  if (client < WINDOW_BITS_MAX) said.push(['client_max_window_bits', String(client)]);
  return { name: PERMESSAGE_DEFLATE, params: said };
}

/** `undefined`: unknown, doubled or wrong parameters, for which an offer is declined and an answer fails (§7). */
function readParams({ params }: Extension, from: 'offer' | 'answer'): Offer | undefined {
  const read: Offer = { acceptsClientBits: false };
  const seen = new Set<string>();
  for (const [name, value] of params) {
    if (seen.has(name)) return undefined;
    seen.add(name);
    if (name === 'server_no_context_takeover' && value === true) read.serverNoContextTakeover = true;
    else if (name === 'client_no_context_takeover' && value === true) read.clientNoContextTakeover = true;
    else if (name === 'client_max_window_bits' && value === true && from === 'offer') {
      read.acceptsClientBits = true;
    } else if (name === 'client_max_window_bits' || name === 'server_max_window_bits') {
      const bits = windowBitsOf(value);
      if (bits === undefined) return undefined;
      if (name === 'server_max_window_bits') read.serverMaxWindowBits = bits;
      else {
        read.clientMaxWindowBits = bits;
        read.acceptsClientBits = true;
      }
    } else return undefined;
  }
  return read;
}

/** Decimal, 8 to 15, without leading zeros (§7.1.2). */
function windowBitsOf(value: string | true): number | undefined {
  if (value === true || !/^([89]|1[0-5])$/.test(value)) return undefined;
  const bits = Number(value);
  return bits >= WINDOW_BITS_MIN ? bits : undefined;
}
