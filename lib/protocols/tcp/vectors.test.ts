import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  bandwidthDelayProductBytes,
  CUBIC_ALPHA,
  cubicK,
  cubicLossRateFor,
  cubicMeanWindow,
  cubicWindow,
  initialWindowRfc5681,
  initialWindowRfc6928,
  Reno,
  renoLossRateFor,
  renoMeanWindow,
  renoRecovery,
  RtoEstimator,
  scaledWindowBytes,
  segmentsOf,
  serialisationMs,
  slowStartRounds,
  slowStartTimeMs,
  slowStartWindows,
  transferTime,
  windowLimitedRateBps,
} from '.';
import { ackOf } from './congestion/ack.fixture';

// Published numbers, read where they lie and never copied; absent, the tests say so and are skipped.
const folder = new URL('../../../../shared/vectors/tcp/', import.meta.url);
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn('skipped: ../shared/vectors/tcp is not here');

type Case = Record<string, number>;
function formula(id: string): Case[] {
  const text = readFileSync(new URL('formulas.json', folder), 'utf8');
  const { formulas } = JSON.parse(text) as { formulas: { id: string; cases: Case[] }[] };
  return formulas.find((entry) => entry.id === id)?.cases ?? [];
}
function number(id: string): {
  inputs: Case;
  result: Case & { bursts?: number[]; timeline?: [number, string][] };
} {
  const text = readFileSync(new URL('hpbn-numbers.json', folder), 'utf8');
  const { numbers } = JSON.parse(text) as { numbers: ({ id: string } & ReturnType<typeof number>)[] };
  const found = numbers.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`no number ${id} in hpbn-numbers.json`);
  return found;
}

test.skipIf(isAbsent)('initial windows of RFC 5681 §3.1 and RFC 6928 §2', () => {
  for (const { smss, iw } of formula('iw-rfc5681')) expect(initialWindowRfc5681(smss!)).toBe(iw);
  for (const { mss, iw } of formula('iw-rfc6928')) expect(initialWindowRfc6928(mss!)).toBe(iw);
});

test.skipIf(isAbsent)('slow start doubles the window each round (RFC 5681 §3.1)', () => {
  const cases = formula('slow-start-reno') as unknown as { rtt: number; cwndSegments: Case }[];
  expect(cases.length).toBe(8);
  for (const { rtt, cwndSegments } of cases) {
    for (const [iw, cwnd] of Object.entries(cwndSegments)) {
      const initialCwnd = Number(iw.slice(2));
      expect(slowStartWindows({ segments: cwnd, initialCwnd })[rtt]).toBe(cwnd);
    }
  }
});

test.skipIf(isAbsent)('congestion avoidance adds SMSS²/cwnd an ACK (RFC 5681 §3.1 equation 3)', () => {
  for (const { cwnd, smss, incrementPerAck } of formula('congestion-avoidance-reno')) {
    const reno = new Reno({ smss: smss!, initialCwndBytes: cwnd!, initialSsthreshBytes: cwnd! });
    reno.onAck(ackOf({ ackedBytes: smss!, flightBeforeBytes: cwnd! }));
    expect(reno.cwndBytes - cwnd!).toBeCloseTo(incrementPerAck!, 9);
  }
});

test.skipIf(isAbsent)(
  'a loss halves the flight, inflates, deflates; a timeout leaves one segment (RFC 5681)',
  () => {
    for (const vector of formula('loss-reno')) {
      const smss = vector.smss!;
      const reno = new Reno({ smss, initialCwndBytes: vector.flightSize! });
      const recovery = renoRecovery(smss);
      reno.onLoss(0, vector.flightSize!);
      recovery.enter(reno, ackOf({}), vector.flightSize!);
      expect(reno.ssthreshBytes).toBe(vector.ssthresh);
      expect(reno.cwndBytes).toBe(vector.cwndOnFastRetransmit);
      recovery.exit(reno);
      expect(reno.cwndBytes).toBe(vector.cwndAfterRecovery);
      expect(reno.ssthreshBytes).toBe(vector.ssthresh);
      const other = new Reno({ smss, initialCwndBytes: vector.flightSize! });
      other.onTimeout(0, vector.flightSize!, false);
      expect([other.cwndBytes, other.ssthreshBytes]).toEqual([vector.cwndAfterRto, vector.ssthresh]);
    }
  },
);

test.skipIf(isAbsent)('RFC 6298 §2 retransmission timeouts', () => {
  for (const { samples } of formula('rto') as unknown as { samples: Case[] }[]) {
    const rto = new RtoEstimator();
    for (const sample of samples) {
      rto.sample(sample.rtt! * 1000);
      expect(rto.srttMs).toBeCloseTo(sample.srtt! * 1000, 5);
      expect(rto.rttvarMs).toBeCloseTo(sample.rttvar! * 1000, 5);
      expect(rto.rtoMs).toBeCloseTo(sample.rto! * 1000, 5);
      expect(rto.unboundedRtoMs).toBeCloseTo(sample.rtoWithoutMinimum! * 1000, 5);
    }
  }
});

test.skipIf(isAbsent)("CUBIC's window and K (RFC 9438 §4.2)", () => {
  const cases = formula('cubic-window') as unknown as {
    wMax: number;
    cwndEpoch: number;
    K: number;
    w: Case[];
  }[];
  expect(cases.length).toBe(4);
  for (const { wMax, cwndEpoch, K, w } of cases) {
    expect(cubicK(wMax, cwndEpoch)).toBeCloseTo(K, 5);
    for (const { t, wCubic } of w) expect(cubicWindow({ t: t!, wMax, cwndEpoch })).toBeCloseTo(wCubic!, 4);
  }
  expect(CUBIC_ALPHA).toBeCloseTo(formula('cubic-constants')[0]!.alphaCubic!, 8);
});

test.skipIf(isAbsent)("CUBIC's and Reno's response to loss, within 2 % in every cell (RFC 9438 §5.1)", () => {
  for (const row of formula('cubic-response')) {
    const at = (c: number) => cubicMeanWindow({ lossRate: row.p!, rttMs: row.rtt! * 1000, c });
    const pairs = [
      [renoMeanWindow(row.p!), row.reno!],
      [at(0.04), row['cubicC0.04']!],
      [at(0.4), row['cubicC0.4']!],
      [at(4), row.cubicC4!],
    ] as const;
    for (const [seen, printed] of pairs) expect(Math.abs(seen / printed - 1)).toBeLessThan(0.02);
  }
});

test.skipIf(isAbsent)('loss rates for a throughput, to the two digits printed (RFC 9438 §5.2)', () => {
  for (const { mbps, W, renoP, cubicP } of formula('cubic-throughput')) {
    const windowSegments = (mbps! * 1e6 * 0.1) / (8 * 1500);
    expect(windowSegments).toBeCloseTo(W!, 1);
    expect(Math.abs(renoLossRateFor(windowSegments) / renoP! - 1)).toBeLessThan(0.06);
    expect(Math.abs(cubicLossRateFor({ windowSegments, rttMs: 100 }) / cubicP! - 1)).toBeLessThan(0.06);
  }
});

test.skipIf(isAbsent)('the book: 65,535 octets of window in 224 ms from 4 segments, 168 ms from 10', () => {
  for (const id of ['cwnd-growth', 'cwnd-growth-iw10']) {
    const { inputs, result } = number(id);
    const input = { bytes: inputs.rwnd!, mss: inputs.mss!, initialCwnd: inputs.iw! };
    expect(segmentsOf(inputs.rwnd!, inputs.mss!)).toBe(45);
    expect(slowStartRounds(input)).toBe(result.roundTrips);
    expect(slowStartTimeMs({ ...input, rttMs: inputs.rttMs! })).toBe(result.ms);
  }
});

test.skipIf(isAbsent)(
  'the book: 20 kB in 264 ms, 208 ms with ten segments, 96 ms on a warm connection',
  () => {
    const { inputs, result } = number('fetch-20k-new');
    const input = {
      bytes: inputs.sizeBytes!,
      mss: inputs.mss!,
      initialCwnd: inputs.iw!,
      rttMs: inputs.oneWayMs! * 2,
      serverTimeMs: inputs.serverMs!,
      rwnd: 65_535,
    };
    const cold = transferTime({ ...input, reused: false });
    expect(cold.totalMs).toBe(result.ms);
    expect(cold.segments).toBe(result.segments);
    expect(cold.bursts.map((burst) => burst.segments)).toEqual(result.bursts);
    const times = new Set(cold.events.map((event) => event.timeMs));
    for (const [timeMs] of result.timeline ?? []) expect([...times]).toContain(timeMs);

    const ten = number('fetch-20k-new-iw10').result;
    const wide = transferTime({ ...input, initialCwnd: 10, reused: false });
    expect(wide.totalMs).toBe(ten.ms);
    expect(wide.bursts.map((burst) => burst.segments)).toEqual(ten.bursts);
    expect(transferTime({ ...input, reused: true }).totalMs).toBe(number('fetch-20k-reused').result.ms);
  },
);

test.skipIf(isAbsent)('the book: when the first request leaves, by TLS version', () => {
  const { inputs, result } = number('tls-handshake-12');
  const leaves = (tls: '1.2' | '1.2-resumed' | '1.3' | '1.3-0rtt') => {
    const { handshakeMs, tlsMs } = transferTime({ bytes: 1, rttMs: inputs.rttMs!, tls });
    return handshakeMs + tlsMs;
  };
  expect(leaves('1.2')).toBe(result.tls12Full_ms);
  expect(leaves('1.2-resumed')).toBe(result.tls12Resumed_ms);
  expect(leaves('1.3')).toBe(result.tls13_ms);
  expect(leaves('1.3-0rtt')).toBe(result.tls13ZeroRtt_ms);
});

test.skipIf(isAbsent)('the book: windows, rates and serialisation', () => {
  const limited = number('bdp-window-limited');
  expect(windowLimitedRateBps(limited.inputs as { windowBytes: number; rttMs: number })).toBe(
    limited.result.bitsPerSecond,
  );
  const needed = number('bdp-window-needed');
  expect(
    bandwidthDelayProductBytes({ rateBps: needed.inputs.mbps! * 1e6, rttMs: needed.inputs.rttMs! }),
  ).toBe(needed.result.bytes);
  expect(scaledWindowBytes(65_535, 14)).toBe(number('window-scale').result.scaled);
  const { inputs, result } = number('transmission-delay');
  expect(serialisationMs((inputs.megabits! * 1e6) / 8, 1e6)).toBe(result['1Mbps_s']! * 1000);
  expect(serialisationMs((inputs.megabits! * 1e6) / 8, 100e6)).toBe(result['100Mbps_s']! * 1000);
});
