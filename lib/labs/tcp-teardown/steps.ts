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
  return exchangeSteps(trace, {
    delayMs: params.delayMs,
    fromMs: shownFromMs(result, params),
    end: {
      key: 'steps.end',
      values: {
        client: client.state,
        server: server.state,
        serverRead: trace.read.server.length,
        clientRead: trace.read.client.length,
        orders: params.oldCopyMs > 0 ? trace.read.server : 'none',
      },
    },
  });
}
