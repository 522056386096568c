import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  nameIn,
  PSFB_FORMATS,
  RTCP_PACKET_TYPES,
  RTPFB_FORMATS,
  SDES_ITEM_TYPES,
  STATIC_PAYLOAD_TYPES,
} from './index';

/** Rows of one table of https://www.iana.org/assignments/rtp-parameters that stand for one number with a name. */
function tableOf(number: number): string[][] {
  const rows = readFileSync(new URL(`fixtures/rtp-parameters-${number}.csv`, import.meta.url), 'utf8');
  const cells = rows
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));
  return cells.filter(
    ([value, name]) => /^\d+$/.test(value!) && name && !/^(Reserved|Unassigned)/.test(name),
  );
}

test.each([
  [4, RTCP_PACKET_TYPES],
  [5, SDES_ITEM_TYPES],
  [8, RTPFB_FORMATS],
  [9, PSFB_FORMATS],
])('names and numbers are those of table %i of the registry', (number, ours) => {
  expect(Object.entries(ours).map(([name, value]) => [String(value), name])).toEqual(
    tableOf(number).map(([value, name]) => [value, name]),
  );
});

test('static payload types are those of the registry', () => {
  const ours = Object.entries(STATIC_PAYLOAD_TYPES).map(([value, type]) => [
    ...[value, type.encoding, String(type.clockRateHz), String(type.channels ?? '')],
  ]);
  expect(ours).toEqual(tableOf(1).map(([value, name, , rate, channels]) => [value, name, rate, channels]));
});

test('a number without a name is said as a number', () => {
  expect(nameIn(RTCP_PACKET_TYPES, 200)).toBe('SR');
  expect(nameIn(RTCP_PACKET_TYPES, 222)).toBe('222');
});
