import type { EndpointName, ExchangeAction, ExchangeTrace } from '@/lib/protocols/tcp';
import { runExchange } from '@/lib/protocols/tcp';
import { parseFaults, type Faults } from '../exchange-view';
import type { TeardownParams } from './lab';

/** The exchange, and when on its clock the end begins: the lab's own clock starts there. */
export type TeardownResult = { trace: ExchangeTrace; fromMs: number };

/** As long as each other, so that the one can stand where the other should. */
export const FIRST_ORDER = 'ORDER 1 PIZZA;';
export const SECOND_ORDER = 'ORDER 1 SALAD;';

/** The packet in which the first order travels. */
export const ORDER_PACKET = 'client data #1';

const LATER_CLOSE_ROUND_TRIPS = 4;
/** The second order leaves so long after the second OPEN: when its handshake is over, with time to spare. */
const SECOND_ORDER_ROUND_TRIPS = 3;

/** The longest TIME-WAIT, started anew a few times; two ends that answer each other for ever are cut off. */
const LIMITS = { events: 300, timeMs: 1_500_000 };

export const peerOf = (closer: TeardownParams['closer']): EndpointName =>
  closer === 'server' ? 'client' : 'server';

/** Opens a connection on a quiet link, then ends it as the params say. */
export function runTeardown(params: TeardownParams): TeardownResult {
  const { delayMs, isnClock, oldCopyMs } = params;
  const fromMs = beginMs(params);
  const config = {
    mslMs: params.mslSeconds * 1000,
    isnTicksPerMs: isnClock ? 250 : 0,
    delayedAck: false,
  };
  const closesAtOnce = (end: EndpointName) => params.peer === 'closes' && params.closer !== end;
  const trace = runExchange({
    delayMs,
    client: { config, closesAfterPeer: closesAtOnce('client') },
    server: { config, closesAfterPeer: closesAtOnce('server') },
    actions: actionsOf(params, fromMs),
    packets: withOldCopy(parseFaults(params.faults), oldCopyMs),
    limits: LIMITS,
  });
  return { trace, fromMs };
}

/** The handshake takes three ways; an order and its acknowledgement two more. */
function beginMs({ delayMs, oldCopyMs }: TeardownParams): number {
  return delayMs * (oldCopyMs > 0 ? 8 : 4);
}

/** When the order leaves: it is the first thing that the lab shows. */
export const orderAtMs = ({ delayMs }: TeardownParams): number => delayMs * 4;

function withOldCopy(faults: Faults, oldCopyMs: number): Faults {
  if (oldCopyMs === 0) return faults;
  return { ...faults, [ORDER_PACKET]: { ...faults[ORDER_PACKET], duplicateAfterMs: oldCopyMs } };
}

function actionsOf(params: TeardownParams, fromMs: number): ExchangeAction[] {
  const { closer, ending, peer, delayMs, reopenMs } = params;
  const other = peerOf(closer);
  const first = closer === 'server' ? 'server' : 'client';
  const actions: ExchangeAction[] = [
    { atMs: 0, at: 'server', do: 'open-passive' },
    { atMs: 0, at: 'client', do: 'open-active' },
  ];
  if (params.oldCopyMs > 0)
    actions.push({ atMs: orderAtMs(params), at: 'client', do: 'send', text: FIRST_ORDER });
  actions.push({ atMs: fromMs, at: first, do: ending });
  if (closer === 'both') actions.push({ atMs: fromMs, at: other, do: ending });
  if (params.stillToSend > 0)
    actions.push({ atMs: fromMs + 2 * delayMs, at: other, do: 'send', octets: params.stillToSend });
  if (peer === 'closes-later' && closer !== 'both')
    actions.push({ atMs: fromMs + 2 * LATER_CLOSE_ROUND_TRIPS * delayMs, at: other, do: 'close' });
  if (reopenMs > 0) {
    const atMs = fromMs + reopenMs;
    actions.push(
      { atMs, at: 'server', do: 'open-passive' },
      { atMs, at: 'client', do: 'open-active' },
      {
        atMs: atMs + 2 * SECOND_ORDER_ROUND_TRIPS * delayMs,
        at: 'client',
        do: 'send',
        text: SECOND_ORDER,
      },
    );
  }
  return actions.sort((a, b) => a.atMs - b.atMs);
}
