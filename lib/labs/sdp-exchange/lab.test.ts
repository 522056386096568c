import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidateValue, parseCandidate, parseSdp, readAllMedia } from '@/lib/protocols/sdp';
import { FAULTS } from '@/lib/protocols/webrtc';
import { agreementOf, isRepeated, negotiationAt } from './agreement';
import { lab } from './lab';
import { CHANGES, MEDIA, SCENES, STRATEGIES, type ExchangeParams } from './params';

const defaults = lab.params.parse({});
const run = (change: Partial<ExchangeParams> = {}) => {
  const params = lab.params.parse({ ...defaults, ...change });
  return { params, result: lab.run(params, { seed: 1 }) };
};
const verdict = (id: string, change: Partial<ExchangeParams>) => {
  const { params, result } = run(change);
  const task = lab.tasks.find((one) => one.id === id);
  if (!task) throw new Error(`no task ${id}`);
  const { passed, hint } = task.check(result, params);
  return passed ? 'passed' : hint?.key;
};

describe('tasks', () => {
  test.each<[string, Partial<ExchangeParams>, string]>([
    ['one-stable', {}, 'tasks.one-stable.both'],
    ['one-stable', { scene: 'glare', strategy: 'both-impolite' }, 'tasks.one-stable.neither'],
    ['one-stable', { lost: 'ada offer 1' }, 'tasks.one-stable.no-offer'],
    ['one-stable', { fault: 'drop-answer' }, 'passed'],
    ['one-stable', { lost: 'ben answer 1' }, 'passed'],
    ['one-stable', { fault: 'answer-actpass' }, 'passed'],

    ['without-candidates', {}, 'tasks.without-candidates.told'],
    ['without-candidates', { trickle: false }, 'tasks.without-candidates.told'],
    ['without-candidates', { fault: 'strip-candidates' }, 'tasks.without-candidates.not-connected'],
    ['without-candidates', { fault: 'strip-ada' }, 'passed'],
    ['without-candidates', { lost: 'ada candidate 1, ada candidate 2' }, 'passed'],

    ['fails-late', {}, 'tasks.fails-late.connected'],
    ['fails-late', { fault: 'drop-answer' }, 'tasks.fails-late.early'],
    ['fails-late', { fault: 'both-passive' }, 'tasks.fails-late.waits'],
    ['fails-late', { fault: 'both-active' }, 'passed'],
    ['fails-late', { fault: 'fingerprint-offer' }, 'passed'],

    ['waits-for-ever', {}, 'tasks.waits-for-ever.connected'],
    ['waits-for-ever', { fault: 'fingerprint' }, 'tasks.waits-for-ever.failed'],
    ['waits-for-ever', { fault: 'strip-candidates' }, 'tasks.waits-for-ever.no-ice'],
    ['waits-for-ever', { fault: 'both-passive' }, 'passed'],

    ['survive-glare', {}, 'tasks.survive-glare.scene'],
    ['survive-glare', { scene: 'glare', secondAfterMs: 60 }, 'tasks.survive-glare.no-glare'],
    ['survive-glare', { scene: 'glare', strategy: 'both-polite' }, 'tasks.survive-glare.stable'],
    ['survive-glare', { scene: 'glare', strategy: 'both-impolite' }, 'tasks.survive-glare.have-local-offer'],
    ['survive-glare', { scene: 'glare' }, 'passed'],

    ['add-video', {}, 'tasks.add-video.scene'],
    ['add-video', { scene: 'renegotiate', fault: 'fingerprint' }, 'tasks.add-video.not-connected'],
    ['add-video', { scene: 'renegotiate', change: 'hold' }, 'tasks.add-video.no-video'],
    [
      'add-video',
      { scene: 'renegotiate', change: 'restart-ice', media: 'audio-video-data' },
      'tasks.add-video.checks',
    ],
    ['add-video', { scene: 'renegotiate' }, 'passed'],

    ['trickle-pays', { trickle: false }, 'tasks.trickle-pays.off'],
    ['trickle-pays', {}, 'tasks.trickle-pays.little'],
    ['trickle-pays', { fault: 'drop-answer' }, 'tasks.trickle-pays.not-connected'],
    ['trickle-pays', { gatheringMs: 500 }, 'passed'],
  ])('%s with %j: %s', (id, change, expected) => {
    expect(verdict(id, change)).toBe(expected);
  });
});

describe('predictions', () => {
  const answerOf = (id: string) => {
    const prediction = lab.predictions.find((one) => one.id === id);
    if (!prediction) throw new Error(`no prediction ${id}`);
    const { params, result } = run(prediction.set);
    return prediction.answer(result, params);
  };

  test('are answered as Chromium does it (e2e/sdp-exchange.spec.ts) and as arithmetic does', () => {
    expect(answerOf('lost-answer')).toBe('stable-reached');
    expect(answerOf('half-candidates')).toBe('yes');
    expect(answerOf('other-fingerprint')).toBe('dtls');
    expect(answerOf('both-polite')).toBe('stable-apart');
    // Gathering, offer, gathering, answer; then Ada's check and its reply, her flight, and Ben's.
    expect(answerOf('without-trickle')).toBe(150 + 40 + 150 + 40 + 2 * 20 + 20 + 20);
  });
});

describe('what is said to be simplified is so', () => {
  const { trace } = run({ media: 'audio-video-data' }).result;

  test('all sections share one transport: one round of checks, whatever the number of sections', () => {
    const checks = (media: ExchangeParams['media']) =>
      run({ media }).result.trace.messages.filter(({ kind }) => kind === 'check').length;
    expect([checks('data'), checks('audio-data'), checks('audio-video-data')]).toEqual([2, 2, 2]);
  });

  test('checks and flights are sent once and are not lost', () => {
    const path = trace.messages.filter(({ way }) => way === 'path');
    expect(path.every(({ receivedAtMs }) => receivedAtMs !== null)).toBe(true);
    const hellos = run({ fault: 'drop-answer' }).result.trace.messages.filter(
      ({ kind }) => kind === 'client-hello',
    );
    expect(hellos).toHaveLength(1);
  });

  test('the reflexive address is signalled and never checked', () => {
    const told = trace.messages.filter(({ text }) => text?.includes('typ srflx'));
    expect(told).toHaveLength(2);
    expect(
      trace.rules.filter(
        ({ rule, values }) => rule === 'ice.check' && String(values['address']).startsWith('203.'),
      ),
    ).toEqual([]);
  });

  test('fingerprints are 32 octets by the seed, which no certificate would be', () => {
    const fingerprint = (seed: number) =>
      readAllMedia(parseSdp(lab.run(defaults, { seed }).trace.descriptions['ada offer 1']?.sdp ?? ''))[0]
        ?.fingerprints[0]?.fingerprint;
    expect(fingerprint(1)?.split(':')).toHaveLength(32);
    expect(fingerprint(1)).toBe(fingerprint(1));
    expect(fingerprint(1)).not.toBe(fingerprint(2));
  });

  test('writing, reading and applying takes no time', () => {
    const { rules } = trace;
    const ofBen = rules.filter(
      ({ rule, peer }) => peer === 'ben' && ['remote.offer', 'answer.local'].includes(rule),
    );
    expect(new Set(ofBen.map(({ timeMs }) => timeMs)).size).toBe(1);
  });
});

describe('offer and answer side by side', () => {
  test('pairs the lines by kind, and marks what was changed on the way', () => {
    const { result } = run({ fault: 'fingerprint' });
    const negotiation = negotiationAt(result.trace, 0, null);
    if (!negotiation) throw new Error('nothing was offered');
    const [session, audio, data] = agreementOf(negotiation);
    expect([session?.kind, audio?.kind, data?.kind]).toEqual([null, 'audio', 'application']);
    const row = (name: string) => audio?.rows.find((one) => one.name === name);
    expect([row('setup')?.offer, row('setup')?.answer]).toEqual([['a=setup:actpass'], ['a=setup:active']]);
    expect(row('direction')?.offer).toEqual(['a=sendrecv']);
    const decided = audio?.rows.filter((one) => !isRepeated(one)).map(({ name }) => name);
    expect(decided).toEqual(['ice-ufrag', 'ice-pwd', 'fingerprint', 'setup']);
    expect(audio?.rows.filter(({ wasChanged }) => wasChanged).map(({ name }) => name)).toEqual([
      'fingerprint',
    ]);
  });

  test('shows the negotiation of the step, or of the message that is chosen', () => {
    const { trace } = run({ scene: 'renegotiate' }).result;
    expect(negotiationAt(trace, 0, null)?.offer.name).toBe('ada offer 1');
    expect(negotiationAt(trace, trace.endMs, null)?.answer?.name).toBe('ben answer 2');
    expect(negotiationAt(trace, trace.endMs, 'ben answer 1')?.offer.name).toBe('ada offer 1');
  });
});

test('the candidates that pass are candidates', () => {
  for (const { kind, text = '' } of run().result.trace.messages)
    if (kind === 'candidate') expect(`candidate:${candidateValue(parseCandidate(text))}`).toBe(text);
});

const anyParams: fc.Arbitrary<ExchangeParams> = fc.record({
  scene: fc.constantFrom(...SCENES),
  media: fc.constantFrom(...MEDIA),
  trickle: fc.boolean(),
  fault: fc.constantFrom(...FAULTS),
  change: fc.constantFrom(...CHANGES),
  strategy: fc.constantFrom(...STRATEGIES),
  secondAfterMs: fc.integer({ min: 0, max: 500 }),
  signalingDelayMs: fc.integer({ min: 0, max: 1000 }),
  pathDelayMs: fc.integer({ min: 1, max: 500 }),
  gatheringMs: fc.integer({ min: 5, max: 3000 }),
  lost: fc.oneof(fc.constant(''), fc.constant('ada offer 1,ben candidate 2'), fc.string({ maxLength: 400 })),
});

test('runs, tells itself and judges its tasks for any params, twice the same', () => {
  fc.assert(
    fc.property(anyParams, (any) => {
      const params = lab.params.parse(any);
      const result = lab.run(params, { seed: 1 });
      expect(lab.run(params, { seed: 1 })).toEqual(result);
      const steps = lab.steps(result, params);
      expect(steps.length).toBe(result.trace.rules.length + 1);
      for (const task of lab.tasks) task.check(result, params);
      const times = steps.map(({ timeMs = 0 }) => timeMs);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});
