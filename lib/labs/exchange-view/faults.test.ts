import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_FAULTS, parseFaults, withFault, writeFaults } from './faults';

test('a text of faults is read, and what is not of the form is left out', () => {
  expect(parseFaults('client SYN #1 drop; server SYN-ACK #2 +400; client data #1 +20 copy 300; x')).toEqual({
    'client SYN #1': { drop: true },
    'server SYN-ACK #2': { delayMs: 400 },
    'client data #1': { delayMs: 20, duplicateAfterMs: 300 },
  });
  expect(parseFaults('client SYN #1')).toEqual({});
});

test('what is written is read again the same, whatever the text was', () => {
  const verdict = fc.constantFrom('drop', '+0', '+9999999', '+999999', 'copy 5', '+1 copy 2', '');
  const part = fc
    .tuple(fc.constantFrom('client', 'server'), fc.constantFrom('SYN', 'ACK'), fc.nat(50), verdict)
    .map(([end, kind, n, what]) => `${end} ${kind} #${n} ${what}`);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part, { maxLength: 60 }).map((p) => p.join(';')),
        fc.string(),
      ),
      (text) => {
        const faults = parseFaults(text);
        expect(Object.keys(faults).length).toBeLessThanOrEqual(MAX_FAULTS);
        expect(parseFaults(writeFaults(faults))).toEqual(faults);
      },
    ),
  );
});

test('a verdict replaces the one before it, and none removes it', () => {
  const one = withFault({}, 'client SYN #1', { delayMs: 12.4 });
  expect(one).toEqual({ 'client SYN #1': { delayMs: 12 } });
  expect(withFault(one, 'client SYN #1', { drop: true, delayMs: 5 })).toEqual({
    'client SYN #1': { drop: true },
  });
  expect(withFault(one, 'client SYN #1', { delayMs: -3 })).toEqual({});
  expect(withFault(one, 'client SYN #1', undefined)).toEqual({});
});
