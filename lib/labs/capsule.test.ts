import fc from 'fast-check';
import { expect, test } from 'vitest';

import { CapsuleError, MAX_CAPSULE_LENGTH, decodeCapsule, encodeCapsule } from './capsule';
import { number, params, text } from './params';

const lab = {
  id: 'example',
  params: params({
    rttMs: number({ min: 1, max: 1e6, default: 56 }),
    note: text({ maxLength: 10_000, default: '' }),
  }),
};

function codeOf(text: string): string {
  try {
    decodeCapsule(text, lab);
  } catch (error) {
    if (error instanceof CapsuleError) return error.code;
    throw error;
  }
  return 'accepted';
}

test('a capsule survives the address bar, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.string({ unit: 'grapheme' }),
      fc.nat(),
      (rttMs, note, at) => {
        const text = encodeCapsule({
          v: 1,
          lab: 'example',
          params: { rttMs, note },
          at,
        });
        expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
        expect(decodeCapsule(text, lab)).toEqual({
          v: 1,
          lab: 'example',
          params: { rttMs, note },
          at,
        });
      },
    ),
  );
});

test.each([
  ['nothing', '', 'CAPSULE_BROKEN'],
  ['not base64', '%%%', 'CAPSULE_BROKEN'],
  ['not JSON', btoa('hello'), 'CAPSULE_BROKEN'],
  ['not UTF-8', btoa('\xff\xfe'), 'CAPSULE_BROKEN'],
  ['another version', encodeCapsule({ v: 2 as 1, lab: 'example', params: {} }), 'CAPSULE_BROKEN'],
  ['a field too many', btoa('{"v":1,"lab":"example","params":{},"x":1}'), 'CAPSULE_BROKEN'],
  ['another lab', encodeCapsule({ v: 1, lab: 'hpack', params: {} }), 'CAPSULE_FOREIGN'],
  ['params out of range', encodeCapsule({ v: 1, lab: 'example', params: { rttMs: 0 } }), 'CAPSULE_PARAMS'],
  ['too long', 'A'.repeat(MAX_CAPSULE_LENGTH + 1), 'CAPSULE_TOO_LONG'],
])('a capsule with %s is refused by name', (_cause, text, code) => {
  expect(codeOf(text)).toBe(code);
});

test('any text at all is refused with a code or read', () => {
  fc.assert(fc.property(fc.string(), (text) => codeOf(text).length > 0));
});
