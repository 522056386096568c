import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, type Span, toHex } from '@/lib/bytes';
import { createRandom } from '@/lib/sim';
import { fragments, numberedMessages } from './arbitraries.fixture';
import { expectCover } from '@/lib/bytes/cover.fixture';
import {
  decodeFragments,
  DtlsError,
  encodeFragment,
  FRAGMENT_HEADER_OCTETS,
  fragmentMessage,
  HandshakeReassembler,
  MAX_MESSAGE_OCTETS,
  MAX_MESSAGES_AHEAD,
  MAX_REASSEMBLY_OCTETS,
  MAX_RUNS,
  type HandshakeFragment,
} from '.';

const codeOf = (run: () => unknown) => caught(DtlsError, run)?.code ?? 'none';
const part = (messageSeq: number, body: string, from = 0, to = body.length / 2): HandshakeFragment => ({
  msgType: 11,
  messageSeq,
  length: body.length / 2,
  fragmentOffset: from,
  fragment: fromHex(body).subarray(from, to),
});

describe('RFC 9147 §5.2: the handshake header', () => {
  const octets = fromHex('0b 000010 0003 000004 000002 aabb');

  test('is read and written', () => {
    const [fragment] = decodeFragments(octets);
    expect(fragment).toEqual({
      msgType: 11,
      length: 16,
      messageSeq: 3,
      fragmentOffset: 4,
      fragment: fromHex('aabb'),
    });
    expect(toHex(encodeFragment(fragment!))).toBe(toHex(octets));
  });

  test.each([
    ['nothing', '', 'DTLS_FRAGMENT_TRUNCATED'],
    ['half a header', '0b0000100003', 'DTLS_FRAGMENT_TRUNCATED'],
    ['a body cut short', '0b 000010 0003 000004 000003 aabb', 'DTLS_FRAGMENT_TRUNCATED'],
    ['a part past the end', '0b 000010 0003 00000f 000002 aabb', 'DTLS_FRAGMENT_PAST_END'],
    ['an empty part of something', '0b 000010 0003 000004 000000', 'DTLS_FRAGMENT_EMPTY'],
  ])('%s is refused', (_, wire, code) => {
    expect(codeOf(() => decodeFragments(fromHex(wire)))).toBe(code);
  });

  test('property: fragments, several in a record, come back; spans cover every bit', () => {
    fc.assert(
      fc.property(fc.array(fragments, { minLength: 1, maxLength: 5 }), (list) => {
        const record = Uint8Array.from(list.flatMap((fragment) => [...encodeFragment(fragment)]));
        const spans: Span[] = [];
        expect(decodeFragments(record, spans)).toEqual(list);
        expectCover(spans, record.length);
      }),
      { seed: 52 },
    );
  });
});

describe('RFC 9147 §5.5: fragmentation and reassembly', () => {
  test('a message is cut to fit, and an empty one is one fragment', () => {
    const message = { msgType: 11, messageSeq: 2, body: new Uint8Array(100) };
    const cut = fragmentMessage(message, FRAGMENT_HEADER_OCTETS + 40);
    expect(cut.map(({ fragmentOffset, fragment }) => [fragmentOffset, fragment.length])).toEqual([
      [0, 40],
      [40, 40],
      [80, 20],
    ]);
    expect(fragmentMessage({ ...message, body: new Uint8Array() }, 13)).toHaveLength(1);
    expect(codeOf(() => fragmentMessage(message, FRAGMENT_HEADER_OCTETS))).toBe('DTLS_MTU_TOO_SMALL');
  });

  test('fragments may overlap', () => {
    const reassembler = new HandshakeReassembler();
    expect(reassembler.push(part(0, '0011223344', 3))).toEqual([]);
    expect(reassembler.push(part(0, '0011223344', 0, 2))).toEqual([]);
    expect(reassembler.push(part(0, '0011223344', 1, 4))).toEqual([
      { msgType: 11, messageSeq: 0, body: fromHex('0011223344') },
    ]);
  });

  test('overlaps that differ are refused, and so are another type or length', () => {
    const reassembler = new HandshakeReassembler();
    reassembler.push(part(0, '0011223344', 0, 3));
    expect(codeOf(() => reassembler.push(part(0, '0099223344', 1, 4)))).toBe('DTLS_FRAGMENT_CONFLICT');
    expect(codeOf(() => reassembler.push({ ...part(0, '0011223344', 3), msgType: 12 }))).toBe(
      'DTLS_FRAGMENT_CONFLICT',
    );
    expect(codeOf(() => reassembler.push(part(0, '00112233', 3)))).toBe('DTLS_FRAGMENT_CONFLICT');
    expect(reassembler.push(part(0, '0011223344', 3))).toHaveLength(1);
  });

  test('messages wait for their turn, and old ones are passed over', () => {
    const reassembler = new HandshakeReassembler();
    expect(reassembler.push(part(1, 'aa'))).toEqual([]);
    expect(reassembler.isWaiting).toBe(true);
    expect(reassembler.push(part(0, 'bb')).map(({ body }) => toHex(body))).toEqual(['bb', 'aa']);
    expect(reassembler.push(part(0, 'cc'))).toEqual([]);
    expect([reassembler.nextReceiveSeq, reassembler.heldOctets, reassembler.isWaiting]).toEqual([
      2,
      0,
      false,
    ]);
  });

  test('limits hold: of a message, of messages ahead, of all octets, of gaps', () => {
    const of = (messageSeq: number, length: number, fragmentOffset = 0) =>
      ({
        msgType: 1,
        messageSeq,
        length,
        fragmentOffset,
        fragment: Uint8Array.of(0),
      }) satisfies HandshakeFragment;
    const reassembler = new HandshakeReassembler();
    expect(codeOf(() => reassembler.push(of(0, MAX_MESSAGE_OCTETS + 1)))).toBe('DTLS_MESSAGE_TOO_LONG');
    for (let seq = 40; seq >= 0; seq--) reassembler.push(of(seq, MAX_MESSAGE_OCTETS - 10));
    expect(reassembler.heldOctets).toBeLessThanOrEqual(MAX_REASSEMBLY_OCTETS);
    const small = new HandshakeReassembler();
    small.push(of(MAX_MESSAGES_AHEAD + 1, 2));
    expect(small.isWaiting).toBe(false);
    small.push(of(MAX_MESSAGES_AHEAD, 2));
    expect(small.isWaiting).toBe(true);
    const gaps = new HandshakeReassembler();
    const length = 2 * MAX_RUNS + 20;
    const push = (from: number) => {
      const whole = [];
      for (let at = from; at < length; at += 2) whole.push(...gaps.push(of(0, length, at)));
      return whole;
    };
    // Every other octet: more gaps than are kept. The rest does not complete it; what was dropped, sent again, does.
    expect([push(0).length, push(1).length, push(0).length]).toEqual([0, 0, 1]);
  });

  test('property: whatever the cuts, the order and the repetitions, the same messages come out in order', () => {
    const run = fc.record({
      bodies: fc.array(numberedMessages, { minLength: 1, maxLength: 5 }),
      cuts: fc.array(fc.integer({ min: 13, max: 200 }), { minLength: 1, maxLength: 3 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(run, ({ bodies, cuts, seed }) => {
        const sent = bodies.map((message, messageSeq) => ({ ...message, messageSeq }));
        // Each message is cut more than once, differently: the fragments overlap.
        const all = cuts.flatMap((maxOctets) =>
          sent.flatMap((message) => fragmentMessage(message, maxOctets)),
        );
        const random = createRandom(seed);
        const shuffled = [...all, ...all.filter(() => random.chance(0.3))]
          .map((fragment) => ({ fragment, order: random.next() }))
          .sort((a, b) => a.order - b.order);
        const reassembler = new HandshakeReassembler();
        const got = shuffled.flatMap(({ fragment }) => reassembler.push(fragment));
        expect(got).toEqual(sent);
        expect(reassembler.heldOctets).toBe(0);
      }),
      { seed: 55 },
    );
  });
});
