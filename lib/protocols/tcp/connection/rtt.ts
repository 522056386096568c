import { seqAtOrBefore } from '../segment';
import type { Draft } from './draft';
import { note } from './draft';

/** Clock granularity G, in milliseconds: the virtual clock is finer, so G hardly counts. */
const GRANULARITY_MS = 1;

/** Measures the round trip if the segment under measurement was acknowledged (RFC 6298 §2, §3). */
export function sampleRtt(draft: Draft, ack: number): void {
  const { c } = draft;
  if (!c.timed || !seqAtOrBefore(c.timed.end, ack)) return;
  const sampleMs = draft.nowMs - c.timed.sentAtMs;
  c.timed = null;
  const isFirst = c.rtt.srttMs === null;
  const srttBefore = c.rtt.srttMs ?? sampleMs;
  // (2.2) for the first sample, (2.3) with alpha = 1/8 and beta = 1/4 for those after it.
  const rttvarMs = isFirst
    ? sampleMs / 2
    : (3 / 4) * c.rtt.rttvarMs + (1 / 4) * Math.abs(srttBefore - sampleMs);
  const srttMs = isFirst ? sampleMs : (7 / 8) * srttBefore + (1 / 8) * sampleMs;
  const rtoMs = srttMs + Math.max(GRANULARITY_MS, 4 * rttvarMs);
  c.rtt = { srttMs, rttvarMs, rtoMs: Math.min(Math.max(rtoMs, c.config.minRtoMs), c.config.maxRtoMs) };
  note(draft, 'rtt.sample', { sampleMs, srttMs, rtoMs: c.rtt.rtoMs });
}
