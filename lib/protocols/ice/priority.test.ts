import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CandidateType } from '.';
import {
  candidatePriority,
  createCandidate,
  Foundations,
  IceError,
  pairPriority,
  priorityParts,
  TYPE_PREFERENCES,
  typePreferenceOf,
  withoutRedundant,
} from '.';

const SEED = 8445;
const file = new URL('../../../../shared/vectors/stun-ice-nat/ice-priority.json', import.meta.url);
const isAbsent = !existsSync(file);
if (isAbsent) console.warn('skipped: ../shared/vectors/stun-ice-nat is not here');
type Parts = {
  type: CandidateType;
  typePreference: number;
  localPreference: number;
  component: number;
  priority: number;
};
type Vectors = {
  candidate: Parts[];
  pair: { G: number; D: number; pairPriority: string }[];
  observed: (Omit<Parts, 'component'> & { componentFromPriority: number })[];
};
const vectors = isAbsent ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as Vectors);

test.skipIf(isAbsent)(
  'RFC 8445 §5.1.2.1: priorities by the formula, with the recommended type preferences',
  () => {
    expect(vectors?.candidate.length).toBeGreaterThan(0);
    for (const { type, typePreference, localPreference, component, priority } of vectors?.candidate ?? []) {
      expect(typePreferenceOf(type)).toBe(typePreference);
      expect(candidatePriority({ type, localPreference, component })).toBe(priority);
    }
  },
);

test.skipIf(isAbsent)('RFC 8445 §6.1.2.3: pair priorities have 64 bits', () => {
  for (const { G, D, pairPriority: expected } of vectors?.pair ?? [])
    expect(String(pairPriority(G, D))).toBe(expected);
});

test.skipIf(isAbsent)(
  'candidates of real descriptions come apart into the parts that their makers used',
  () => {
    for (const {
      typePreference,
      localPreference,
      componentFromPriority: component,
      priority,
    } of vectors?.observed ?? []) {
      expect(priorityParts(priority)).toEqual({ typePreference, localPreference, component });
      expect(candidatePriority({ typePreference, localPreference, component })).toBe(priority);
    }
  },
);

test('RFC 8839 §5.1: the priorities of its examples', () => {
  expect(candidatePriority({ type: 'host' })).toBe(2130706431);
  expect(candidatePriority({ type: 'srflx' })).toBe(1694498815);
});

test('RFC 8445 §5.1.2.2: the registry of types, best first, peer-reflexive above server-reflexive', () => {
  expect(TYPE_PREFERENCES).toEqual([
    ['host', 126],
    ['prflx', 110],
    ['srflx', 100],
    ['relay', 0],
  ]);
});

test(`both agents order pairs alike, and the order follows the worse candidate (seed ${SEED})`, () => {
  const priority = fc.integer({ min: 1, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(priority, priority, priority, priority, (g1, d1, g2, d2) => {
      const [first, second] = [pairPriority(g1, d1), pairPriority(g2, d2)];
      if (Math.min(g1, d1) > Math.min(g2, d2)) expect(first > second).toBe(true);
      expect(first < 1n << 64n).toBe(true);
      if (g1 > d1) expect(first - pairPriority(d1, g1)).toBe(1n);
    }),
    { seed: SEED },
  );
});

test('parts out of range are refused', () => {
  for (const parts of [
    { typePreference: 127 },
    { localPreference: 65_536 },
    { component: 0 },
    { component: 257 },
    { localPreference: 0.5 },
  ])
    expect(() => candidatePriority(parts)).toThrow(IceError);
});

test('RFC 8445 §5.1.1.3: foundations tell type, base address and server apart, and nothing else', () => {
  const foundations = new Foundations();
  const host = foundations.of('host', '10.0.0.2');
  expect(foundations.of('host', '10.0.0.2')).toBe(host);
  const others = [
    foundations.of('host', '10.0.0.3'),
    foundations.of('srflx', '10.0.0.2', 's'),
    foundations.of('srflx', '10.0.0.2', 't'),
  ];
  expect(new Set([host, ...others]).size).toBe(4);
  for (const each of others) expect(each).toMatch(/^[A-Za-z0-9+/]{1,32}$/);
});

test('RFC 8445 §5.1.3: a reflexive candidate that is the host itself is redundant', () => {
  const foundations = new Foundations();
  const base = { address: '203.0.113.1', port: 5000 };
  const host = createCandidate({ type: 'host', address: base }, foundations);
  const same = createCandidate(
    { type: 'srflx', address: { ...base }, base: { ...base }, server: 's' },
    foundations,
  );
  const other = createCandidate(
    { type: 'srflx', address: { ...base, port: 1 }, base, server: 's' },
    foundations,
  );
  expect(withoutRedundant([same, host, other])).toEqual([host, other]);
});
