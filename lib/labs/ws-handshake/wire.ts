import type { LabWire } from '../wire';
import type { WsHandshakeParams } from './params';
import type { WsHandshakeResult } from './run';

/** The request as it stands, to ws. */
export const wire: LabWire<WsHandshakeParams, WsHandshakeResult> = {
  peer: 'websocket',
  octets: ({ request }) => new TextEncoder().encode(request),
  read: async (answer, result) => (await import('./read-answer')).readAnswer(answer, result),
};
