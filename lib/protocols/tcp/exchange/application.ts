import type { EventQueue } from '@/lib/sim';
import type { Connection, ConnectionEvent, Effect } from '../connection';
import type { EndpointName, EndpointScript, ExchangeAction } from './script';
import { byteStringOfText } from './wire';

/** The program above one end: does what the script says, and reads at its own pace. */
export type Application = {
  does(action: ExchangeAction): void;
  hears(effects: readonly Effect[]): void;
};

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** A program that calls its connection through `user` and keeps time by `queue`. */
export function createApplication(
  endpoint: EndpointName,
  script: EndpointScript = {},
  user: { call(event: ConnectionEvent): void; connection(): Connection },
  queue: EventQueue,
): Application {
  const reading = script.reading ?? { mode: 'at-once' };
  let madeUpOctets = 0;
  let isReadPlanned = false;

  /** The next letters, so that what arrives in another order, or twice, can be seen. */
  function makeUp(octets: number): string {
    const letters = endpoint === 'client' ? ALPHABET : ALPHABET.toUpperCase();
    const first = madeUpOctets % letters.length;
    madeUpOctets += octets;
    return letters.repeat(Math.ceil((first + octets) / letters.length)).slice(first, first + octets);
  }

  function readSome(): void {
    isReadPlanned = false;
    const { receiveBuffer } = user.connection();
    if (receiveBuffer === '') return;
    if (reading.mode === 'at-once') user.call({ type: 'read' });
    if (reading.mode === 'paced') user.call({ type: 'read', octets: Math.max(1, reading.octets) });
    closeAfterPeer();
    if (reading.mode === 'paced' && user.connection().receiveBuffer !== '') planRead();
  }

  function planRead(): void {
    if (isReadPlanned || reading.mode !== 'paced') return;
    isReadPlanned = true;
    const nextMs = queue.nowMs + Math.max(1, reading.everyMs);
    queue.schedule(Math.max(nextMs, reading.startMs ?? 0), readSome);
  }

  function closeAfterPeer(): void {
    const { state, receiveBuffer } = user.connection();
    if (script.closesAfterPeer && state === 'CLOSE-WAIT' && receiveBuffer === '')
      user.call({ type: 'close' });
  }

  return {
    does(action) {
      if (action.do === 'send') {
        const data = 'text' in action ? byteStringOfText(action.text) : makeUp(action.octets);
        return user.call({ type: 'send', data });
      }
      if (action.do === 'read') {
        const { octets } = action;
        user.call(octets === undefined ? { type: 'read' } : { type: 'read', octets });
        return closeAfterPeer();
      }
      user.call({ type: action.do });
    },
    hears(effects) {
      const dataCame = effects.some((effect) => effect.type === 'data' || effect.type === 'connected');
      const peerClosed = effects.some((effect) => effect.type === 'peer-closed');
      if (dataCame && reading.mode === 'at-once') readSome();
      if (dataCame) planRead();
      if (peerClosed) closeAfterPeer();
    },
  };
}
