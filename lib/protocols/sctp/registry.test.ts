import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CAUSE_CODES, CHUNK_TYPES, PARAMETER_TYPES, PPID } from './index';

/** Numbers and names of one table of IANA's SCTP registries. */
function tableOf(name: string): [number, string][] {
  const rows = readFileSync(new URL(`fixtures/sctp-${name}.csv`, import.meta.url), 'utf8');
  return rows
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => {
      const [value, name] = row.split(',');
      return [Number(value), name!];
    });
}

test.each([
  ['chunk-types', CHUNK_TYPES],
  ['cause-codes', CAUSE_CODES],
  ['parameter-types', PARAMETER_TYPES],
])('%s: names and numbers are those of the registry', (name, ours) => {
  expect(Object.entries(ours).map(([name, value]) => [value, name])).toEqual(tableOf(name));
});

test('payload protocol identifiers are those of the registry, under names of our own', () => {
  const ours: Record<number, string> = {
    [PPID.dcep]: 'WebRTC DCEP',
    [PPID.string]: 'WebRTC String',
    [PPID.binaryPartial]: 'WebRTC Binary Partial (deprecated)',
    [PPID.binary]: 'WebRTC Binary',
    [PPID.stringPartial]: 'WebRTC String Partial (deprecated)',
    [PPID.stringEmpty]: 'WebRTC String Empty',
    [PPID.binaryEmpty]: 'WebRTC Binary Empty',
  };
  expect(Object.entries(ours).map(([value, name]) => [Number(value), name])).toEqual(
    tableOf('payload-protocol-identifiers'),
  );
});
