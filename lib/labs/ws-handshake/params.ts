import { choice, flag, params, text, type ParamsOf } from '../params';

/** RFC 6455 §1.2. */
export const SAMPLE_KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

export const schema = params({
  /** Who asks: browsers judge the answer more strictly than RFC 6455 does. */
  client: choice(['browser', 'program']),
  // The client's request.
  method: choice(['GET', 'POST']),
  httpVersion: choice(['1.1', '1.0']),
  upgrade: flag(true),
  /** `both` is what Firefox sends; `lost` is what a proxy leaves that does not know WebSocket. */
  connection: choice(['upgrade', 'both', 'lost']),
  key: text({ maxLength: 40, default: SAMPLE_KEY }),
  version: choice(['13', '8', 'none']),
  /** Subprotocols, separated by commas. */
  offered: text({ maxLength: 80, default: 'chat, superchat' }),
  offersDeflate: flag(true),
  // The server's answer.
  known: text({ maxLength: 80, default: 'chat' }),
  status: choice(['101', '200']),
  /** `echo`: the key itself, as a server might that did not understand; `lower`: in small letters. */
  accept: choice(['right', 'echo', 'lower']),
  /** `invented`: the server's own, whatever was offered. */
  protocol: choice(['chosen', 'invented']),
  deflate: choice(['declined', 'agreed', 'invented']),
});

export type WsHandshakeParams = ParamsOf<typeof schema>;
export const defaults = schema.parse({});
