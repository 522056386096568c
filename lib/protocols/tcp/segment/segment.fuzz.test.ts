import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { TcpError } from '../errors';
import type { TcpOption } from '.';
import { createSegment, decodeSegment, encodeSegment, flagsOf, OPTION_NUMBERS } from '.';

const addresses = { source: '192.0.2.1', destination: '198.51.100.7' };
const OPTIONS: readonly TcpOption[] = [
  { kind: 'mss', octets: 1460 },
  { kind: 'nop' },
  { kind: 'window-scale', shift: 7 },
  { kind: 'sack-permitted' },
  { kind: 'timestamps', value: 1, echo: 2 },
  { kind: 'fast-open', cookie: fromHex('0102030405060708') },
  { kind: 'unknown', number: 253, data: fromHex('f989') },
];

fuzzDecoder('TCP segments', {
  samples: [
    encodeSegment(createSegment({ flags: flagsOf('syn'), options: OPTIONS }), addresses),
    encodeSegment(
      createSegment({
        options: [{ kind: 'sack', blocks: [{ start: 1, end: 2 }] }],
        payload: fromHex('0102'),
      }),
    ),
  ],
  decode: (octets, random) => decodeSegment(octets, random.chance(0.2) ? { addresses } : {}, []),
  errorClass: TcpError,
});

test('option numbers and lengths are those of the registry', () => {
  const file = new URL('fixtures/tcp-parameters-1.csv', import.meta.url);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));
  expect(Object.values(OPTION_NUMBERS)).toEqual(rows.map(([kind]) => Number(kind)));
  for (const option of OPTIONS) {
    const row = rows.find(
      ([kind]) => option.kind !== 'unknown' && Number(kind) === OPTION_NUMBERS[option.kind],
    );
    if (!row || !/^\d+$/.test(row[1] ?? '')) continue;
    const octets = encodeSegment(createSegment({ options: [option] }));
    expect([row[2], octets[20], octets[21]]).toEqual([row[2], Number(row[0]), Number(row[1])]);
  }
});
