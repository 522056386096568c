import { beginning, type TransferInput } from '../transfer-time';
import { segmentsOf } from '../slow-start';
import { simulate } from './simulate';
import type { TcpRecord, TcpTrace } from './types';

/**
 * The transfer of `transferTime`, but run: Reno over the simulated path, beginning when the response does. Tests
 * hold `totalMs` of both equal. Unlike the formula it has a retransmission timer, which fires if the first ACK
 * takes longer than a second (RFC 6298 §2.1).
 */
export function simulateTransfer(
  input: TransferInput,
  record?: TcpRecord,
): { totalMs: number; trace: TcpTrace } {
  const mss = input.mss ?? 1460;
  const openCwnd = Math.max(1, segmentsOf(input.bytes, mss));
  const start = beginning(input);
  const trace = simulate({
    algorithm: 'reno',
    path: {
      rttMs: input.rttMs,
      mss,
      ...(input.bandwidthBps === undefined ? {} : { rateBps: input.bandwidthBps }),
    },
    flow: {
      bytes: input.bytes,
      startMs: start.responseStartMs,
      initialCwnd: input.reused === true ? openCwnd : (input.initialCwnd ?? 10),
      ...(input.rwnd === undefined ? {} : { rwnd: input.rwnd }),
    },
    ...(record === undefined ? {} : { record }),
  });
  const { completedMs } = trace.flows[0]?.summary ?? {};
  const totalMs = input.bytes === 0 ? start.responseStartMs + input.rttMs / 2 : (completedMs ?? Infinity);
  return { totalMs, trace };
}
