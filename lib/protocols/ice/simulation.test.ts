import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NatBehaviour } from '@/lib/protocols/nat';
import { NAT_BEHAVIOURS } from '@/lib/protocols/nat';
import type { NatKind } from '.';
import { ICE_TIMERS, simulateIce } from '.';

type Kind = Exclude<NatKind, 'none'>;
const KINDS = NAT_BEHAVIOURS.flatMap((mapping) =>
  NAT_BEHAVIOURS.map((filtering): Kind => ({ mapping, filtering })),
);
const [EI, AD, AP] = NAT_BEHAVIOURS as unknown as [NatBehaviour, NatBehaviour, NatBehaviour];
const nameOf = ({ mapping, filtering }: Kind): string => `${mapping} / ${filtering}`;

/**
 * When two NATs let a direct path be found, from RFC 4787's definitions and RFC 8445's checks. A side whose mapping is
 * endpoint-independent is reached at the port that it announced. To any other the first packet shows a new port; it gets in
 * if the filter looks at no port, and the answer must come from where the request went: so of two such mappings one at
 * least must not depend on the port, or every packet shows another.
 */
function theory(a: Kind, b: Kind): boolean {
  const isFixed = ({ mapping }: Kind): boolean => mapping === EI;
  const looksAtPort = ({ filtering }: Kind): boolean => filtering === AP;
  if (isFixed(a) && isFixed(b)) return true;
  if (isFixed(a)) return !looksAtPort(a);
  if (isFixed(b)) return !looksAtPort(b);
  return !looksAtPort(a) && !looksAtPort(b) && (a.mapping === AD || b.mapping === AD);
}

test.each(KINDS)('RFC 8445 over every NAT: $mapping / $filtering meets the nine', (a) => {
  for (const b of KINDS) {
    const { path, ends } = simulateIce({ a, b });
    expect([nameOf(b), path, ends.a.state, ends.b.state]).toEqual([
      nameOf(b),
      theory(a, b) ? 'direct' : 'relayed',
      'completed',
      'completed',
    ]);
    // Both ends use the same way.
    expect(ends.a.selected?.checkedBy.remote.address.address).toBe(ends.b.selected?.local.address.address);
  }
});

test.each(KINDS)(
  'without a relay $mapping / $filtering gets through exactly where theory says, or fails',
  (a) => {
    for (const b of KINDS) {
      const { path, ends, settledAtMs } = simulateIce({ a, b, relay: false });
      expect([nameOf(b), path]).toEqual([nameOf(b), theory(a, b) ? 'direct' : 'none']);
      if (path === 'direct') continue;
      expect([ends.a.state, ends.b.state]).toEqual(['failed', 'failed']);
      // RFC 8863: nobody gives up early.
      expect(settledAtMs).toBeGreaterThanOrEqual(ICE_TIMERS.patienceMs);
    }
  },
);

const file = new URL('../../../../shared/vectors/stun-ice-nat/nat-behaviour.json', import.meta.url);
const isAbsent = !existsSync(file);
if (isAbsent) console.warn('skipped: ../shared/vectors/stun-ice-nat is not here');
type Punching = {
  punching: {
    pairs: { a: [NatBehaviour, NatBehaviour]; b: [NatBehaviour, NatBehaviour]; direct: boolean }[];
  };
};

test.skipIf(isAbsent)(
  'the table of 81 pairs agrees, but where it takes an address-dependent mapping for unpredictable',
  () => {
    const { pairs } = (JSON.parse(readFileSync(file, 'utf8')) as Punching).punching;
    expect(pairs.length).toBe(81);
    const kind = ([mapping, filtering]: [NatBehaviour, NatBehaviour]): Kind => ({ mapping, filtering });
    const different = pairs.filter(({ a, b, direct }) => theory(kind(a), kind(b)) !== direct);
    // There one port serves all ports of the other side, so the checks do meet; the table's own note says that it is cautious.
    expect(
      different.every(
        ({ a, b, direct }) => !direct && [a[0], b[0]].includes(AD) && ![a[0], b[0]].includes(EI),
      ),
    ).toBe(true);
    expect(different.length).toBe(12);
  },
);

test('in the open there is nothing to find', () => {
  expect(simulateIce({ a: 'none', b: 'none' }).ends.a.selected?.local.type).toBe('host');
  expect(simulateIce({ a: 'none', b: { mapping: AP, filtering: AP } }).path).toBe('direct');
});

test('RFC 8445 §7.3.1.1: two that control, or none: one yields, and they get there all the same', () => {
  for (const role of ['controlling', 'controlled'] as const) {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { path, ends, agents } = simulateIce({
        a: KINDS[0]!,
        b: KINDS[4]!,
        roles: { a: role, b: role },
        seed,
      });
      expect([path, new Set([ends.a.role, ends.b.role]).size]).toEqual(['direct', 2]);
      expect(agents.some(({ output }) => output.type === 'role')).toBe(true);
    }
  }
});

test('the same input gives the same run', () => {
  const run = (): unknown => simulateIce({ a: KINDS[3]!, b: KINDS[4]!, seed: 7 }).network;
  expect(run()).toEqual(run());
});

test('RFC 8445 §8.1.1: the best pair that works is used, not the first', () => {
  // The relay is there at once, the way past the NATs only after the mappings have met.
  const { ends, agents } = simulateIce({ a: KINDS[0]!, b: KINDS[8]! });
  const valid = agents.flatMap(({ side, output }) =>
    side === 'a' && output.type === 'valid' ? [output.pair.priority] : [],
  );
  expect(ends.a.selected?.priority).toBe(valid.reduce((most, each) => (each > most ? each : most)));
});
