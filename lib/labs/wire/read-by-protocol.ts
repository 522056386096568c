import type { WireAnswer } from './answer';
import type { WireReading } from './contract';

/**
 * The peer's octets, annotated by the room of their protocol: for labs that do not read the answer themselves, and to
 * add to for those that do. The room is fetched when there is an answer.
 */
export async function readByProtocol(answer: WireAnswer): Promise<WireReading> {
  switch (answer.peer) {
    case 'http2':
      return (await import('./read-http2')).readHttp2(answer);
    case 'websocket':
      return (await import('./read-websocket')).readWebSocket(answer);
    case 'http1':
      return (await import('./read-head')).readHttp1(answer);
  }
}
