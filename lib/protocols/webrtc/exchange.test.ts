import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSdp, readAllMedia, validateOfferAnswer } from '../sdp';
import {
  diagnose,
  FAULTS,
  runExchange,
  type ExchangeOptions,
  type ExchangeTrace,
  type Fault,
  type PeerView,
} from '.';

const base: ExchangeOptions = {
  media: ['audio', 'application'],
  trickle: true,
  signalingDelayMs: 40,
  pathDelayMs: 20,
  gatheringMs: 150,
  polite: { ada: false, ben: true },
  calls: [{ atMs: 0, peer: 'ada', do: 'call' }],
  fault: 'none',
};
const run = (change: Partial<ExchangeOptions> = {}) => runExchange({ ...base, ...change });
const states = ({ signalingState, iceConnectionState, dtlsState, connectionState }: PeerView) =>
  [signalingState, iceConnectionState, dtlsState, connectionState].join(' ');
const ends = ({ final }: ExchangeTrace) => [states(final.ada), states(final.ben)];
const has = (trace: ExchangeTrace, rule: string, peer?: string) =>
  trace.rules.some((traced) => traced.rule === rule && (peer === undefined || traced.peer === peer));
const CONNECTED = 'stable connected connected connected';
const bothCall = [
  { atMs: 0, peer: 'ada', do: 'call' },
  { atMs: 20, peer: 'ben', do: 'call' },
] as const;

describe('a call', () => {
  test('connects, and the descriptions at both ends are the same two', () => {
    const trace = run();
    expect(ends(trace)).toEqual([CONNECTED, CONNECTED]);
    const { ada, ben } = trace.final;
    expect([ada.currentLocal, ada.currentRemote]).toEqual(['ada offer 1', 'ben answer 1']);
    expect([ben.currentLocal, ben.currentRemote]).toEqual(['ben answer 1', 'ada offer 1']);
  });

  test('is ready when arithmetic says so', () => {
    // Ben hears of Ada's address 5 ms (its gathering) and one signal after the start. From then on: his check and its
    // reply, ClientHello, and Ada's flight when her own check is answered: she sends it when the answer is there.
    const adaKnows = 40 + 40;
    const adaConnected = adaKnows + 2 * 20;
    const benHasHerFlight = adaConnected + 20;
    expect(run().rules.find(({ rule }) => rule === 'dtls.server-done')?.timeMs).toBe(benHasHerFlight + 20);
  });

  test('waits for gathering twice without trickle, once on each side', () => {
    const lastMs = (trace: ExchangeTrace) =>
      trace.rules.find(({ rule }) => rule === 'dtls.server-done')?.timeMs ?? NaN;
    expect(lastMs(run({ trickle: false })) - lastMs(run())).toBe(2 * base.gatheringMs);
  });

  test('has an answer that is right by the rules of RFC 3264', () => {
    const { descriptions } = run({ media: ['audio', 'video', 'application'] });
    const offer = parseSdp(descriptions['ada offer 1']?.sdp ?? '');
    const answer = parseSdp(descriptions['ben answer 1']?.sdp ?? '');
    expect(validateOfferAnswer(offer, answer)).toEqual([]);
    expect(readAllMedia(offer)[0]?.setup).toBe('actpass');
    expect(readAllMedia(answer)[0]?.setup).toBe('active');
  });
});

/** What Chromium 156 showed on 2026-11-21 for the same changes to its own signals, both ends in one page. */
const inChromium: Readonly<Partial<Record<Fault, readonly [ada: string, ben: string]>>> = {
  none: [CONNECTED, CONNECTED],
  'drop-answer': ['have-local-offer checking new connecting', 'stable connected connecting connecting'],
  'strip-candidates': ['stable new new new', 'stable new new new'],
  'strip-ada': [CONNECTED, CONNECTED],
  'both-active': ['stable connected failed failed', 'stable connected failed failed'],
  'both-passive': ['stable connected connecting connecting', 'stable connected connecting connecting'],
  fingerprint: ['stable connected failed failed', 'stable connected failed failed'],
  'fingerprint-offer': ['stable connected failed failed', 'stable connected failed failed'],
};

describe('a fault stops it where it stops a browser', () => {
  test.each(Object.entries(inChromium))('%s', (fault, expected) => {
    expect(ends(run({ fault: fault as Fault }))).toEqual(expected);
  });

  test('an answer that says actpass is refused, and Ada goes on waiting', () => {
    const trace = run({ fault: 'answer-actpass' });
    expect(trace.rules.find(({ rule }) => rule === 'remote.refused')?.values['problem']).toBe(
      'SDP_ANSWER_SETUP',
    );
    expect(trace.final.ada).toMatchObject({
      signalingState: 'have-local-offer',
      pendingLocal: 'ada offer 1',
    });
  });

  test('two clients: a ClientHello that overtakes the answer settles it, as in Chromium', () => {
    const trace = run({ fault: 'both-active', pathDelayMs: 1 });
    expect(has(trace, 'dtls.role-kept', 'ada')).toBe(true);
    expect(ends(trace)).toEqual([CONNECTED, CONNECTED]);
  });

  test('each has its own diagnosis', () => {
    const found = FAULTS.map((fault) => [fault, diagnose(run({ fault }))]);
    expect(Object.fromEntries(found)).toEqual({
      none: 'connected',
      'drop-answer': 'no-answer',
      'strip-candidates': 'no-candidates',
      'strip-ada': 'connected',
      'both-active': 'two-clients',
      'both-passive': 'two-servers',
      'answer-actpass': 'refused',
      fingerprint: 'fingerprint',
      'fingerprint-offer': 'fingerprint',
    });
  });

  test('a lost offer is heard of by nobody', () => {
    const trace = run({ lost: ['ada offer 1'] });
    expect(diagnose(trace)).toBe('no-offer');
    expect(has(trace, 'candidate.early', 'ben')).toBe(true);
  });
});

describe('glare', () => {
  test('exactly one polite peer: one offer is ignored, one taken back, and they connect', () => {
    const trace = run({ calls: bothCall });
    expect(has(trace, 'glare.ignored', 'ada') && has(trace, 'glare.rolled-back', 'ben')).toBe(true);
    expect(ends(trace)).toEqual([CONNECTED, CONNECTED]);
    // Ben's sections are those of Ada's offer: nothing of what he wanted is lost.
    expect(readAllMedia(parseSdp(trace.descriptions['ben answer 1']?.sdp ?? ''))[0]?.direction).toBe(
      'sendrecv',
    );
  });

  test('both polite: stable at both ends, and never connected (as in Chromium)', () => {
    const trace = run({ calls: bothCall, polite: { ada: true, ben: true } });
    expect(ends(trace)).toEqual(Array(2).fill('stable checking new connecting'));
    expect(diagnose(trace)).toBe('crossed-answers');
  });

  test('neither polite: both wait (as in Chromium)', () => {
    const trace = run({ calls: bothCall, polite: { ada: false, ben: false } });
    expect(ends(trace)).toEqual(Array(2).fill('have-local-offer new new new'));
    expect(diagnose(trace)).toBe('stand-off');
  });

  test('who has been called meanwhile does not call', () => {
    const trace = run({ calls: [bothCall[0], { ...bothCall[1], atMs: 100 }] });
    expect(trace.messages.filter(({ kind }) => kind === 'offer')).toHaveLength(1);
  });
});

describe('changes in mid-call', () => {
  const second = (what: 'add-video' | 'hold' | 'restart-ice') => {
    const trace = run({ later: [{ atMs: 0, peer: 'ada', do: what }] });
    const offer = trace.messages.find(({ name }) => name === 'ada offer 2');
    const after = trace.messages.filter(
      ({ way, sentAtMs }) => way === 'path' && sentAtMs >= (offer?.sentAtMs ?? 0),
    );
    const media = (name: string) => readAllMedia(parseSdp(trace.descriptions[name]?.sdp ?? ''));
    return { trace, after, offer: media('ada offer 2'), answer: media('ben answer 2') };
  };

  test('video is added without a packet on the path; Ben, who has none, receives it only', () => {
    const { trace, after, offer, answer } = second('add-video');
    expect(after).toEqual([]);
    expect([offer.length, answer[2]?.direction]).toEqual([3, 'recvonly']);
    expect(ends(trace)).toEqual([CONNECTED, CONNECTED]);
    expect(trace.descriptions['ada offer 2']?.sdp).toMatch(/^o=- \d+ 2 /m);
  });

  test('a call on hold is sendonly, and answered by recvonly', () => {
    const { offer, answer } = second('hold');
    expect([offer[0]?.direction, answer[0]?.direction]).toEqual(['sendonly', 'recvonly']);
  });

  test('ICE starts over with new credentials at both ends, and DTLS does not', () => {
    const { trace, after, offer, answer } = second('restart-ice');
    expect(offer[0]?.iceUfrag).not.toBe(
      readAllMedia(parseSdp(trace.descriptions['ada offer 1']?.sdp ?? ''))[0]?.iceUfrag,
    );
    expect(answer[0]?.iceUfrag).not.toBe(
      readAllMedia(parseSdp(trace.descriptions['ben answer 1']?.sdp ?? ''))[0]?.iceUfrag,
    );
    expect(new Set(after.map(({ kind }) => kind))).toEqual(new Set(['check', 'check-reply']));
    expect(ends(trace)).toEqual([CONNECTED, CONNECTED]);
  });

  test('an unfinished exchange comes first', () => {
    const trace = run({ fault: 'drop-answer', later: [{ atMs: 0, peer: 'ada', do: 'add-video' }] });
    expect(has(trace, 'offer.waits', 'ada')).toBe(true);
  });
});

const anyOptions: fc.Arbitrary<ExchangeOptions> = fc.record({
  media: fc.constantFrom(['audio', 'application'], ['application'], ['audio', 'video', 'application']),
  trickle: fc.boolean(),
  signalingDelayMs: fc.integer({ min: 0, max: 1000 }),
  pathDelayMs: fc.integer({ min: 1, max: 500 }),
  gatheringMs: fc.integer({ min: 5, max: 3000 }),
  polite: fc.record({ ada: fc.boolean(), ben: fc.boolean() }),
  fault: fc.constantFrom(...FAULTS),
  calls: fc.constantFrom([bothCall[0]], [...bothCall], [bothCall[0], { ...bothCall[1], atMs: 0 }]),
  later: fc.constantFrom(
    [],
    [{ atMs: 0, peer: 'ada' as const, do: 'add-video' as const }],
    [{ atMs: 0, peer: 'ben' as const, do: 'restart-ice' as const }],
  ),
  lost: fc.subarray(['ada offer 1', 'ben answer 1', 'ada candidate 1', 'ben candidate 1', 'ada offer 2']),
  seed: fc.integer(),
});

test('any options: it ends, twice the same, and nobody is connected alone for good without a failure or a fault', () => {
  fc.assert(
    fc.property(anyOptions, (options) => {
      const trace = runExchange(options);
      expect(runExchange(options)).toEqual(trace);
      expect(trace.messages.length).toBeLessThan(80);
      const { ada, ben } = trace.final;
      // Keys are either shared or not: DTLS never ends connected at one end and failed at the other.
      expect([ada.dtlsState, ben.dtlsState].sort().join()).not.toBe('connected,failed');
      const isHonest = options.fault === 'none' && options.lost?.length === 0;
      if (isHonest && options.polite.ada !== options.polite.ben) expect(diagnose(trace)).toBe('connected');
    }),
  );
});
