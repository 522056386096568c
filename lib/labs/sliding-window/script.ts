import {
  runExchange,
  windowShiftFor,
  type ExchangeAction,
  type ExchangePacket,
  type ExchangeScript,
  type ExchangeTrace,
} from '@/lib/protocols/tcp';
import type { WindowParams } from './lab';

/** Of an Ethernet path; both ends announce it. */
export const MSS = 1460;

/** What the sending application writes at most, in octets: about two hundred segments. */
export const MAX_TOTAL_BYTES = 300_000;

/** A run is cut short here, so that none takes longer than a frame. */
export const RUN_LIMITS = { events: 800, timeMs: 300_000 };

/** When the first write happens, on the exchange's clock: the handshake is over at both ends. */
export const startMsOf = ({ oneWayMs }: WindowParams): number => 4 * oneWayMs;

/** Octets of each write; the last are left out, or cut, where the sum would pass MAX_TOTAL_BYTES. */
export function writesOf({
  writes,
  writeBytes,
  writeEveryMs,
}: WindowParams): { atMs: number; octets: number }[] {
  const planned = Array.from({ length: writes }, (_, index) => ({
    atMs: index * writeEveryMs,
    octets: Math.min(writeBytes, MAX_TOTAL_BYTES - index * writeBytes),
  }));
  return planned.filter(({ octets }) => octets > 0);
}

/** Both connections run; with `loseUpdate` once more, without the update that reopened the window. */
export function exchangeOf(params: WindowParams): { trace: ExchangeTrace; lostUpdate: string | undefined } {
  const trace = runExchange(scriptOf(params, undefined));
  const update = params.loseUpdate ? findReopening(trace, startMsOf(params)) : undefined;
  if (!update) return { trace, lostUpdate: undefined };
  return { trace: runExchange(scriptOf(params, update.name)), lostUpdate: update.name };
}

/** The packet by which the receiver first says that there is room again after a window of zero. */
function findReopening(trace: ExchangeTrace, fromMs: number): ExchangePacket | undefined {
  let isShut = false;
  for (const packet of trace.packets) {
    if (packet.from !== 'server' || packet.sentAtMs < fromMs) continue;
    if (packet.windowOctets === 0) isShut = true;
    else if (isShut) return packet;
  }
  return undefined;
}

function scriptOf(params: WindowParams, lostPacket: string | undefined): ExchangeScript {
  const startMs = startMsOf(params);
  const { bufferBytes, reading, delayedAck, nagle } = params;
  const windowScale = params.windowScale ? windowShiftFor(bufferBytes) : null;
  const actions: ExchangeAction[] = [
    { atMs: 0, at: 'server', do: 'open-passive' },
    { atMs: 0, at: 'client', do: 'open-active' },
    ...writesOf(params).map(({ atMs, octets }): ExchangeAction => ({
      atMs: startMs + atMs,
      at: 'client',
      do: 'send',
      octets,
    })),
  ];
  return {
    delayMs: params.oneWayMs,
    client: {
      config: { mss: MSS, nagle, senderSillyWindowAvoidance: params.senderAvoidance, windowScale },
    },
    server: {
      config: {
        mss: MSS,
        delayedAck,
        receiveBufferOctets: bufferBytes,
        receiverSillyWindowAvoidance: params.receiverAvoidance,
        windowScale,
      },
      reading:
        reading === 'paced'
          ? {
              mode: 'paced',
              octets: params.readBytes,
              everyMs: params.readEveryMs,
              startMs: startMs + params.readFromMs,
            }
          : { mode: reading === 'never' ? 'by-hand' : 'at-once' },
    },
    actions,
    packets: lostPacket === undefined ? {} : { [lostPacket]: { drop: true } },
    limits: { events: RUN_LIMITS.events, timeMs: startMs + RUN_LIMITS.timeMs },
  };
}
