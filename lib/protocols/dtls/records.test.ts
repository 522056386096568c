import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, type Span, toHex } from '@/lib/bytes';
import { plaintextRecords, unifiedHeaders } from './arbitraries.fixture';
import { expectCover } from '@/lib/bytes/cover.fixture';
import {
  decodeDatagram,
  DtlsError,
  encodePlaintextRecord,
  encodeUnifiedHeader,
  MAX_RECORDS_IN_DATAGRAM,
  reconstructEpoch,
  reconstructSequenceNumber,
  recordFormOf,
  ReplayWindow,
} from '.';

const codeOf = (run: () => unknown) => caught(DtlsError, run)?.code ?? 'none';
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('RFC 9147 §4, figure 2 and RFC 6347 §4.1: the record with 13 octets of header', () => {
  const octets = fromHex('16 fefd 0000 000000000005 0003 aabbcc');

  test('is read and written', () => {
    const [record] = decodeDatagram(octets);
    expect(record).toEqual({
      form: 'plaintext',
      type: 22,
      version: 0xfefd,
      epoch: 0,
      sequenceNumber: 5,
      connectionId: undefined,
      fragment: fromHex('aabbcc'),
    });
    expect(record?.form === 'plaintext' && toHex(encodePlaintextRecord(record))).toBe(toHex(octets));
  });

  test('epoch and number have all their bits', () => {
    const [record] = decodeDatagram(fromHex('17 fefd ffff fffffffffffe 0000'));
    expect(record).toMatchObject({ epoch: 0xffff, sequenceNumber: 2 ** 48 - 2 });
  });

  test('with tls12_cid it carries a connection id of the agreed length (RFC 9146 §4)', () => {
    const wire = fromHex('19 fefd 0001 000000000007 c0ffee 0002 0102');
    const [record] = decodeDatagram(wire, { cidOctets: 3 });
    expect(record).toMatchObject({
      form: 'tls12-cid',
      connectionId: fromHex('c0ffee'),
      fragment: fromHex('0102'),
    });
    expect(record?.form === 'tls12-cid' && toHex(encodePlaintextRecord(record))).toBe(toHex(wire));
  });
});

describe('RFC 9147 §4, figures 3 and 4: the unified header', () => {
  test('in full, without an id: 16 bits of number and a length', () => {
    const [record] = decodeDatagram(fromHex('2e 1234 0002 aabb'));
    expect(record).toMatchObject({
      form: 'unified',
      header: { sequenceOctets: 2, sequenceBits: 0x1234, epochBits: 2, length: 2, connectionId: undefined },
      encryptedRecord: fromHex('aabb'),
    });
  });

  test('at its shortest it has two octets, and the record ends with the datagram', () => {
    const [record] = decodeDatagram(fromHex('23 07 aabbcc'));
    expect(record).toMatchObject({
      header: { sequenceOctets: 1, sequenceBits: 7, epochBits: 3, length: undefined },
      headerOctets: fromHex('2307'),
      encryptedRecord: fromHex('aabbcc'),
    });
  });

  test('with an id', () => {
    const [record] = decodeDatagram(fromHex('3f 0a0b 0001 0001 ff'), { cidOctets: 2 });
    expect(record).toMatchObject({
      header: { connectionId: fromHex('0a0b'), sequenceBits: 1, epochBits: 3 },
    });
  });

  test('an id that nobody agreed on is refused (§9)', () => {
    expect(codeOf(() => decodeDatagram(fromHex('3f 0a0b 0001 0001 ff')))).toBe('DTLS_CONNECTION_ID_WRONG');
  });
});

describe('RFC 9147 §4.1, figure 5: which record', () => {
  test('of the 256 first octets 7 start a record with a type, and 32 a unified header', () => {
    const forms = Array.from({ length: 256 }, (_, first) => recordFormOf(first));
    expect(forms.filter((form) => form === 'plaintext')).toHaveLength(6);
    expect(forms.indexOf('tls12-cid')).toBe(25);
    expect(forms.filter((form) => form === 'unified')).toHaveLength(32);
    expect([forms.indexOf('unified'), forms.lastIndexOf('unified')]).toEqual([32, 63]);
  });

  test('all else is refused', () => {
    expect(codeOf(() => decodeDatagram(Uint8Array.of(64, 1, 2)))).toBe('DTLS_RECORD_TYPE_UNKNOWN');
  });
});

describe('RFC 9147 §4.3: datagrams', () => {
  test('records of both forms share one', () => {
    const plain = encodePlaintextRecord({
      type: 22,
      version: 0xfefd,
      epoch: 0,
      sequenceNumber: 1,
      fragment: fromHex('01'),
    });
    const datagram = joined(plain, fromHex('2e 0001 0001 ff'), plain, fromHex('22 09 eeee'));
    expect(decodeDatagram(datagram).map(({ form }) => form)).toEqual([
      'plaintext',
      'unified',
      'plaintext',
      'unified',
    ]);
  });

  test.each([
    ['a header cut short', '16 fefd 0000 00', 'DTLS_RECORD_TRUNCATED'],
    ['a record cut short', '16 fefd 0000 000000000005 0003 aabb', 'DTLS_RECORD_TRUNCATED'],
    ['a unified header cut short', '2e 12', 'DTLS_RECORD_TRUNCATED'],
    ['a unified record cut short', '2e 1234 0003 aabb', 'DTLS_RECORD_TRUNCATED'],
    ['a version of TLS', '16 0303 0000 000000000005 0000', 'DTLS_RECORD_VERSION_WRONG'],
    ['too much in the clear', '16 fefd 0000 000000000005 4001', 'DTLS_RECORD_TOO_LONG'],
    ['too much under protection', '16 fefd 0001 000000000005 4801', 'DTLS_RECORD_TOO_LONG'],
  ])('%s is refused', (_, octets, code) => {
    expect(codeOf(() => decodeDatagram(fromHex(octets)))).toBe(code);
  });

  test('limits hold: octets of a datagram, records in it, octets of a unified record', () => {
    expect(codeOf(() => decodeDatagram(new Uint8Array(65_528)))).toBe('DTLS_DATAGRAM_TOO_LONG');
    const empty = encodePlaintextRecord({
      type: 23,
      version: 0xfefd,
      epoch: 1,
      sequenceNumber: 0,
      fragment: new Uint8Array(),
    });
    const many = (count: number) => joined(...Array.from({ length: count }, () => empty));
    expect(decodeDatagram(many(MAX_RECORDS_IN_DATAGRAM))).toHaveLength(MAX_RECORDS_IN_DATAGRAM);
    expect(codeOf(() => decodeDatagram(many(MAX_RECORDS_IN_DATAGRAM + 1)))).toBe('DTLS_TOO_MANY_RECORDS');
    expect(codeOf(() => decodeDatagram(joined(Uint8Array.of(0x22, 0), new Uint8Array(2 ** 14 + 257))))).toBe(
      'DTLS_RECORD_TOO_LONG',
    );
  });

  test('what does not fit its field is not written', () => {
    const record = { type: 22, version: 0xfefd, epoch: 0, sequenceNumber: 0, fragment: new Uint8Array() };
    expect(codeOf(() => encodePlaintextRecord({ ...record, sequenceNumber: 2 ** 48 }))).toBe(
      'DTLS_FIELD_OUT_OF_RANGE',
    );
    expect(codeOf(() => encodePlaintextRecord({ ...record, epoch: 65_536 }))).toBe('DTLS_FIELD_OUT_OF_RANGE');
    expect(codeOf(() => encodePlaintextRecord({ ...record, fragment: new Uint8Array(2 ** 14 + 1) }))).toBe(
      'DTLS_RECORD_TOO_LONG',
    );
    const header = {
      connectionId: undefined,
      sequenceOctets: 1 as const,
      sequenceBits: 256,
      epochBits: 0,
      length: 0,
    };
    expect(codeOf(() => encodeUnifiedHeader(header))).toBe('DTLS_FIELD_OUT_OF_RANGE');
  });
});

test('property: records of all forms, several in a datagram, come back as they were; spans cover every bit', () => {
  const unified = unifiedHeaders(4).map((header) => ({
    header,
    octets: joined(encodeUnifiedHeader(header), new Uint8Array(header.length!)),
  }));
  const plain = plaintextRecords.map((record) => ({ record, octets: encodePlaintextRecord(record) }));
  fc.assert(
    fc.property(fc.array(fc.oneof(plain, unified), { maxLength: 8 }), (parts) => {
      const datagram = joined(...parts.map(({ octets }) => octets));
      const spans: Span[] = [];
      const records = decodeDatagram(datagram, { cidOctets: 4 }, spans);
      expectCover(spans, datagram.length);
      expect(decodeDatagram(datagram, { cidOctets: 4 })).toEqual(records);
      expect(records).toHaveLength(parts.length);
      records.forEach((record, index) => {
        const part = parts[index]!;
        if ('record' in part) expect(record).toEqual(part.record);
        else expect(record).toMatchObject({ form: 'unified', header: part.header });
      });
    }),
    { seed: 9147 },
  );
});

test('writing gives the same spans as reading', () => {
  const [written, read]: [Span[], Span[]] = [[], []];
  const record = { type: 22, version: 0xfefd, epoch: 0, sequenceNumber: 9, fragment: fromHex('0102') };
  decodeDatagram(encodePlaintextRecord(record, written), {}, read);
  expect(written).toEqual(read);
});

describe('RFC 9147 §4.2.2: what the low bits mean', () => {
  test.each([
    [undefined, 0, 1, 0],
    [undefined, 255, 1, 255],
    [254, 0, 1, 256],
    [254, 255, 1, 255],
    [0x1_0000, 0xffff, 2, 0xffff],
    [0x1_fffe, 0, 2, 0x2_0000],
    [1000, 0xe8 + 5, 1, 1005],
  ] as const)('after %s, %i in %i octets is %i', (highest, low, octets, number) => {
    expect(reconstructSequenceNumber(low, octets, highest)).toBe(number);
  });

  test('property: every number within half a span of the next one is found', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 48 - 2 ** 17 }),
        fc.integer({ min: -127, max: 127 }),
        fc.constantFrom(1 as const, 2 as const),
        (highest, distance, octets) => {
          const number = Math.max(0, highest + 1 + distance);
          expect(reconstructSequenceNumber(number % 256 ** octets, octets, highest)).toBe(number);
        },
      ),
      { seed: 422 },
    );
  });

  test('two bits of epoch mean the current one or the latest before it', () => {
    expect([3, 2, 1, 0].map((bits) => reconstructEpoch(bits, 3))).toEqual([3, 2, 1, 0]);
    expect([3, 0, 1, 2].map((bits) => reconstructEpoch(bits, 6))).toEqual([3, 4, 5, 6]);
    expect(reconstructEpoch(3, 2)).toBeUndefined();
  });
});

describe('RFC 9147 §4.5.1: the anti-replay window', () => {
  test('takes each number once, and none from behind the window', () => {
    const window = new ReplayWindow();
    for (const number of [100, 99, 37]) {
      expect(window.isNew(number)).toBe(true);
      window.accept(number);
      expect(window.isNew(number)).toBe(false);
    }
    expect(window.isNew(36)).toBe(false);
    window.accept(1000);
    expect([window.isNew(937), window.isNew(936), window.highest]).toEqual([true, false, 1000]);
  });

  test('property: it agrees with a set of all that was accepted', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200)), (numbers) => {
        const window = new ReplayWindow();
        const accepted = new Set<number>();
        for (const number of numbers) {
          const isBehind = number <= Math.max(...accepted, -1) - 64;
          expect(window.isNew(number)).toBe(!accepted.has(number) && !isBehind);
          if (window.isNew(number)) window.accept(number);
          if (!isBehind) accepted.add(number);
        }
      }),
      { seed: 451 },
    );
  });
});
