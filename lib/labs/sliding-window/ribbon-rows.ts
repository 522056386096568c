import type { Text } from '@/lib/text';
import type { RibbonRow } from '@/lib/ui/window-ribbon';
import type { WindowResult } from './run';
import { MSS } from './script';
import type { Snapshot } from './snapshot';

/** The stream as both ends see it. They differ by what is on its way: that is why there are two rows. */
export function ribbonRows(snapshot: Snapshot, t: Text): RibbonRow[] {
  const { written, sndUna, sndNxt, sndWnd, rcvNxt, rcvWnd, unread } = snapshot;
  const rightEdge = Math.max(sndNxt, sndUna + sndWnd);
  const read = rcvNxt - unread;
  const part = (id: string, from: number, to: number) => ({
    id,
    label: t(`picture.parts.${id}`),
    from,
    to: Math.max(from, to),
    layer: 'transport' as const,
  });
  return [
    {
      id: 'sender',
      label: t('labels.sender'),
      parts: [
        { ...part('acknowledged', 0, sndUna), fill: 'solid' },
        { ...part('in-flight', sndUna, sndNxt), fill: 'stripes' },
        { ...part('held', sndNxt, Math.min(written, rightEdge)), fill: 'dots', layer: 'http' },
        { ...part('may-send', Math.max(sndNxt, Math.min(written, rightEdge)), rightEdge), fill: 'open' },
        { ...part('must-wait', rightEdge, written), fill: 'blank', layer: 'http' },
      ],
      pointers: [
        { id: 'una', label: 'SND.UNA', at: sndUna },
        { id: 'nxt', label: 'SND.NXT', at: sndNxt },
      ],
      bracket: { from: sndUna, to: sndUna + sndWnd, label: 'SND.WND' },
    },
    {
      id: 'receiver',
      label: t('labels.receiver'),
      parts: [
        { ...part('read', 0, read), fill: 'solid', layer: 'application' },
        { ...part('unread', read, rcvNxt), fill: 'dots', layer: 'application' },
        { ...part('room', rcvNxt, rcvNxt + rcvWnd), fill: 'open' },
      ],
      pointers: [{ id: 'rcv-nxt', label: 'RCV.NXT', at: rcvNxt }],
      bracket: { from: rcvNxt, to: rcvNxt + rcvWnd, label: 'RCV.WND' },
    },
  ];
}

/** Share of the picture that shows what is behind the window. */
const BEHIND = 0.25;

/**
 * The stretch that is shown: all of a short stream, else one that moves with the window. It holds about three of
 * the run's widest windows, so its scale stays the same throughout a run.
 */
export function ribbonDomain(result: WindowResult, { sndUna, rcvNxt, unread }: Snapshot): [number, number] {
  const widest = Math.max(...result.moments.map(({ snapshot }) => snapshot.sndWnd), MSS);
  const end = Math.max(...result.moments.map(({ snapshot: s }) => Math.max(s.written, s.rcvNxt + s.rcvWnd)));
  const used = Math.max(result.totalBytes, Math.min(end, result.totalBytes * 1.5));
  const span = Math.min(used, Math.max(3 * Math.min(widest, result.widestFlight), 6 * MSS));
  const from = Math.min(sndUna, rcvNxt - unread) - span * BEHIND;
  const start = Math.round(Math.max(0, Math.min(from, used - span)));
  return [start, start + Math.round(span)];
}
