import { expect, test } from 'vitest';
import { fromHex, toHex } from './hex';
import { writePcapng } from './pcapng';

test('a capture file has a section, an interface and a block a packet, each framed by its length', () => {
  const file = writePcapng([{ timeMs: 4_294_967.297, octets: fromHex('450000') }]);
  expect(toHex(file)).toBe(
    [
      // Section Header Block: byte order, version 1.0, section length unknown.
      '0a0d0d0a' + '1c000000' + '4d3c2b1a' + '01000000' + 'ffffffffffffffff' + '1c000000',
      // Interface Description Block: LINKTYPE_RAW (101), no limit.
      '01000000' + '14000000' + '65000000' + '00000000' + '14000000',
      // Enhanced Packet Block: interface 0, 2^32 + 1 µs, three octets and one of padding.
      '06000000' +
        '24000000' +
        '00000000' +
        '01000000' +
        '01000000' +
        '03000000' +
        '03000000' +
        '45000000' +
        '24000000',
    ].join(''),
  );
});

test('a capture without packets is still a capture', () => {
  expect(writePcapng([])).toHaveLength(28 + 20);
});
