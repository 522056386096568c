import type { MessageRef } from '@/lib/text';
import type { Task, Verdict } from '../define-lab';
import type { WindowParams } from './lab';
import { runWindow, type WindowResult } from './run';
import { MSS } from './script';

type WindowTask = Task<WindowParams, WindowResult>;

/** Below this, headers are a large share of what is sent: 40 octets of IP and TCP. */
const SILLY_BYTES = 100;
const SILLY_SEGMENTS = 10;

/** The largest window that the header's field can say unscaled. */
const UNSCALED_WINDOW = 65_535;

const no = (key: string, values?: MessageRef['values']): Verdict => ({
  passed: false,
  hint: values ? { key: `tasks.${key}`, values } : { key: `tasks.${key}` },
});
const yes: Verdict = { passed: true };

/** Segments of fewer than SILLY_BYTES, the last of the stream not counted. */
export const sillySegments = ({ packets, totalBytes }: WindowResult): number =>
  packets.filter(({ start, end, isProbe, isRepeat }) => {
    const octets = end - start;
    return octets > 0 && octets < SILLY_BYTES && end < totalBytes && !isProbe && !isRepeat;
  }).length;

/** A stop of this length sees the first probe go out. */
const STOP_MS = 2000;

/** The longest that the sender had something to send and a window of zero, until that window opened again. */
function longestStopMs({ moments }: WindowResult): number {
  let longest = 0;
  let sinceMs: number | undefined;
  for (const { timeMs, snapshot } of moments) {
    const isShut = snapshot.sndWnd === 0 && snapshot.written > snapshot.sndNxt;
    if (!isShut && sinceMs !== undefined) longest = Math.max(longest, timeMs - sinceMs);
    sinceMs = isShut ? (sinceMs ?? timeMs) : undefined;
  }
  return longest;
}

export const tasks: readonly WindowTask[] = [
  {
    id: 'zero-window',
    prompt: 'tasks.zero-window.prompt',
    check: (result) => {
      const { moments, totalBytes, readBytes, doneMs } = result;
      const smallest = Math.min(...moments.map(({ snapshot }) => snapshot.sndWnd));
      if (smallest > 0) return no('zero-window.open', { smallest });
      if (doneMs === undefined) return no('zero-window.unread', { readBytes, totalBytes });
      const stopMs = longestStopMs(result);
      return stopMs < STOP_MS ? no('zero-window.short', { stopMs }) : yes;
    },
  },
  {
    id: 'probe-saves',
    prompt: 'tasks.probe-saves.prompt',
    check: (result, { loseUpdate }) => {
      if (!loseUpdate) return no('probe-saves.not-lost');
      const lost = result.packets.find(({ name }) => name === result.lostUpdate);
      if (!lost) return no('probe-saves.never-shut');
      const probeMs = result.probesMs.find((timeMs) => timeMs > lost.sentMs);
      const next = result.packets.find(
        ({ from, sentMs, windowBytes, lost: isLost }) =>
          from === 'receiver' && sentMs > lost.sentMs && windowBytes > 0 && !isLost,
      );
      if (probeMs === undefined || (next && next.sentMs < probeMs)) {
        return no('probe-saves.healed', { timeMs: next?.sentMs ?? 0 });
      }
      return result.doneMs === undefined
        ? no('probe-saves.unread', { readBytes: result.readBytes, totalBytes: result.totalBytes })
        : yes;
    },
  },
  {
    id: 'stall',
    prompt: 'tasks.stall.prompt',
    check: (result, params) => {
      if (!params.delayedAck) return no('stall.receiver');
      if (result.stallMs > 0) return no('stall.stalls', { stallMs: result.stallMs });
      if (params.nagle) return no('stall.none');
      const withNagle = runWindow({ ...params, nagle: true });
      return withNagle.stallMs > 0 ? yes : no('stall.no-cure');
    },
  },
  {
    id: 'silly',
    prompt: 'tasks.silly.prompt',
    check: (result, params) => {
      if (params.senderAvoidance || params.nagle) return no('silly.sender');
      const ill = params.receiverAvoidance ? runWindow({ ...params, receiverAvoidance: false }) : result;
      const segments = sillySegments(ill);
      if (segments < SILLY_SEGMENTS) return no('silly.healthy', { segments });
      if (!params.receiverAvoidance) return no('silly.ill', { segments });
      const left = sillySegments(result);
      // Room for a segment and a little more still leaves a little segment.
      return left * SILLY_SEGMENTS <= segments ? yes : no('silly.left', { segments: left });
    },
  },
  {
    id: 'long-path',
    prompt: 'tasks.long-path.prompt',
    check: (result, { oneWayMs, windowScale, bufferBytes }) => {
      if (oneWayMs < 50) return no('long-path.short', { rttMs: 2 * oneWayMs });
      const { widestFlight, totalBytes } = result;
      if (widestFlight > UNSCALED_WINDOW) return yes;
      if (totalBytes <= UNSCALED_WINDOW + MSS) return no('long-path.little', { totalBytes });
      if (!windowScale) return no('long-path.unscaled', { widestFlight });
      return bufferBytes <= UNSCALED_WINDOW
        ? no('long-path.buffer', { bufferBytes })
        : no('long-path.reader', { widestFlight });
    },
  },
];
