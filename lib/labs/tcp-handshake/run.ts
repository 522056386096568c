import type { ExchangeAction, ExchangeTrace, FloodTrace } from '@/lib/protocols/tcp';
import { createFastOpenCookie, EXCHANGE_SOCKETS, runExchange, runFlood } from '@/lib/protocols/tcp';
import { parseFaults } from '../exchange-view';
import type { HandshakeParams } from './lab';

export type HandshakeResult = { scene: 'link'; trace: ExchangeTrace } | { scene: 'flood'; flood: FloodTrace };

/** What the client has to ask. */
export const REQUEST = 'GET / HTTP/1.1\r\nHost: example.com\r\n\r\n';
export const OLD_SYN = 'old SYN';

/** The honest client comes when the flood is over. */
export const CLIENT_COMES_AFTER_DELAYS = 4;

/** Enough for five retries of a SYN and the wait after them (RFC 6298 §5.5). */
const LIMITS = { events: 300, timeMs: 120_000 };

/** Runs the two ends, or the listener in its flood. */
export function runHandshake(params: HandshakeParams): HandshakeResult {
  return params.scene === 'flood'
    ? { scene: 'flood', flood: flood(params) }
    : { scene: 'link', trace: exchange(params) };
}

function exchange(params: HandshakeParams): ExchangeTrace {
  const { delayMs, request, cookie } = params;
  const fastOpens = request === 'in-syn' && cookie !== 'none';
  const right = createFastOpenCookie(1, EXCHANGE_SOCKETS.client.address);
  const presented = { none: null, ask: '', right, wrong: 'badc00c1e0000000' }[cookie];
  const base = { isnTicksPerMs: 0, delayedAck: false };
  return runExchange({
    delayMs,
    client: {
      config: {
        ...base,
        initialSequenceNumber: params.clientIsn,
        dataInSyn: request === 'in-syn' && cookie === 'none',
        fastOpenCookie: fastOpens ? presented : null,
      },
    },
    server: {
      config: {
        ...base,
        initialSequenceNumber: params.serverIsn,
        fastOpenCookieForPeer: fastOpens ? right : null,
      },
    },
    actions: actionsOf(params),
    packets: parseFaults(params.faults),
    inject: params.oldSyn
      ? [
          {
            atMs: params.oldSynAtMs,
            to: 'server',
            name: OLD_SYN,
            segment: { seq: params.oldSynSeq, syn: true, wnd: 65_535, mss: 1460 },
          },
        ]
      : [],
    limits: LIMITS,
  });
}

function actionsOf({ opening, request }: HandshakeParams): ExchangeAction[] {
  const actions: ExchangeAction[] = [];
  if (opening === 'client' || opening === 'nobody')
    actions.push({ atMs: 0, at: 'server', do: 'open-passive' });
  if (opening === 'nobody') return actions;
  const send: ExchangeAction = { atMs: 0, at: 'client', do: 'send', text: REQUEST };
  if (request === 'in-syn') actions.push(send);
  actions.push({ atMs: 0, at: 'client', do: 'open-active' });
  if (request === 'after') actions.push(send);
  if (opening === 'both') actions.push({ atMs: 0, at: 'server', do: 'open-active' });
  return actions;
}

function flood({ delayMs, backlog, floodSyns, synCookies, halfOpenSeconds }: HandshakeParams): FloodTrace {
  return runFlood({
    delayMs,
    backlog,
    cookies: synCookies,
    halfOpenMs: halfOpenSeconds * 1000,
    floodSyns,
    clientOpensAtMs: delayMs * CLIENT_COMES_AFTER_DELAYS,
  });
}
