import fc from 'fast-check';
import type { StunAttribute, StunMessage } from '.';
import { STUN_CLASSES, STUN_ATTRIBUTES, STUN_METHODS } from '.';

const uint = (bits: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** bits - 1 });
const octets = (minLength: number, maxLength = minLength): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });
const ip = fc.oneof(
  fc.array(uint(8), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.')),
  fc.constantFrom('2001:db8::1', '::', '::ffff:192.0.2.1', 'fe80::1:2:3:4', 'ffff:ffff::ffff'),
);
const address = fc.record({ address: ip, port: uint(16) });
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const algorithm = fc.record({
  algorithm: fc.constantFrom('MD5' as const, 'SHA-256' as const, 0x7777),
  parameters: octets(0, 5),
});
const error = fc.record({ code: fc.integer({ min: 300, max: 699 }), reason: text });
const flags = fc.constant(true as const);

const values: Record<string, fc.Arbitrary<unknown>> = {
  'CHANGE-REQUEST': fc.record({ changeIp: fc.boolean(), changePort: fc.boolean() }),
  'MESSAGE-INTEGRITY': octets(20),
  'ERROR-CODE': error,
  'UNKNOWN-ATTRIBUTES': fc.array(uint(16), { maxLength: 5 }),
  'CHANNEL-NUMBER': uint(16),
  DATA: octets(0, 30),
  'REQUESTED-ADDRESS-FAMILY': uint(8),
  'ADDITIONAL-ADDRESS-FAMILY': uint(8),
  'EVEN-PORT': fc.record({ reserveNext: fc.boolean() }),
  'REQUESTED-TRANSPORT': uint(8),
  'DONT-FRAGMENT': flags,
  'USE-CANDIDATE': flags,
  'ACCESS-TOKEN': octets(0, 9),
  'MOBILITY-TICKET': octets(0, 9),
  PADDING: octets(0, 9),
  'MESSAGE-INTEGRITY-SHA256': fc.constantFrom(16, 20, 32).chain((length) => octets(length)),
  'PASSWORD-ALGORITHM': algorithm,
  'PASSWORD-ALGORITHMS': fc.array(algorithm, { maxLength: 3 }),
  USERHASH: octets(32),
  'RESERVATION-TOKEN': octets(8),
  'RESPONSE-PORT': uint(16),
  'ADDRESS-ERROR-CODE': fc.tuple(error, uint(8)).map(([rest, family]) => ({ ...rest, family })),
  ICMP: fc.record({ type: uint(7), code: uint(9), data: uint(32) }),
  TRANSACTION_TRANSMIT_COUNTER: fc.record({ requests: uint(8), responses: uint(8) }),
  'ICE-CONTROLLED': fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  'ICE-CONTROLLING': fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
};
for (const name of ['PRIORITY', 'LIFETIME', 'CONNECTION-ID', 'CACHE-TIMEOUT', 'FINGERPRINT'])
  values[name] = uint(32);
for (const [, name] of STUN_ATTRIBUTES) {
  if (name.includes('ADDRESS') || name.endsWith('-ORIGIN') || name.endsWith('-SERVER'))
    values[name] ??= address;
}

/** One arbitrary an attribute of the registry, and unknown ones. */
export const attribute: fc.Arbitrary<StunAttribute> = fc.oneof(
  ...STUN_ATTRIBUTES.map(([, name]) =>
    (values[name] ?? text).map((value) => ({ name, value }) as StunAttribute),
  ),
  fc.record({
    name: fc.constant('UNKNOWN' as const),
    type: fc.constantFrom(0x0002, 0x7000, 0xc057),
    value: octets(0, 9),
  }),
);

/** After these only certain others count or are allowed; the property puts them where they belong. */
const isLast = ({ name }: StunAttribute): boolean =>
  name.startsWith('MESSAGE-INTEGRITY') || name === 'FINGERPRINT';

/** Messages whose integrity attributes (made of anything) and fingerprint stand last, in order. */
export const message: fc.Arbitrary<StunMessage> = fc
  .record({
    class: fc.constantFrom(...STUN_CLASSES),
    method: fc.oneof(fc.constantFrom(...STUN_METHODS.map(([, name]) => name)), fc.constant(0xabc)),
    transactionId: octets(12),
    attributes: fc.array(attribute, { maxLength: 6 }),
    last: fc.subarray(['MESSAGE-INTEGRITY', 'MESSAGE-INTEGRITY-SHA256', 'FINGERPRINT']),
  })
  .map(({ attributes, last, ...rest }) => ({
    ...rest,
    attributes: [
      ...attributes.filter((each) => !isLast(each)),
      ...last.map((name): StunAttribute => {
        if (name === 'FINGERPRINT') return { name, value: 7 };
        if (name === 'MESSAGE-INTEGRITY') return { name, value: new Uint8Array(20) };
        return { name: 'MESSAGE-INTEGRITY-SHA256', value: new Uint8Array(32) };
      }),
    ],
  }));
