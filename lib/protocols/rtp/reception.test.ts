import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addTicks,
  extendSequence,
  JitterEstimate,
  LossCounter,
  middleOfMs,
  middleOfNtp,
  nextSequence,
  ntpOfUnixMs,
  Reception,
  roundTripMs,
  type RtpPacket,
  sequenceDistance,
  SequenceValidator,
  ticksOf,
  timestampDistance,
  unixMsOfNtp,
} from './index';

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });

describe('numbers that begin again', () => {
  test('a distance leads from one number to the other, and is the short way', () => {
    fc.assert(
      fc.property(uint16, uint16, (a, b) => {
        const distance = sequenceDistance(a, b);
        expect((a + distance + 0x10000) & 0xffff).toBe(b);
        expect(Math.abs(distance)).toBeLessThanOrEqual(0x8000);
      }),
    );
    fc.assert(
      fc.property(uint32, uint32, (a, b) => {
        expect(addTicks(a, timestampDistance(a, b))).toBe(b);
      }),
    );
    expect(sequenceDistance(0xffff, 1)).toBe(2);
    expect(timestampDistance(1, 0xffff_ffff)).toBe(-2);
    expect(nextSequence(0xffff)).toBe(0);
  });

  test('an extended number keeps its 16 bits and goes on over the end', () => {
    let extended = 65_000;
    for (let i = 65_001; i < 200_000; i++) extended = extendSequence(i & 0xffff, extended);
    expect(extended).toBe(199_999);
    expect(extendSequence(0xffff, 0x10001)).toBe(0xffff);
    expect(extendSequence(0xffff, 1)).toBe(0xffff);
  });

  test('20 ms are 960 ticks at 48 kHz, and ticks begin again at 2^32', () => {
    expect(ticksOf(20, 48_000)).toBe(960);
    expect(ticksOf((2 ** 32 / 90_000) * 1000 + 1, 90_000)).toBe(90);
  });
});

describe('RFC 3550 Appendix A.1: validity of sequence numbers', () => {
  const verdictsOf = (first: number, ...rest: number[]) => {
    const validator = new SequenceValidator(first);
    return { validator, verdicts: [first, ...rest].map((number) => validator.update(number)) };
  };

  test('a source is valid after two packets in a row', () => {
    const { verdicts, validator } = verdictsOf(10, 11, 12);
    expect(verdicts).toEqual(['probation', 'counted', 'counted']);
    expect(validator).toMatchObject({ baseSeq: 11, maxSeq: 12, received: 2, expected: 2, isValid: true });
  });

  test('without two in a row it stays on probation', () => {
    expect(verdictsOf(10, 12, 14, 3, 3).verdicts).toEqual(Array.from({ length: 5 }, () => 'probation'));
    expect(verdictsOf(10, 12, 13).verdicts).toEqual(['probation', 'probation', 'counted']);
    expect(verdictsOf(10, 12).validator).toMatchObject({ isValid: false, expected: 0 });
  });

  test('numbers begin again at 65536, on probation too', () => {
    const { validator, verdicts } = verdictsOf(0xffff, 0, 1);
    expect(verdicts).toEqual(['probation', 'counted', 'counted']);
    expect(validator.extendedMax).toBe(1);
    const later = verdictsOf(0xfffd, 0xfffe, 0xffff, 1, 0, 2).validator;
    expect(later).toMatchObject({ cycles: 0x10000, extendedMax: 0x10002, expected: 5, received: 5 });
  });

  test('a late packet and one that came twice are counted and move nothing', () => {
    const { validator, verdicts } = verdictsOf(99, 100, 103, 102, 102, 103);
    expect(verdicts.slice(1)).toEqual(Array.from({ length: 5 }, () => 'counted'));
    expect(validator).toMatchObject({ maxSeq: 103, received: 5, expected: 4 });
  });

  test.each([
    [3001, 'counted'],
    [3002, 'rejected'],
    [0x10000 + 2 - 100, 'rejected'],
    [0x10000 + 3 - 100, 'counted'],
  ])('behind number 2, %i is %s', (number, verdict) => {
    expect(verdictsOf(1, 2, number & 0xffff).verdicts[2]).toBe(verdict);
  });

  test('a jump is believed when a second packet follows it', () => {
    const { validator, verdicts } = verdictsOf(1, 2, 30_000, 3, 40_000, 40_001, 40_002);
    expect(verdicts.slice(2)).toEqual(['rejected', 'counted', 'rejected', 'counted', 'counted']);
    expect(validator).toMatchObject({ baseSeq: 40_001, received: 2, expected: 2 });
  });
});

describe('RFC 3550 Appendix A.3: loss', () => {
  test('the fraction counts since the last report, the number since the first packet', () => {
    const loss = new LossCounter();
    expect(loss.report(100, 75)).toEqual({ fractionLost: 64, cumulativeLost: 25 });
    expect(loss.report(200, 175)).toEqual({ fractionLost: 0, cumulativeLost: 25 });
    expect(loss.report(200, 175)).toEqual({ fractionLost: 0, cumulativeLost: 25 });
    expect(loss.report(300, 400)).toEqual({ fractionLost: 0, cumulativeLost: -100 });
    expect(loss.report(400, 400)).toEqual({ fractionLost: 255, cumulativeLost: 0 });
  });

  test('the number stops at the ends of 24 bits with a sign', () => {
    expect(new LossCounter().report(2 ** 25, 1).cumulativeLost).toBe(0x7f_ffff);
    expect(new LossCounter().report(1, 2 ** 25).cumulativeLost).toBe(-0x80_0000);
  });
});

describe('RFC 3550 §6.4.1, Appendix A.8: jitter', () => {
  test('a sixteenth of each difference', () => {
    const jitter = new JitterEstimate();
    jitter.update(1000, 0);
    expect(jitter.ticks).toBe(0);
    jitter.update(1160 + 32, 160);
    expect(jitter.ticks).toBe(2);
    jitter.update(1320 + 32, 320);
    expect(jitter.ticks).toBe(2 - 2 / 16);
  });

  test("it stays within a tick of the Appendix's whole numbers", () => {
    const steps = fc.array(fc.tuple(fc.nat(2000), fc.nat(2000)), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(uint32, uint32, steps, (arrival, timestamp, packets) => {
        const jitter = new JitterEstimate();
        let scaled = 0;
        let before: number | undefined;
        for (const [later, ticks] of packets) {
          arrival = addTicks(arrival, later);
          timestamp = addTicks(timestamp, ticks);
          jitter.update(arrival, timestamp);
          if (before !== undefined)
            scaled += Math.abs((((arrival - timestamp) | 0) - before) | 0) - ((scaled + 8) >> 4);
          before = (arrival - timestamp) | 0;
          expect(Math.abs(jitter.ticks - scaled / 16)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('RFC 3550 §6.4.1: times in reports', () => {
  test('the round trip of figure 2', () => {
    const sent = (0xb44d_b705n << 32n) | 0x2000_0000n;
    expect(middleOfNtp(sent)).toBe(0xb705_2000);
    const report = { lastSr: 0xb705_2000, delaySinceLastSr: 0x0005_4000 };
    expect(middleOfMs(5250)).toBe(report.delaySinceLastSr);
    expect(roundTripMs(0xb710_8000, report)).toBe(6125);
  });

  test('no sender report had come, or clocks went apart', () => {
    expect(roundTripMs(5, { lastSr: 0, delaySinceLastSr: 0 })).toBeUndefined();
    expect(roundTripMs(0, { lastSr: 0, delaySinceLastSr: 65_536 })).toBe(-1000);
    expect(roundTripMs(32_768, { lastSr: 0xffff_8000, delaySinceLastSr: 0 })).toBe(1000);
  });

  test('1970 is 2208988800 s after 1900', () => {
    expect(ntpOfUnixMs(0)).toBe(0x83aa_7e80n << 32n);
    expect(ntpOfUnixMs(500)).toBe((0x83aa_7e80n << 32n) | 0x8000_0000n);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000_000 }), (ms) => {
        expect(Math.abs(unixMsOfNtp(ntpOfUnixMs(ms)) - ms)).toBeLessThan(0.001);
      }),
    );
  });
});

describe('a report block from packets', () => {
  const packet = (sequenceNumber: number, timestamp: number): RtpPacket => ({
    ...{ marker: false, payloadType: 0, sequenceNumber, timestamp, ssrc: 7 },
    ...{ csrcs: [], payload: new Uint8Array(), paddingOctets: 0 },
  });

  test('loss, jitter, the last sender report and the delay since', () => {
    const reception = new Reception(7, 8000);
    expect(reception.report(0)).toBeUndefined();
    // One packet in 20 ms; of numbers 1 to 10 the fifth is lost, the tenth 8 ms late.
    for (let i = 0; i <= 10; i++)
      if (i !== 5) reception.receive(packet(i, 160 * i), 20 * i + (i === 10 ? 8 : 0));
    const ntpTimestamp = (0xb44d_b705n << 32n) | 0x2000_0000n;
    const counts = { packetCount: 11, octetCount: 1760, rtpTimestamp: 1760, reports: [] };
    reception.receiveSenderReport(
      { kind: 'sr', ssrc: 7, ntpTimestamp, ...counts, extension: new Uint8Array() },
      300,
    );
    expect(reception.report(5550)).toEqual({
      ssrc: 7,
      fractionLost: Math.floor(256 / 10),
      cumulativeLost: 1,
      extendedHighestSequence: 10,
      jitter: 4,
      lastSr: 0xb705_2000,
      delaySinceLastSr: 0x0005_4000,
    });
  });

  test('a stream that began again is counted from there', () => {
    const reception = new Reception(7, 8000);
    for (const number of [1, 2, 3, 8]) reception.receive(packet(number, 0), 0);
    expect(reception.report(0)).toMatchObject({ cumulativeLost: 4 });
    for (const number of [30_000, 30_001, 30_002, 30_010]) reception.receive(packet(number, 0), 0);
    expect(reception.report(0)).toMatchObject({
      cumulativeLost: 7,
      fractionLost: Math.floor((256 * 7) / 10),
      extendedHighestSequence: 30_010,
    });
  });
});
