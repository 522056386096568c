import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, toHex, type Span } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  decodeInsertCount,
  encodeInsertCount,
  QPACK_STATIC_TABLE,
  QpackDecoder,
  QpackEncoder,
  QpackError,
} from '.';

const codeOf = (run: () => unknown) => {
  const error = caught(QpackError, run);
  return error ? `${error.code} ${error.connectionError}` : 'accepted';
};
const created = (maxBlockedStreams = 1) => new QpackDecoder({ maxTableCapacity: 220, maxBlockedStreams });

test('RFC 9204 B.1 to B.5: the decoder and both streams', () => {
  const decoder = created();
  // B.1 literal field line with name reference
  expect(decoder.decodeFieldSection(0, fromHex('0000 510b 2f69 6e64 6578 2e68 746d 6c'))).toEqual([
    { name: ':path', value: '/index.html' },
  ]);
  expect(toHex(decoder.takeDecoderStream())).toBe('');
  // B.2 dynamic table: the section comes before its insertions
  expect(decoder.decodeFieldSection(4, fromHex('0381 10 11'))).toBeUndefined();
  expect(decoder.blockedStreams).toEqual([4]);
  const inserts = '3fbd01 c00f 7777 772e 6578 616d 706c 652e 636f 6d c10c 2f73 616d 706c 652f 7061 7468';
  expect(decoder.pushEncoderStream(fromHex(inserts))).toEqual([
    {
      streamId: 4,
      fields: [
        { name: ':authority', value: 'www.example.com' },
        { name: ':path', value: '/sample/path' },
      ],
    },
  ]);
  expect(decoder.tableSize).toBe(106);
  expect(toHex(decoder.takeDecoderStream())).toBe('84');
  // B.3 speculative insert
  const custom = '4a63 7573 746f 6d2d 6b65 790c 6375 7374 6f6d 2d76 616c 7565';
  decoder.pushEncoderStream(fromHex(custom));
  expect(decoder.tableSize).toBe(160);
  expect(toHex(decoder.takeDecoderStream())).toBe('01');
  // B.4 duplicate, and a section whose stream is cancelled
  decoder.pushEncoderStream(fromHex('02'));
  expect(decoder.tableSize).toBe(217);
  expect(decoder.decodeFieldSection(8, fromHex('0500 80 c1 81'))).toEqual([
    { name: ':authority', value: 'www.example.com' },
    { name: ':path', value: '/' },
    { name: 'custom-key', value: 'custom-value' },
  ]);
  // B.5 an insertion that evicts
  decoder.pushEncoderStream(fromHex('810d 6375 7374 6f6d 2d76 616c 7565 32'));
  expect(decoder.tableSize).toBe(215);
  expect(decoder.table.at(-1)).toEqual({ name: 'custom-key', value: 'custom-value2' });
  expect(decoder.table).toHaveLength(4);
});

test('RFC 9204 §4.5.1.1: the count that was meant', () => {
  // "if the dynamic table is 100 octets, then the Required Insert Count is encoded modulo 6"
  expect(encodeInsertCount(9, 3)).toBe(4);
  expect(decodeInsertCount(4, 3, 10)).toBe(9);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.nat(5000),
      fc.integer({ min: -200, max: 200 }),
      (max, inserted, near) => {
        const count = inserted + Math.max(-max + 1, Math.min(max, near));
        fc.pre(count > 0);
        expect(decodeInsertCount(encodeInsertCount(count, max), max, inserted)).toBe(count);
      },
    ),
  );
});

test('more streams may not wait than were promised (RFC 9204 §2.1.2)', () => {
  const decoder = created(1);
  const waiting = fromHex('0200 80');
  expect(decoder.decodeFieldSection(4, waiting)).toBeUndefined();
  expect(decoder.decodeFieldSection(4, waiting)).toBeUndefined();
  expect(codeOf(() => decoder.decodeFieldSection(8, waiting))).toContain('QPACK_TOO_MANY_BLOCKED');
  decoder.cancelStream(4);
  expect(toHex(decoder.takeDecoderStream())).toBe('44');
  expect(decoder.decodeFieldSection(8, waiting)).toBeUndefined();
  expect(codeOf(() => created(0).decodeFieldSection(4, waiting))).toContain('QPACK_TOO_MANY_BLOCKED');
});

test('RFC 9204 §2.2.2.2, §7.4: what is only too large costs its stream, which is cancelled', () => {
  const options = { maxTableCapacity: 220, maxBlockedStreams: 2, maxHeaderListSize: 60 };
  const decoder = new QpackDecoder(options);
  const fields = [{ name: 'custom-key', value: 'custom-value' }];
  const encoder = new QpackEncoder({ maxTableCapacity: 220, maxBlockedStreams: 3 });
  const { section: small, encoderStream } = encoder.encodeFieldSection(0, fields);
  const { section: large } = encoder.encodeFieldSection(4, [...fields, ...fields]);
  const { section: early } = encoder.encodeFieldSection(8, fields);
  expect(decoder.decodeFieldSection(4, large)).toBeUndefined();
  expect(decoder.decodeFieldSection(8, early)).toBeUndefined();
  const [refused, read] = decoder.pushEncoderStream(encoderStream);
  expect(refused).toMatchObject({
    streamId: 4,
    fields: [],
    error: { code: 'QPACK_HEADER_LIST_TOO_LARGE', scope: 'stream' },
  });
  expect(read).toEqual({ streamId: 8, fields });
  expect(decoder.blockedStreams).toEqual([]);
  expect(codeOf(() => decoder.decodeFieldSection(12, large))).toContain('QPACK_HEADER_LIST_TOO_LARGE');
  expect(decoder.decodeFieldSection(0, small)).toEqual(fields);
  // Cancelled 4, acknowledged 8, cancelled 12, acknowledged 0: no reference stays.
  expect(toHex(decoder.takeDecoderStream())).toBe('44884c80');
});

test('the encoder evicts no entry that may still be needed (RFC 9204 §2.1.1)', () => {
  const encoder = new QpackEncoder({ maxTableCapacity: 64, maxBlockedStreams: 10 });
  const field = (name: string) => [{ name, value: 'v' }];
  encoder.encodeFieldSection(0, field('one'));
  encoder.encodeFieldSection(4, field('two'));
  expect(encoder.table.map(({ name }) => name)).toEqual(['one']);
  encoder.pushDecoderStream(fromHex('80'));
  encoder.encodeFieldSection(8, field('two'));
  expect(encoder.table.map(({ name }) => name)).toEqual(['two']);
  expect(encoder.knownReceivedCount).toBe(1);
});

test('an insertion that was not acknowledged stays, even if no section uses it (RFC 9204 §2.1.1)', () => {
  const encoder = new QpackEncoder({ maxTableCapacity: 64 });
  encoder.encodeFieldSection(0, [{ name: 'one', value: 'v' }]);
  encoder.encodeFieldSection(4, [{ name: 'two', value: 'v' }]);
  expect(encoder.table.map(({ name }) => name)).toEqual(['one']);
  encoder.pushDecoderStream(fromHex('01'));
  encoder.encodeFieldSection(8, [{ name: 'two', value: 'v' }]);
  expect(encoder.table.map(({ name }) => name)).toEqual(['two']);
});

test('without leave to block, an insertion is used only once it is acknowledged', () => {
  const encoder = new QpackEncoder({ maxTableCapacity: 220 });
  const decoder = new QpackDecoder({ maxTableCapacity: 220 });
  const fields = [{ name: 'custom-key', value: 'custom-value' }];
  const first = encoder.encodeFieldSection(0, fields);
  expect(decoder.decodeFieldSection(0, first.section)).toEqual(fields);
  decoder.pushEncoderStream(first.encoderStream);
  encoder.pushDecoderStream(decoder.takeDecoderStream());
  expect(toHex(encoder.encodeFieldSection(4, fields).section)).toBe('020080');
});

test('text that is no octets is refused before anything is written', () => {
  const encoder = new QpackEncoder({ maxTableCapacity: 220, maxBlockedStreams: 1 });
  const field = { name: 'custom-key', value: 'custom-value' };
  expect(() => encoder.encodeFieldSection(0, [field, { name: 'a', value: '✓' }])).toThrow(RangeError);
  const decoder = created();
  for (const [id, fields] of [[field], [{ name: 'other', value: 'value' }]].entries()) {
    const { section, encoderStream } = encoder.encodeFieldSection(id * 4, fields);
    decoder.pushEncoderStream(encoderStream);
    expect(decoder.decodeFieldSection(id * 4, section)).toEqual(fields);
    expect(decoder.table).toEqual(encoder.table);
    encoder.pushDecoderStream(decoder.takeDecoderStream());
  }
});

test('the encoder keeps 65,536 octets at most, whatever the peer would allow (RFC 9204 §3.2.3)', () => {
  const maxTableCapacity = 2 ** 30;
  const encoder = new QpackEncoder({ maxTableCapacity, maxBlockedStreams: 1 });
  const decoder = new QpackDecoder({ maxTableCapacity, maxBlockedStreams: 1 });
  for (let id = 0; id < 4; id++) {
    const fields = [{ name: `name-${id}`, value: 'x'.repeat(30_000) }];
    const { section, encoderStream } = encoder.encodeFieldSection(id * 4, fields);
    decoder.pushEncoderStream(encoderStream);
    expect(decoder.decodeFieldSection(id * 4, section)).toEqual(fields);
    encoder.pushDecoderStream(decoder.takeDecoderStream());
  }
  expect(encoder.tableSize).toBeLessThanOrEqual(65_536);
  expect(encoder.table).toEqual(decoder.table);
});

test('a sensitive field is never put into a table (RFC 9204 §7.1.3)', () => {
  const encoder = new QpackEncoder({ maxTableCapacity: 220, maxBlockedStreams: 1 });
  const fields = [{ name: 'authorization', value: 'secret', sensitive: true }];
  const { section } = encoder.encodeFieldSection(0, fields);
  expect(encoder.table).toEqual([]);
  expect(created().decodeFieldSection(0, section)).toEqual(fields);
});

const text = fc.uint8Array({ maxLength: 12 }).map((octets) => String.fromCharCode(...octets));
const field = fc.oneof(
  fc.constantFrom(...QPACK_STATIC_TABLE.map(({ name, value }) => ({ name, value }))),
  fc.record({ name: fc.constantFrom('a', 'b', 'custom-key'), value: fc.constantFrom('1', '2', 'xyz') }),
  fc.record({ name: text, value: text }),
  fc.record({ name: text, value: text, sensitive: fc.constant(true) }),
);

test('fields come back, in any order of the streams and wherever they are cut', () => {
  const section = fc.record({
    fields: fc.array(field, { maxLength: 6 }),
    isEarly: fc.boolean(),
    isAcknowledged: fc.boolean(),
  });
  const huffman = fc.constantFrom('auto', 'always', 'never');
  fc.assert(
    fc.property(
      fc.array(section, { maxLength: 12 }),
      fc.constantFrom(0, 64, 220, 4096),
      fc.nat(3),
      huffman,
      (sections, capacity, blocked, use) => {
        const encoder = new QpackEncoder({
          maxTableCapacity: capacity,
          maxBlockedStreams: blocked,
          huffman: use,
        });
        const decoder = new QpackDecoder({ maxTableCapacity: capacity, maxBlockedStreams: blocked });
        const read = new Map<number, unknown>();
        for (const [index, { fields, isEarly, isAcknowledged }] of sections.entries()) {
          const { section: octets, encoderStream } = encoder.encodeFieldSection(index * 4, fields);
          const take = () => {
            const now = decoder.decodeFieldSection(index * 4, octets);
            if (now) read.set(index * 4, now);
          };
          if (isEarly) take();
          for (const octet of encoderStream)
            for (const late of decoder.pushEncoderStream(Uint8Array.of(octet)))
              read.set(late.streamId, late.fields);
          if (!isEarly) take();
          if (isAcknowledged)
            for (const octet of decoder.takeDecoderStream()) encoder.pushDecoderStream(Uint8Array.of(octet));
          expect(read.get(index * 4)).toEqual(fields);
        }
        expect(encoder.table).toEqual(decoder.table);
        expect(decoder.tableSize).toBeLessThanOrEqual(capacity);
      },
    ),
    { numRuns: 300 },
  );
});

test('spans cover every bit once', () => {
  const encoder = new QpackEncoder({ maxTableCapacity: 220, maxBlockedStreams: 1 });
  const fields = [
    { name: ':method', value: 'GET' },
    { name: 'custom-key', value: 'custom-value' },
    { name: 'cookie', value: 'a=b', sensitive: true },
    { name: '', value: '', sensitive: true },
  ];
  const { section, encoderStream } = encoder.encodeFieldSection(0, fields);
  const [spans, streamSpans]: [Span[], Span[]] = [[], []];
  const decoder = created();
  decoder.decodeFieldSection(0, section, spans);
  decoder.pushEncoderStream(encoderStream.subarray(0, 5), streamSpans);
  decoder.pushEncoderStream(encoderStream.subarray(5), streamSpans);
  for (const [all, length] of [
    [spans, section.length],
    [streamSpans, encoderStream.length],
  ] as const) {
    expectCover(all, length);
  }
});

const filled = () => {
  const decoder = created();
  decoder.pushEncoderStream(
    fromHex('3fbd01 c00f7777772e6578616d706c652e636f6d c10c2f73616d706c652f70617468'),
  );
  return decoder;
};
fuzzDecoder('qpack sections', {
  samples: [
    '0381 10 11',
    '0500 80 c1 81',
    '0000 510b2f696e6465782e68746d6c',
    '0300 4001 61 23 616263 0162',
  ].map((hex) => fromHex(hex)),
  decode: (input) => filled().decodeFieldSection(0, input),
  errorClass: QpackError,
});
fuzzDecoder('qpack encoder stream', {
  samples: [
    '3fbd01 c00f7777772e6578616d706c652e636f6d 02',
    '4a637573746f6d2d6b65790c637573746f6d2d76616c7565',
  ].map((hex) => fromHex(hex)),
  decode: (input) => {
    const decoder = filled();
    decoder.decodeFieldSection(0, fromHex('0400 80'));
    decoder.pushEncoderStream(input);
    if (decoder.tableSize > 220) throw new Error('the table is too large');
  },
  errorClass: QpackError,
});
fuzzDecoder('qpack decoder stream', {
  samples: [fromHex('80 01'), fromHex('40 02')],
  decode: (input) => {
    const encoder = new QpackEncoder({ maxTableCapacity: 220, maxBlockedStreams: 2 });
    encoder.encodeFieldSection(0, [{ name: 'a', value: 'b' }]);
    encoder.pushDecoderStream(input);
  },
  errorClass: QpackError,
});
