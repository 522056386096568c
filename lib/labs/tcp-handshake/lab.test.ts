import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileMessages, type MessageTree } from '@/lib/text/compile';
import { createText } from '@/lib/text';
import { packetOctets } from '@/lib/protocols/tcp';
import { expectSoundRun } from '../exchange-view/sound-run.fixture';
import { lab, type HandshakeParams } from './lab';
import type { HandshakeResult } from './run';

const defaults = lab.params.parse({});
const run = (change: Partial<HandshakeParams>): { result: HandshakeResult; params: HandshakeParams } => {
  const params = lab.params.parse({ ...defaults, ...change });
  return { params, result: lab.run(params, { seed: 1 }) };
};
const linkOf = (change: Partial<HandshakeParams>) => {
  const { result } = run(change);
  if (result.scene !== 'link') throw new Error('not a link');
  return result.trace;
};
const floodOf = (change: Partial<HandshakeParams>) => {
  const { result } = run({ scene: 'flood', ...change });
  if (result.scene !== 'flood') throw new Error('not a flood');
  return result.flood;
};
const verdict = (id: string, change: Partial<HandshakeParams>) => {
  const task = lab.tasks.find((one) => one.id === id);
  if (!task) throw new Error(id);
  const { result, params } = run(change);
  const { passed, hint } = task.check(result, params);
  return passed ? 'passed' : hint?.key;
};
const answer = (id: string) => {
  const prediction = lab.predictions.find((one) => one.id === id);
  if (!prediction) throw new Error(id);
  const { result, params } = run(prediction.set);
  return prediction.answer(result, params);
};

test('the defaults are RFC 9293 Figure 6: three packets, open after one and a half round trips', () => {
  const trace = linkOf({});
  expect(trace.packets.map(({ segment: { seq, ack } }) => [seq, ack])).toEqual([
    [100, null],
    [300, 101],
    [101, 301],
  ]);
  expect(trace.endMs).toBe(3 * defaults.delayMs);
});

test('predictions: the first RTO is 1 s (RFC 6298 §2.1); a lost ACK heals; an old SYN is asked about; data waits', () => {
  expect(answer('lost-syn')).toBe(1000);
  expect(answer('lost-ack')).toBe('second-later');
  expect(answer('ghost')).toBe('asks');
  expect(answer('syn-data')).toBe('kept');
});

test.each<[string, Partial<HandshakeParams>, string]>([
  ['lose-syn-ack', {}, 'tasks.lose-syn-ack.arrives'],
  ['lose-syn-ack', { opening: 'nobody' }, 'tasks.lose-syn-ack.none'],
  ['lose-syn-ack', { faults: 'server SYN-ACK #1 drop' }, 'passed'],
  [
    'lose-syn-ack',
    { faults: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => `server SYN-ACK #${n} drop`).join(';') },
    'tasks.lose-syn-ack.shut',
  ],
  ['old-syn', {}, 'tasks.old-syn.none'],
  ['old-syn', { oldSyn: true, oldSynAtMs: 60 }, 'tasks.old-syn.late'],
  ['old-syn', { oldSyn: true }, 'tasks.old-syn.crossed'],
  ['old-syn', { oldSyn: true, opening: 'nobody' }, 'tasks.old-syn.shut'],
  ['old-syn', { oldSyn: true, faults: 'client SYN #1 +150' }, 'passed'],
  ['both-open', {}, 'tasks.both-open.one'],
  ['both-open', { opening: 'both' }, 'passed'],
  ['both-open', { opening: 'both', faults: 'client SYN #1 drop' }, 'tasks.both-open.missed'],
  ['early-data', {}, 'tasks.early-data.none'],
  ['early-data', { request: 'after' }, 'tasks.early-data.after'],
  ['early-data', { request: 'in-syn' }, 'tasks.early-data.cookie.none'],
  ['early-data', { request: 'in-syn', cookie: 'ask' }, 'tasks.early-data.cookie.ask'],
  ['early-data', { request: 'in-syn', cookie: 'wrong' }, 'tasks.early-data.cookie.wrong'],
  ['early-data', { request: 'in-syn', cookie: 'right' }, 'passed'],
  ['early-data', { request: 'in-syn', opening: 'no-listener' }, 'tasks.early-data.nothing'],
  ['refuse', {}, 'tasks.inFlood'],
  ['refuse', { scene: 'flood', floodSyns: 3 }, 'tasks.refuse.room'],
  ['refuse', { scene: 'flood', floodSyns: 16, halfOpenSeconds: 2 }, 'tasks.refuse.forgotten'],
  ['refuse', { scene: 'flood', floodSyns: 16, synCookies: true }, 'tasks.refuse.cookies'],
  ['refuse', { scene: 'flood', floodSyns: 16 }, 'passed'],
  ['serve', { scene: 'flood', floodSyns: 3, synCookies: true }, 'tasks.serve.room'],
  ['serve', { scene: 'flood', floodSyns: 16 }, 'tasks.serve.dropped'],
  ['serve', { scene: 'flood', floodSyns: 16, synCookies: true }, 'passed'],
  ['serve', {}, 'tasks.inFlood'],
  ['lose-syn-ack', { scene: 'flood' }, 'tasks.onLink'],
])('task %s with %j: %s', (id, change, expected) => {
  expect(verdict(id, change)).toBe(expected);
});

test('simplified: sequence numbers are what was set, however late the SYN', () => {
  const late = linkOf({ clientIsn: 7, faults: 'client SYN #1 drop' });
  expect(late.packets.filter(({ from }) => from === 'client').map(({ segment }) => segment.seq)).toContain(7);
  expect(late.packets.find(({ name }) => name === 'server SYN-ACK #1')?.segment.seq).toBe(300);
});

test('simplified: a large packet takes no longer than a small one', () => {
  const way = (name: string) => {
    const packet = linkOf({ request: 'after' }).packets.find((one) => one.name === name);
    return (packet?.arrivedAtMs[0] ?? 0) - (packet?.sentAtMs ?? 0);
  };
  expect(way('client data #1')).toBe(way('client SYN #1'));
});

test('simplified: acknowledgements are not delayed', () => {
  expect(linkOf({ request: 'after' }).endMs).toBe(4 * defaults.delayMs);
});

test('simplified: the flood gets one answer a SYN, and every entry is forgotten after the same time', () => {
  const flood = floodOf({ floodSyns: 5, halfOpenSeconds: 2 });
  expect(flood.flood.remembered).toBe(5);
  expect(new Set(flood.listener.halfOpen.map(({ forgottenAtMs }) => forgottenAtMs)).size).toBeLessThan(2);
  expect(flood.listenerNotes.filter(({ peer }) => peer.startsWith('203.'))).toEqual([]);
});

test('simplified: a cookie is the same on every machine', () => {
  const flood = floodOf({ floodSyns: 16, synCookies: true });
  expect(flood.listener.accepted[0]?.iss).toBe(
    floodOf({ floodSyns: 99, synCookies: true }).listener.accepted[0]?.iss,
  );
});

const kinds = ['SYN', 'SYN-ACK', 'ACK', 'data', 'RST', 'FIN'];
const faultText = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('client', 'server'),
        fc.constantFrom(...kinds),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('drop', '+150', '+3000', 'copy 70', '+40 copy 2000', 'nonsense', ''),
      )
      .map(([end, kind, n, what]) => `${end} ${kind} #${n} ${what}`),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('; ').slice(0, 1000));
const isn = fc.oneof(
  fc.constantFrom(0, 4_294_967_295, 4_294_967_294),
  fc.integer({ min: 0, max: 4_294_967_295 }),
);
const anyParams = fc.record<HandshakeParams>({
  scene: fc.constantFrom('link', 'flood'),
  opening: fc.constantFrom('client', 'both', 'nobody', 'no-listener'),
  delayMs: fc.integer({ min: 5, max: 500 }),
  clientIsn: isn,
  serverIsn: isn,
  faults: fc.oneof(faultText, fc.string({ maxLength: 1000 })),
  oldSyn: fc.boolean(),
  oldSynSeq: isn,
  oldSynAtMs: fc.integer({ min: 0, max: 20_000 }),
  request: fc.constantFrom('none', 'after', 'in-syn'),
  cookie: fc.constantFrom('none', 'ask', 'right', 'wrong'),
  backlog: fc.integer({ min: 1, max: 128 }),
  floodSyns: fc.integer({ min: 0, max: 256 }),
  synCookies: fc.boolean(),
  halfOpenSeconds: fc.integer({ min: 1, max: 120 }),
});

const read = (file: string) =>
  parse(readFileSync(`content/en/messages/labs/${file}.yaml`, 'utf8')) as MessageTree;
const say = createText(
  compileMessages({
    labs: { 'tcp-handshake': read('tcp-handshake'), 'exchange-view': read('exchange-view') },
  }),
  'en',
  'labs.tcp-handshake',
);

test('any params: the run ends, is the same again, stays small, and every step has its sentence', () => {
  fc.assert(
    fc.property(anyParams, (params) => expectSoundRun(lab, params, say)),
    { numRuns: 150 },
  );
});

test('every octet of every packet can be shown', () => {
  for (const packet of linkOf({ request: 'in-syn', cookie: 'right' }).packets) {
    const spans: { end: number }[] = [];
    const octets = packetOctets(packet, { push: (span) => spans.push(span) });
    expect(Math.max(...spans.map(({ end }) => end))).toBe(octets.length * 8);
  }
});
