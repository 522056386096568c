import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import { decodeIpv4, decodeIpv6, encodeIpv4, encodeIpv6 } from '@/lib/protocols/ip';
import { decodeSegment, encodeSegment } from '.';

/** Packets that a Linux 6 kernel wrote to a TUN device, where it computes every checksum itself. */
const SYN_OVER_IPV4 =
  '4500003cce8940004006e829c0000201c0000207' +
  'e1ca0050eda99a4f00000000a002faf0224b0000020405b40402080ab1ff8aa4000000000103030a';
const GET_OVER_IPV4 =
  '4500004fce8b40004006e814c0000201c0000207' +
  'e1ca0050eda99a50000003e98018003f0af900000101080ab1ff8aa500000001' +
  '474554202f20485454502f312e310d0a486f73743a20610d0a0d0a';
const SYN_OVER_IPV6 =
  '60086b240028064020010db800000000000000000000000120010db8000000000000000000000007' +
  'ae8600501553c98700000000a002fd20f1d70000020405a00402080a573f18ae000000000103030a';

/** RFC 1071 once more, in another way than lib/protocols/ip does it: words, then folding. */
function sumOfWords(hex: string): number {
  const words = hex.padEnd(Math.ceil(hex.length / 4) * 4, '0').match(/.{4}/g) ?? [];
  let sum = words.reduce((total, word) => total + Number.parseInt(word, 16), 0);
  while (sum > 0xffff) sum = (sum % 65536) + Math.floor(sum / 65536);
  return sum;
}

test('a captured SYN over IPv4 decodes to what the kernel meant, and encodes to the same octets', () => {
  const ip = decodeIpv4(fromHex(SYN_OVER_IPV4));
  if (!ip) throw new Error('the packet is whole');
  expect(ip.packet).toMatchObject({ source: '192.0.2.1', destination: '192.0.2.7', protocol: 6, ttl: 64 });
  expect(ip.packet).toMatchObject({ dontFragment: true, moreFragments: false, identification: 0xce89 });
  expect(toHex(encodeIpv4(ip.packet))).toBe(SYN_OVER_IPV4);
  expect(sumOfWords(SYN_OVER_IPV4.slice(0, 40))).toBe(0xffff);

  const segment = decodeSegment(ip.packet.payload, { addresses: ip.packet });
  expect(segment).toMatchObject({
    sourcePort: 57_802,
    destinationPort: 80,
    sequenceNumber: 0xeda99a4f,
    acknowledgmentNumber: 0,
    window: 64_240,
    checksum: 0x224b,
    checksumIsRight: true,
    headerLength: 40,
    flags: { syn: true, ack: false },
    options: [
      { kind: 'mss', octets: 1460 },
      { kind: 'sack-permitted' },
      { kind: 'timestamps', value: 0xb1ff8aa4, echo: 0 },
      { kind: 'nop' },
      { kind: 'window-scale', shift: 10 },
    ],
  });
  expect(segment && toHex(encodeSegment(segment, ip.packet))).toBe(SYN_OVER_IPV4.slice(40));
  expect(sumOfWords(`c0000201c000020700060028${SYN_OVER_IPV4.slice(40)}`)).toBe(0xffff);
});

test('a captured request of odd length has its last octet summed with a zero', () => {
  const ip = decodeIpv4(fromHex(GET_OVER_IPV4));
  const segment = ip && decodeSegment(ip.packet.payload, { addresses: ip.packet });
  expect(segment?.flags).toMatchObject({ psh: true, ack: true, syn: false });
  expect(new TextDecoder().decode(segment?.payload)).toBe('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(ip && segment && toHex(encodeSegment(segment, ip.packet))).toBe(GET_OVER_IPV4.slice(40));
  expect(sumOfWords(`c0000201c00002070006003b${GET_OVER_IPV4.slice(40)}`)).toBe(0xffff);
});

test('a captured SYN over IPv6: the pseudo-header has 40 octets (RFC 8200 §8.1)', () => {
  const ip = decodeIpv6(fromHex(SYN_OVER_IPV6));
  if (!ip) throw new Error('the packet is whole');
  expect(ip.packet).toMatchObject({
    source: '2001:db8::1',
    destination: '2001:db8::7',
    protocol: 6,
    hopLimit: 64,
  });
  expect(ip.packet.flowLabel).toBe(0x86b24);
  expect(toHex(encodeIpv6(ip.packet))).toBe(SYN_OVER_IPV6);
  const segment = decodeSegment(ip.packet.payload, { addresses: ip.packet });
  expect(segment).toMatchObject({ checksum: 0xf1d7, checksumIsRight: true });
  expect(segment && toHex(encodeSegment(segment, ip.packet))).toBe(SYN_OVER_IPV6.slice(80));
  const pseudoHeader = `${SYN_OVER_IPV6.slice(16, 80)}0000002800000006`;
  expect(sumOfWords(pseudoHeader + SYN_OVER_IPV6.slice(80))).toBe(0xffff);
});

test('spans cover every bit of IP and TCP, in order, without a gap, each with its section', () => {
  const packets = [
    { hex: SYN_OVER_IPV4, decode: decodeIpv4 },
    { hex: GET_OVER_IPV4, decode: decodeIpv4 },
    { hex: SYN_OVER_IPV6, decode: decodeIpv6 },
  ];
  for (const { hex, decode } of packets) {
    const ipSpans: Span[] = [];
    const ip = decode(fromHex(hex), ipSpans);
    const tcpSpans: Span[] = [];
    const written: Span[] = [];
    const segment = ip && decodeSegment(ip.packet.payload, { addresses: ip.packet }, tcpSpans);
    if (segment) encodeSegment(segment, ip.packet, written);
    expect(written).toEqual(tcpSpans);
    for (const [spans, octets] of [
      [ipSpans, hex.length / 2],
      [tcpSpans, ip?.packet.payload.length ?? 0],
    ] as const) {
      expectCover(spans, octets);
    }
  }
});

test('without a trace no span is built, with one the flags are read out', () => {
  const spans: Span[] = [];
  decodeSegment(fromHex(SYN_OVER_IPV4.slice(40)), {}, spans);
  expect(spans.find(({ name }) => name === 'SYN')).toMatchObject({ start: 110, end: 111, value: 'set' });
  expect(spans.find(({ name }) => name === 'Checksum')?.value).toBe('0x224b, not verified');
});
