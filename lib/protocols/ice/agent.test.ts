import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '@/lib/sim';
import {
  decodeMessage,
  encodeMessage,
  errorCodeOf,
  findAttribute,
  successTo,
  StunError,
} from '@/lib/protocols/stun';
import type { StunAttribute, StunMessage } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { writeTransportAddress } from '@/lib/protocols/udp';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import type { IceAgentOptions, IceOutput, IceRole } from '.';
import { createCandidate, Foundations, IceAgent, IceError, openMessage, signMessage } from '.';

const ours: TransportAddress = { address: '192.0.2.1', port: 5000 };
const theirs: TransportAddress = { address: '198.51.100.7', port: 6000 };
const mine = { ufrag: 'mine', password: 'm'.repeat(22) };
const yours = { ufrag: 'yours', password: 'y'.repeat(22) };

function createAgent(role: IceRole = 'controlling', options: Partial<IceAgentOptions> = {}): IceAgent {
  return new IceAgent({ role, credentials: mine, random: createRandom(8445), ...options });
}
const local = (component = 1, address = { ...ours, port: ours.port + component - 1 }) =>
  createCandidate({ type: 'host', address, component }, new Foundations());
const remote = (
  component = 1,
  address = { ...theirs, port: theirs.port + component - 1 },
  type: 'host' | 'srflx' = 'host',
) => createCandidate({ type, address, component }, new Foundations());
type Sent = Extract<IceOutput, { type: 'send' }>;
const sent = (outputs: readonly IceOutput[]): Sent[] => outputs.filter((output) => output.type === 'send');

/** An agent with one pair, whose first check is on its way. */
function checking(
  role: IceRole = 'controlling',
  options: Partial<IceAgentOptions> = {},
): { agent: IceAgent; check: Sent } {
  const agent = createAgent(role, options);
  agent.addLocalCandidate(local(), 0);
  agent.addRemoteCandidate(remote(), 0);
  const [check] = sent(agent.setRemoteCredentials(yours, 0));
  return { agent, check: check! };
}
const answerTo = ({ message }: Sent, mapped = ours): StunMessage =>
  successTo(message, [{ name: 'XOR-MAPPED-ADDRESS', value: mapped }]);
const path = { local: ours, remote: theirs };
const request = (...more: StunAttribute[]): StunMessage => ({
  class: 'request',
  method: 'Binding',
  transactionId: new Uint8Array(12),
  attributes: [
    { name: 'USERNAME', value: 'mine:yours' },
    { name: 'PRIORITY', value: 1_862_270_975 },
    ...more,
  ],
});

test('RFC 8445 §7.2.2: a check says who asks whom, what a new candidate would be worth, and the role', () => {
  const { check } = checking();
  expect([check.local, check.remote, check.signedWith]).toEqual([ours, theirs, 'remote-password']);
  expect(findAttribute(check.message, 'USERNAME')).toBe('yours:mine');
  expect(findAttribute(check.message, 'PRIORITY')).toBe(1_862_270_975);
  expect(findAttribute(check.message, 'ICE-CONTROLLING')).toBeDefined();
  expect(findAttribute(check.message, 'USE-CANDIDATE')).toBe(undefined);
});

test('RFC 8445 §8.1.1: when the only pair works it is nominated, and then used', () => {
  const { agent, check } = checking();
  const [nomination] = sent(agent.receive(answerTo(check), path, 40));
  expect([agent.state, findAttribute(nomination!.message, 'USE-CANDIDATE')]).toEqual(['connected', true]);
  expect(agent.selectedPair()).toBe(undefined);
  agent.receive(answerTo(nomination!), path, 80);
  expect([agent.state, agent.selectedPair()?.remote.address]).toEqual(['completed', theirs]);
});

test('RFC 8445 §7.3.1.5: the controlled agent uses what it is told to, once its own check went through', () => {
  const { agent, check } = checking('controlled');
  const [answer] = sent(
    agent.receive(
      request({ name: 'ICE-CONTROLLING', value: 1n }, { name: 'USE-CANDIDATE', value: true }),
      path,
      10,
    ),
  );
  expect([
    answer?.message.class,
    findAttribute(answer!.message, 'XOR-MAPPED-ADDRESS'),
    answer?.signedWith,
  ]).toEqual(['success', theirs, 'local-password']);
  expect(agent.state).toBe('checking');
  agent.receive(answerTo(check), path, 40);
  expect(agent.state).toBe('completed');
});

test('RFC 8445 §7.2.5.2.1: an answer from elsewhere fails the pair', () => {
  const { agent, check } = checking();
  agent.receive(answerTo(check), { local: ours, remote: { ...theirs, port: 1 } }, 40);
  expect(agent.checklists[0]?.pairs.map(({ state }) => state)).toEqual(['failed']);
});

test('RFC 8445 §7.2.5.3.1: an address that nobody knew becomes a peer-reflexive candidate', () => {
  const { agent, check } = checking();
  const outside = { address: '203.0.113.1', port: 7777 };
  agent.receive(answerTo(check, outside), path, 40);
  expect(agent.checklists[0]?.valid[0]?.local).toMatchObject({
    type: 'prflx',
    address: outside,
    base: ours,
    priority: 1_862_270_975,
  });
});

test('RFC 8445 §7.3.1.3, §7.3.1.4: a knock from an unknown place is answered and tried at once', () => {
  const agent = createAgent('controlled');
  agent.addLocalCandidate(local(), 0);
  const stranger = { address: '203.0.113.9', port: 9999 };
  // It may come before the other side's description did (§7.3).
  expect(sent(agent.receive(request(), { local: ours, remote: stranger }, 5)).length).toBe(1);
  const [check] = sent(agent.setRemoteCredentials(yours, 10));
  expect(check?.remote).toEqual(stranger);
  expect(agent.checklists[0]?.remotes).toMatchObject([{ type: 'prflx', priority: 1_862_270_975 }]);
});

test.each([
  ['no USERNAME', [], 400],
  ['another USERNAME', [{ name: 'USERNAME', value: 'other:yours' }], 401],
  ['an attribute that must be understood', [{ name: 'UNKNOWN', type: 0x7fff, value: new Uint8Array() }], 420],
] as const)('a request with %s is answered %s', (_cause, attributes, code) => {
  const { agent } = checking();
  const [answer] = sent(agent.receive({ ...request(), attributes }, path, 10));
  expect(errorCodeOf(answer!.message)).toBe(code);
});

test('RFC 8445 §7.3.1.1: the larger tie-breaker controls', () => {
  for (const [role, attribute, theirTieBreaker, expected] of [
    ['controlling', 'ICE-CONTROLLING', 0n, 487],
    ['controlling', 'ICE-CONTROLLING', (1n << 64n) - 1n, 'controlled'],
    ['controlled', 'ICE-CONTROLLED', 0n, 'controlling'],
    ['controlled', 'ICE-CONTROLLED', (1n << 64n) - 1n, 487],
  ] as const) {
    const { agent } = checking(role);
    const [answer] = sent(agent.receive(request({ name: attribute, value: theirTieBreaker }), path, 10));
    expect(errorCodeOf(answer!.message) ?? agent.role).toBe(expected);
  }
});

test('RFC 8445 §7.2.5.1: a 487 changes the role and the tie-breaker, and the check is made again', () => {
  const { agent, check } = checking();
  const before = agent.tieBreaker;
  const { method, transactionId } = check.message;
  const conflict: StunMessage = {
    class: 'error',
    method,
    transactionId,
    attributes: [{ name: 'ERROR-CODE', value: { code: 487, reason: '' } }],
  };
  const outputs = [...agent.receive(conflict, path, 40), ...agent.advance(agent.nextAtMs)];
  expect([agent.role, agent.tieBreaker === before]).toEqual(['controlled', false]);
  expect(findAttribute(sent(outputs)[0]!.message, 'ICE-CONTROLLED')).toBe(agent.tieBreaker);
});

test('RFC 8445 §6.1.2.6: of a foundation one pair is tried, the others when it worked', () => {
  const agent = createAgent('controlling', { streams: [2] });
  const foundations = new Foundations();
  for (const component of [1, 2]) {
    agent.addLocalCandidate(
      createCandidate({ type: 'host', address: { ...ours, port: 5000 + component }, component }, foundations),
      0,
    );
    agent.addRemoteCandidate(remote(component), 0);
  }
  const states = (): string[] =>
    agent.checklists[0]!.pairs.map(({ state, component }) => `${component} ${state}`);
  expect(states()).toEqual(['1 waiting', '2 frozen']);
  const [check] = sent(agent.setRemoteCredentials(yours, 0));
  expect(states()).toEqual(['1 in-progress', '2 frozen']);
  agent.receive(answerTo(check!, check!.local), { local: check!.local, remote: check!.remote }, 40);
  expect(states()).toEqual(['1 succeeded', '2 waiting']);
});

test('RFC 8445 §6.1.2.4, §6.1.2.2: one pair a way, and never across families or into link-local', () => {
  const agent = createAgent();
  const foundations = new Foundations();
  agent.addLocalCandidate(createCandidate({ type: 'host', address: ours }, foundations), 0);
  agent.addLocalCandidate(
    createCandidate(
      { type: 'srflx', address: { address: '203.0.113.1', port: 1 }, base: ours, server: 's' },
      foundations,
    ),
    0,
  );
  agent.addLocalCandidate(
    createCandidate({ type: 'host', address: { address: 'fe80::1', port: 5000 } }, foundations),
    0,
  );
  for (const address of ['198.51.100.7', '2001:db8::7', 'fe80::7'])
    agent.addRemoteCandidate(remote(1, { address, port: 6000 }), 0);
  const ways = agent.checklists[0]!.pairs.map(
    (pair) => `${pair.local.address.address} ${pair.remote.address.address}`,
  );
  expect(ways.sort()).toEqual(['192.0.2.1 198.51.100.7', 'fe80::1 fe80::7']);
});

test('RFC 8445 §6.1.2.5: never more pairs than the limit, and the best stay', () => {
  const agent = createAgent('controlling', { maxPairs: 10 });
  agent.addLocalCandidate(local(), 0);
  for (let port = 1; port <= 50; port++) {
    const parts = { type: 'host' as const, address: { ...theirs, port }, localPreference: port };
    agent.addRemoteCandidate(createCandidate(parts, new Foundations()), 0);
  }
  expect(agent.checklists[0]?.pairs.map(({ remote: { address } }) => address.port)).toEqual([
    50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
  ]);
});

test('a candidate that is knocked on from everywhere learns a few and stays quiet to the rest', () => {
  const { agent } = checking('controlled');
  const answered = Array.from({ length: 100 }, (_, i) =>
    sent(
      agent.receive(request(), { local: ours, remote: { address: '203.0.113.9', port: 1000 + i } }, 10),
    ).filter(({ message }) => message.class === 'success'),
  );
  expect(answered.flat().length).toBe(16);
});

test('RFC 8445 §14: checks are 50 ms apart, and each is sent seven times before it fails', () => {
  const agent = createAgent();
  agent.addLocalCandidate(local(), 0);
  for (const port of [1, 2, 3])
    agent.addRemoteCandidate(remote(1, { address: `198.51.100.${port}`, port }), 0);
  const times = new Map<string, number[]>();
  let now = 0;
  const note = (outputs: readonly IceOutput[]): void => {
    for (const { remote: to } of sent(outputs))
      times.set(writeTransportAddress(to), [...(times.get(writeTransportAddress(to)) ?? []), now]);
  };
  note(agent.setRemoteCredentials(yours, 0));
  agent.endOfCandidates('local', 0);
  agent.endOfCandidates('remote', 0);
  while (agent.nextAtMs < Infinity) {
    now = agent.nextAtMs;
    note(agent.advance(now));
  }
  const all = [...times.values()];
  // Equal foundations: one at a time, the next when that one has failed.
  expect(all.map((list) => list.length)).toEqual([7, 7, 7]);
  expect(all[0]).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500]);
  expect(agent.state).toBe('failed');
});

test('RFC 8838 §8: without the end of candidates an agent waits for more', () => {
  const agent = createAgent();
  agent.addLocalCandidate(local(), 0);
  agent.setRemoteCredentials(yours, 0);
  agent.endOfCandidates('local', 0);
  agent.advance(60_000);
  expect(agent.state).toBe('checking');
  agent.endOfCandidates('remote', 60_001);
  expect(agent.state).toBe('failed');
});

test('RFC 7675 §5.1: consent is asked for every five seconds or so, and thirty without an answer end it', () => {
  const { agent, check } = checking();
  const [nomination] = sent(agent.receive(answerTo(check), path, 40));
  agent.receive(answerTo(nomination!), path, 80);
  const asked: number[] = [];
  for (let now = agent.nextAtMs; now < 20_000; now = agent.nextAtMs) {
    for (const each of sent(agent.advance(now))) {
      asked.push(now);
      agent.receive(answerTo(each), path, now + 40);
    }
  }
  const gaps = asked.slice(1).map((at, i) => at - asked[i]!);
  expect(gaps.every((gap) => gap >= 4000 && gap <= 6000)).toBe(true);
  while (agent.nextAtMs < Infinity) agent.advance(agent.nextAtMs);
  expect(agent.state).toBe('disconnected');
  const { agent: quiet, check: first } = checking('controlling', { consent: false });
  const [second] = sent(quiet.receive(answerTo(first), path, 40));
  quiet.receive(answerTo(second!), path, 80);
  expect([quiet.state, quiet.nextAtMs]).toEqual(['completed', Infinity]);
});

test('octets: signed and opened with the right password, and with no other', async () => {
  const { check } = checking();
  const octets = await signMessage(check.message, yours.password);
  expect(await openMessage(octets, () => yours.password)).toMatchObject({
    class: 'request',
    method: 'Binding',
  });
  expect(await openMessage(octets, () => mine.password)).toBe(undefined);
  expect(await openMessage(octets.slice(0, -8), () => yours.password)).toBe(undefined);
  expect(await openMessage(encodeMessage(check.message), () => yours.password)).toBe(undefined);
});

test('credentials and streams that ICE does not allow are refused', () => {
  expect(() =>
    createAgent('controlling', { credentials: { ufrag: 'abc', password: 'x'.repeat(22) } }),
  ).toThrow(IceError);
  expect(() =>
    createAgent('controlling', { credentials: { ufrag: 'ab:c', password: 'x'.repeat(22) } }),
  ).toThrow(IceError);
  expect(() => createAgent().setRemoteCredentials({ ufrag: 'abcd', password: 'short' }, 0)).toThrow(IceError);
  expect(() => createAgent('controlling', { streams: [] })).toThrow(IceError);
  expect(() => createAgent().addLocalCandidate(local(), 0, 1)).toThrow(IceError);
});

test('two agents in the open agree, whatever they have and whoever begins (seed 8445)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer(),
      (count, components, streams, seed) => {
        const random = createRandom(seed);
        const sides = (['controlling', 'controlled'] as const).map((role, index) => {
          const agent = new IceAgent({
            role,
            credentials: index === 0 ? mine : yours,
            random,
            streams: Array.from({ length: streams }, () => components),
          });
          const foundations = new Foundations();
          const candidates = Array.from({ length: streams }, (_s, stream) =>
            Array.from({ length: components }, (_c, c) =>
              Array.from({ length: count }, (_i, i) =>
                createCandidate(
                  {
                    type: 'host',
                    component: c + 1,
                    localPreference: 65_535 - i,
                    address: { address: `192.0.${index}.${i + 1}`, port: 5000 + stream * 10 + c },
                  },
                  foundations,
                ),
              ),
            ).flat(),
          );
          return { agent, candidates };
        });
        const [a, b] = sides as [(typeof sides)[0], (typeof sides)[0]];
        const queue: {
          to: IceAgent;
          message: StunMessage;
          path: { local: TransportAddress; remote: TransportAddress };
        }[] = [];
        let now = 0;
        const act = (from: (typeof sides)[0], outputs: readonly IceOutput[]): void => {
          const to = from === a ? b.agent : a.agent;
          for (const { local: source, remote: destination, message } of sent(outputs))
            queue.push({ to, message, path: { local: destination, remote: source } });
        };
        for (const [side, other, credentials] of [
          [a, b, yours],
          [b, a, mine],
        ] as const) {
          side.candidates.forEach((list, stream) =>
            list.forEach((each) => act(side, side.agent.addLocalCandidate(each, 0, stream))),
          );
          other.candidates.forEach((list, stream) =>
            list.forEach((each) => act(side, side.agent.addRemoteCandidate(each, 0, stream))),
          );
          act(side, side.agent.setRemoteCredentials(credentials, 0));
        }
        for (
          let steps = 0;
          steps < 2000 && !(a.agent.state === 'completed' && b.agent.state === 'completed');
          steps++
        ) {
          const next = queue.shift();
          if (next) act(next.to === a.agent ? a : b, next.to.receive(next.message, next.path, now));
          else {
            now = Math.min(a.agent.nextAtMs, b.agent.nextAtMs);
            act(a, a.agent.advance(now));
            act(b, b.agent.advance(now));
          }
        }
        expect([a.agent.state, b.agent.state]).toEqual(['completed', 'completed']);
        for (let stream = 0; stream < streams; stream++) {
          for (let component = 1; component <= components; component++) {
            const [left, right] = [
              a.agent.selectedPair(component, stream),
              b.agent.selectedPair(component, stream),
            ];
            expect(left?.local.address).toEqual(right?.remote.address);
            expect(left?.priority).toBe(right?.priority);
          }
        }
      },
    ),
    { seed: 8445, numRuns: 60 },
  );
});

/** An agent under way, shared by all inputs: what one leaves behind the next has to live with. */
let fuzzed = checking();
let fuzzClock = 0;
fuzzDecoder('an agent and whatever it is sent', {
  samples: [
    encodeMessage(request({ name: 'ICE-CONTROLLED', value: 5n })),
    encodeMessage(request({ name: 'ICE-CONTROLLING', value: 5n }, { name: 'USE-CANDIDATE', value: true })),
    encodeMessage(answerTo(fuzzed.check)),
    encodeMessage({
      ...answerTo(fuzzed.check),
      class: 'error',
      attributes: [{ name: 'ERROR-CODE', value: { code: 487, reason: '' } }],
    }),
  ],
  decode: (octets, random) => {
    if (random.chance(0.01)) fuzzed = checking(random.chance(0.5) ? 'controlling' : 'controlled');
    fuzzClock = random.chance(0.01) ? 0 : fuzzClock + random.integer(0, 30);
    const message = decodeMessage(octets);
    if (!message) return;
    const at = { local: ours, remote: { address: '203.0.113.9', port: random.integer(1, 40) } };
    fuzzed.agent.receive(message, random.chance(0.5) ? path : at, fuzzClock);
    fuzzed.agent.advance(fuzzClock);
    if (fuzzed.agent.checklists[0]!.pairs.length > 100) throw new Error('too many pairs');
  },
  errorClass: StunError,
});
