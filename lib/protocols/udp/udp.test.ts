import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { decodeDatagram, encodeDatagram, MAX_UDP_PAYLOAD, UDP_PORTS, UdpError } from '.';

const SEED = 768;
const ipv4 = { source: '192.0.2.1', destination: '198.51.100.7' };
const ipv6 = { source: '2001:db8::1', destination: '2001:db8::7' };
const port = fc.nat(0xffff);
const datagrams = fc.record({
  sourcePort: port,
  destinationPort: port,
  payload: fc.uint8Array({ maxLength: 60 }),
});

const codeOf = (action: () => unknown) => {
  const error = caught(UdpError, action);
  return error ? `${error.code} at ${error.offset}` : 'no error';
};

test('RFC 768: ports, length, checksum, data, in network order', () => {
  const datagram = { sourcePort: 0xc000, destinationPort: 53, payload: fromHex('0102') };
  expect(toHex(encodeDatagram(datagram))).toBe('c0000035000a00000102');
});

test('RFC 768: the checksum over the pseudo-header, worked by hand', () => {
  // Pseudo-header (addresses, protocol, length), header with a zero checksum, data.
  const words = [0xc000, 0x0201, 0xc633, 0x6407, 0x0011, 0x000a, 0xc000, 0x0035, 0x000a, 0x0102];
  let sum = words.reduce((left, right) => left + right);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  const octets = encodeDatagram({ sourcePort: 0xc000, destinationPort: 53, payload: fromHex('0102') }, ipv4);
  expect(toHex(octets.subarray(6, 8))).toBe((~sum & 0xffff).toString(16).padStart(4, '0'));
});

test('RFC 768: a sum of zero is sent as all ones, and is right when read', () => {
  for (const addresses of [ipv4, ipv6]) {
    let found = false;
    for (let value = 0; value <= 0xffff && !found; value++) {
      const payload = Uint8Array.of(value >>> 8, value & 0xff);
      const octets = encodeDatagram({ sourcePort: 1, destinationPort: 2, payload }, addresses);
      expect(toHex(octets.subarray(6, 8))).not.toBe('0000');
      found = toHex(octets.subarray(6, 8)) === 'ffff';
      if (found) expect(decodeDatagram(octets, { addresses })?.checksumIsRight).toBe(true);
    }
    expect(found).toBe(true);
  }
});

test('a zero checksum is "none": fine over IPv4, refused over IPv6 (RFC 8200 §8.1) unless agreed (RFC 6935 §5)', () => {
  const octets = encodeDatagram({ sourcePort: 1, destinationPort: 2, payload: fromHex('aa') });
  expect(decodeDatagram(octets, { addresses: ipv4 })?.checksumIsRight).toBe(undefined);
  expect(codeOf(() => decodeDatagram(octets, { addresses: ipv6 }))).toBe('UDP_CHECKSUM_MISSING at 6');
  expect(codeOf(() => decodeDatagram(octets, { addresses: ipv6, allowZeroChecksum: true }))).toBe('no error');
});

test(`decode undoes encode over both families, and every cut of the header asks for more (seed ${SEED})`, () => {
  fc.assert(
    fc.property(datagrams, fc.constantFrom(ipv4, ipv6), fc.nat(7), (datagram, addresses, cut) => {
      const octets = encodeDatagram(datagram, addresses);
      const decoded = decodeDatagram(octets, { addresses });
      expect(decoded).toMatchObject({ ...datagram, checksumIsRight: true, surplusOctets: 0 });
      expect(decodeDatagram(octets.subarray(0, cut), { addresses })).toBe(undefined);
    }),
    { seed: SEED },
  );
});

test(`one changed bit anywhere is noticed (seed ${SEED})`, () => {
  fc.assert(
    fc.property(datagrams, fc.constantFrom(ipv4, ipv6), fc.nat(), (datagram, addresses, at) => {
      const octets = encodeDatagram(datagram, addresses);
      const bit = at % (octets.length * 8);
      octets[bit >>> 3] = octets[bit >>> 3]! ^ (0x80 >>> (bit & 7));
      expect(codeOf(() => decodeDatagram(octets, { addresses }))).not.toBe('no error');
    }),
    { seed: SEED },
  );
});

test(`spans cover every bit once (seed ${SEED})`, () => {
  fc.assert(
    fc.property(datagrams, fc.nat(3), (datagram, surplus) => {
      const octets = Uint8Array.from([...encodeDatagram(datagram, ipv4), ...new Uint8Array(surplus)]);
      const spans: Span[] = [];
      decodeDatagram(octets, { addresses: ipv4 }, spans);
      expectCover(spans, octets.length);
    }),
    { seed: SEED },
  );
});

test.each([
  ['a length inside the header', '0001 0002 0007 0000', 'UDP_LENGTH_TOO_SMALL at 4'],
  ['the length 0 of a jumbogram (RFC 2675)', '0001 0002 0000 0000', 'UDP_LENGTH_TOO_SMALL at 4'],
  ['a length past the end', '0001 0002 0009 0000', 'UDP_LENGTH_PAST_END at 4'],
  ['a wrong checksum', '0001 0002 0008 1234', 'UDP_CHECKSUM_WRONG at 6'],
])('%s is malformed, and the header is traced all the same', (_cause, hex, expected) => {
  const spans: Span[] = [];
  expect(codeOf(() => decodeDatagram(fromHex(hex), { addresses: ipv4 }, spans))).toBe(expected);
  expect(spans.map(({ name }) => name)).toEqual(['Source Port', 'Destination Port', 'Length', 'Checksum']);
});

test('a wrong checksum is reported on request, and octets after the datagram are nobody’s', () => {
  const wrong = fromHex('0001 0002 0008 1234');
  expect(decodeDatagram(wrong, { addresses: ipv4, onWrongChecksum: 'report' })?.checksumIsRight).toBe(false);
  const padded = decodeDatagram(fromHex('0001 0002 0009 0000 aa 0000'));
  expect([padded?.surplusOctets, toHex(padded?.payload ?? new Uint8Array())]).toEqual([2, 'aa']);
});

test('what does not fit is refused before anything is written', () => {
  const payload = new Uint8Array(0);
  expect(codeOf(() => encodeDatagram({ sourcePort: 65_536, destinationPort: 1, payload }))).toBe(
    'UDP_FIELD_OUT_OF_RANGE at 0',
  );
  expect(codeOf(() => encodeDatagram({ sourcePort: 1, destinationPort: -1, payload }))).toBe(
    'UDP_FIELD_OUT_OF_RANGE at 2',
  );
  const long = { sourcePort: 1, destinationPort: 1, payload: new Uint8Array(MAX_UDP_PAYLOAD + 1) };
  expect(codeOf(() => encodeDatagram(long))).toBe('UDP_PAYLOAD_TOO_LONG at 4');
});

test('the ports are those of the registry', () => {
  const rows = readFileSync(new URL('fixtures/service-names-udp.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const registry = rows.slice(1).map((row) => row.split(',').slice(0, 2));
  expect(UDP_PORTS.map(([number, service]) => [service, String(number)])).toEqual(registry);
});

fuzzDecoder('datagrams', {
  samples: [
    encodeDatagram({ sourcePort: 1, destinationPort: 53, payload: fromHex('010203') }, ipv4),
    encodeDatagram({ sourcePort: 1, destinationPort: 53, payload: new Uint8Array(40) }, ipv6),
  ],
  decode: (octets, random) => decodeDatagram(octets, { addresses: random.chance(0.5) ? ipv4 : ipv6 }, []),
  errorClass: UdpError,
});
