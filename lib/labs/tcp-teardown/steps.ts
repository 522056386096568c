import { exchangeSteps, type ExchangeStep } from '../exchange-view';
import type { TeardownParams } from './lab';
import { orderAtMs, type TeardownResult } from './run';

/** From when on the lab shows the run: from the order, if there is one, else from the end's beginning. */
export function shownFromMs({ fromMs }: TeardownResult, params: TeardownParams): number {
  return params.oldCopyMs > 0 ? orderAtMs(params) : fromMs;
}

/** The run told in sentences, rule by rule. */
export function stepsOf(result: TeardownResult, params: TeardownParams): ExchangeStep[] {
  const { trace } = result;
  const { client, server } = trace.final;
  const { read } = trace;
  const states = { client: client.state, server: server.state };
  const end =
    params.oldCopyMs > 0
      ? { key: 'steps.orders', values: { ...states, orders: read.server } }
      : { key: 'steps.end', values: { ...states, octets: read.client.length + read.server.length } };
  return exchangeSteps(trace, { delayMs: params.delayMs, fromMs: shownFromMs(result, params), end });
}
