import { writeUpgradeRequest } from '@/lib/protocols/websocket';
import type { LabWire } from '../wire';
import type { WsFrameParams } from './params';
import type { WsFrameResult } from './run';

/** The key of RFC 6455 §1.2. A browser's is random; here every run is to be the same. */
export const REQUEST = writeUpgradeRequest({
  target: '/',
  host: 'roundtrip.invalid',
  key: 'dGhlIHNhbXBsZSBub25jZQ==',
});

/** A client's frames, after the handshake that they need. What a server would send has nobody here to be sent to. */
export const wire: LabWire<WsFrameParams, WsFrameResult> = {
  peer: 'websocket',
  octets: ({ octets }, { from }) =>
    from === 'client' && octets.length > 0 && octets.length <= MAX_SENT
      ? [new TextEncoder().encode(REQUEST), octets]
      : [],
  read: async (answer) => (await import('./read-answer')).readAnswer(answer),
};

/** Below the wire's own limit, with room for the request. */
const MAX_SENT = 65_000;
