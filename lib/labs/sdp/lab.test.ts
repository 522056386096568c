import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkSdp, parseSdp, validateOfferAnswer, writeSdp } from '@/lib/protocols/sdp';
import { createText } from '@/lib/text';
import { compileMessages, type MessageTree } from '@/lib/text/compile';
import { alignLines } from './align';
import { onTheWire } from './answerer';
import { withLine, withLineBelow, withLineMoved, withLineRestored, withoutLine } from './edits';
import { lab, MAX_TEXT, type SdpParams } from './lab';
import { recordingIds, recordings } from './recordings';
import { MAX_LINES, type SdpResult } from './run';
import { outcomeText } from './steps';

const SEED = 8866;
const catalogue = parse(readFileSync('content/en/messages/labs/sdp.yaml', 'utf8')) as MessageTree;
const t = createText(compileMessages({ labs: { sdp: catalogue } }), 'en', 'labs.sdp');

const paramsOf = (change: Partial<SdpParams> = {}): SdpParams => lab.params.parse(change);
const run = (change: Partial<SdpParams> = {}): SdpResult => lab.run(paramsOf(change), { seed: 1 });
const saidBy = (result: SdpResult) => lab.steps(result, paramsOf()).map(({ text }) => t(text));
const call = recordings['chromium-call'];

/** The run of a recorded offer in which something was replaced; it must have been there. */
function edited(offer: SdpParams['offer'], find: string | RegExp, put: string): SdpResult {
  const text = offer === 'own' ? '' : recordings[offer];
  const changed = text.replace(find, put);
  expect(changed).not.toBe(text);
  return run({ offer, text: changed });
}
const changesOf = (result: SdpResult) => result.changes.map(({ id }) => id);
const taskVerdict = (id: string, result: SdpResult, params: Partial<SdpParams> = {}) => {
  const task = lab.tasks.find((one) => one.id === id);
  if (!task) throw new Error(`no task ${id}`);
  return task.check(result, paramsOf(params));
};
const fails = (id: string, result: SdpResult, hint: string, params: Partial<SdpParams> = {}) => {
  const verdict = taskVerdict(id, result, params);
  expect(verdict.passed).toBe(false);
  expect(verdict.hint?.key).toBe(`tasks.${hint}`);
  expect(verdict.hint && t(verdict.hint)).not.toMatch(/\[|undefined/);
};

describe('the recorded offers', () => {
  test.each(recordingIds)('%s is read to the letter, every line with a sentence of its own', (id) => {
    const result = run({ offer: id });
    expect(result.offer && writeSdp(result.offer)).toBe(onTheWire(recordings[id]));
    expect(result.changes).toEqual([]);
    for (const sentence of saidBy(result)) expect(sentence).not.toMatch(/\[|undefined|NaN/);
    for (const line of result.lines) expect(line.ref).toMatch(/^(RFC \d{4}|draft-\S+) §/);
    for (const part of ['names', 'about']) expect(t.has(`offers.${part}.${id}`)).toBe(true);
  });

  test('nothing is wrong with those of browsers, but for what Firefox leaves behind of codecs that were taken out', () => {
    for (const id of [
      'chromium-data',
      'chromium-candidates',
      'chromium-call',
      'chromium-simulcast',
    ] as const) {
      expect(run({ offer: id }).problems, id).toEqual([]);
    }
    const left = run({ offer: 'firefox-call' }).problems;
    expect(new Set(left.map(({ code, severity }) => `${severity} ${code}`))).toEqual(
      new Set(['warning SDP_PAYLOAD_NOT_LISTED']),
    );
  });

  test('each is answered, and nothing is wrong between the two', () => {
    for (const id of recordingIds.filter((one) => one !== 'notes')) {
      const { offer, outcome } = run({ offer: id });
      if (!offer || outcome.kind !== 'answered') throw new Error(`${id} is not answered`);
      expect(validateOfferAnswer(offer, parseSdp(onTheWire(outcome.answer)))).toEqual([]);
      expect(outcome.sections.every(({ isAccepted }) => isAccepted)).toBe(true);
    }
  });

  test('the offer of 2013 is dated in three places, and its data channel cannot be answered', () => {
    const { problems, outcome } = run({ offer: 'notes' });
    expect(problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['SDP_PROTO_OLD', 'SDP_DATA_CHANNEL_OLD', 'SDP_SCTP_PORT_MISSING']),
    );
    expect(outcome).toMatchObject({
      kind: 'answered',
      sections: [{ isAccepted: true }, { isAccepted: false }],
    });
  });
});

describe('the reading', () => {
  test('says each line of the smallest offer', () => {
    expect(saidBy(run()).slice(2, 9)).toEqual([
      'A session may have a name for people. This one has none.',
      'From 0 to 0, so it begins and ends whenever it likes. Broadcasts put times here.',
      'All of these may share one flow of packets: 0. The first of them speaks for the way of all.',
      'Short and long forms of header extensions may be mixed.',
      'A leftover of a draft, which Chromium and Firefox still write:  WMS. Nobody has to read it.',
      'A section for data channels begins: SCTP in DTLS in UDP, as UDP/DTLS/SCTP says from right to left. Port 9.',
      'No address yet. ICE will find some and say them in candidate lines, so this line stays empty.',
    ]);
    expect(saidBy(run()).at(-1)).toBe('One section of 1 accepted. One flow of UDP packets carries it all.');
  });

  test('takes a line apart as the grammar does', () => {
    const line = run({ offer: 'chromium-call' }).lines.find(({ text }) => text.startsWith('a=rtpmap:111'));
    expect(line?.parts).toEqual([
      { name: 'payloadType', text: '111' },
      { name: 'encodingName', text: 'opus' },
      { name: 'clockRate', text: '48000' },
      { name: 'channels', text: '2' },
    ]);
  });

  test('knows what lines point at', () => {
    const said = saidBy(run({ offer: 'chromium-call' }));
    expect(said).toContain('The copies under number 97 are of packets with number 96, which is VP8.');
    expect(said).toContain('For VP8, number 96: say that pictures are lost, and a whole one is sent.');
  });

  test('has a step for each line, each problem, each change, and the end', () => {
    const result = edited('chromium-call', 'a=setup:actpass', 'a=setup:active');
    const lines = result.lines.filter(({ number }) => number > 0).length;
    expect(lab.steps(result, paramsOf()).length).toBe(
      lines + result.problems.length + result.changes.length + 1,
    );
  });
});

describe('what an edit means', () => {
  const c = 'chromium-call' as const;
  test.each<[string, SdpParams['offer'], string | RegExp, string, string[]]>([
    ['a fingerprint removed', 'chromium-data', /a=fingerprint.*\n/, '', ['fingerprint-removed']],
    ['a fingerprint changed', 'chromium-data', /(a=fingerprint:sha-256 )../, '$100', ['fingerprint-changed']],
    ['a direction', c, 'a=sendrecv', 'a=sendonly', ['direction']],
    ['a role', c, 'a=setup:actpass', 'a=setup:passive', ['setup']],
    ['the first codec', c, 'SAVPF 111 0', 'SAVPF 0 111', ['codec-first']],
    ['a codec removed', c, 'SAVPF 111 0', 'SAVPF 0', ['codec-removed', 'codec-first']],
    ['a codec added', c, 'SAVPF 111 0', 'SAVPF 111 0 8', ['codec-added']],
    ['parameters', c, 'minptime=10', 'minptime=20', ['parameters']],
    ['feedback', c, 'a=rtcp-fb:96 nack\n', '', ['feedback-removed']],
    ['header extensions', c, /a=extmap:1 .*\n/, '', ['extensions-removed']],
    ['a section switched off', c, 'm=video 9', 'm=video 0', ['section-ended']],
    ['another port', c, 'm=video 9', 'm=video 5000', ['port']],
    ['a section removed', c, /m=application[^]*/, '', ['section-removed']],
    ['the bundle', c, /a=group.*\n/, '', ['bundle-removed']],
    ['out of the bundle', c, 'BUNDLE 0 1 2', 'BUNDLE 0 2', ['bundle-left']],
    ['another first in the bundle', c, 'BUNDLE 0 1 2', 'BUNDLE 1 0 2', ['bundle-tag']],
    ['another mid', c, 'a=mid:1', 'a=mid:x', ['mid']],
    ['no mid', c, 'a=mid:1\n', '', ['mid-removed']],
    ['rtcp-mux', c, 'a=rtcp-mux\n', '', ['rtcp-mux-removed']],
    ['a protocol', c, 'm=audio 9 UDP/TLS/RTP/SAVPF', 'm=audio 9 RTP/SAVPF', ['proto']],
    ['the stream', c, /a=msid:.*\n/, '', ['msid-removed']],
    ['simulcast', 'chromium-simulcast', 'send h;m;l', 'send h;m', ['simulcast']],
    ['the SCTP port', 'chromium-data', 'a=sctp-port:5000\n', '', ['sctp-port-removed']],
    ['the message size', 'chromium-data', '262144', '1000', ['max-message-size']],
    ['any message size', 'chromium-data', '262144', '0', ['max-message-size-any']],
    ['candidates', 'chromium-candidates', /a=candidate.*\n/g, '', ['candidates-removed']],
    [
      'one address',
      'chromium-candidates',
      '192.0.2.2 40663 typ',
      '192.0.2.9 40663 typ',
      ['candidates-changed'],
    ],
    ['the credentials', 'chromium-data', /a=ice-pwd:.*/, 'a=ice-pwd:0123456789012345678901', ['ice-changed']],
    ['no credentials', 'chromium-data', /a=ice-pwd:.*\n/, '', ['ice-removed']],
    ['trickle', 'chromium-data', 'a=ice-options:trickle\n', '', ['trickle-removed']],
    [
      'the end of candidates',
      'chromium-candidates',
      'a=mid',
      'a=end-of-candidates\na=mid',
      ['end-of-candidates-added'],
    ],
    ['the version', 'chromium-data', / 2 IN/, ' 3 IN', ['origin-version']],
    [
      'ICE lite',
      'chromium-data',
      'a=extmap-allow-mixed',
      'a=ice-lite\na=extmap-allow-mixed',
      ['ice-lite-added'],
    ],
    ['nothing, only the order of two lines', 'chromium-data', /(a=setup.*\n)(a=mid.*\n)/, '$2$1', []],
  ])('%s', (_what, offer, find, put, ids) => {
    const result = edited(offer, find, put);
    expect(changesOf(result)).toEqual(ids);
    for (const change of result.changes) expect(t(change.text)).not.toMatch(/\[|undefined/);
  });

  test('sections are paired by mid, wherever they stand', () => {
    const at = [call.indexOf('m=audio'), call.indexOf('m=video'), call.indexOf('m=application')] as const;
    const swapped =
      call.slice(0, at[0]) + call.slice(at[1], at[2]) + call.slice(at[0], at[1]) + call.slice(at[2]);
    expect(changesOf(run({ offer: 'chromium-call', text: swapped }))).toEqual([]);
  });

  test('without a fingerprint all of it is refused, and the lab says why', () => {
    const result = edited('chromium-data', /a=fingerprint.*\n/, '');
    expect(result.outcome).toMatchObject({ kind: 'refused', code: 'SDP_OFFER_UNUSABLE' });
    expect(result.problems.map(({ code, line }) => [code, line])).toEqual([['SDP_FINGERPRINT_MISSING', 8]]);
    expect(t(outcomeText(result.outcome))).toContain('whose certificate');
  });

  test('what cannot be read is named by its line, and the lines before it are still told', () => {
    const result = edited('chromium-data', 'a=mid:0', ' a=mid:0');
    expect(result.outcome).toMatchObject({ kind: 'unreadable', code: 'SDP_LINE_MALFORMED', line: 15 });
    for (const sentence of saidBy(result)) expect(sentence).not.toMatch(/\[|undefined/);
  });

  test('every rule of the room has its sentence', () => {
    const codes = Object.keys(catalogue.problems as object);
    const used =
      readFileSync('lib/protocols/sdp/check/problem-codes.ts', 'utf8').match(/SDP_(?!ANSWER)\w+/g) ?? [];
    expect(codes.toSorted()).toEqual([...new Set(used)].toSorted());
  });
});

describe('edits of lines', () => {
  const text = 'a\nb\nc';
  test('change, remove, add, move', () => {
    expect(withLine(text, 2, 'x')).toBe('a\nx\nc');
    expect(withoutLine(text, 1)).toBe('b\nc');
    expect(withLineBelow(text, 3, 'd')).toBe('a\nb\nc\nd');
    expect(withLineMoved(text, 2, -1)).toBe('b\na\nc');
    expect(withLineMoved(text, 3, 1)).toBe(text);
    expect(withLineMoved(text, 1, -1)).toBe(text);
  });

  test('a removed line can be put back where it was', () => {
    for (let number = 1; number <= 16; number++) {
      const shorter = withoutLine(recordings['chromium-data'], number);
      const { lines } = run({ text: shorter });
      const index = lines.findIndex(({ status }) => status === 'removed');
      expect(withLineRestored(shorter, lines, index)).toBe(recordings['chromium-data']);
    }
  });

  test(`aligned lines give both texts back (seed ${SEED})`, () => {
    const some = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(some, some, (before, after) => {
        const lines = alignLines(before, after);
        expect(lines.filter(({ status }) => status !== 'added').map(({ text: line }) => line)).toEqual(
          before,
        );
        expect(lines.filter(({ status }) => status !== 'removed').map(({ text: line }) => line)).toEqual(
          after,
        );
      }),
      { seed: SEED },
    );
  });
});

describe('predictions', () => {
  const answerOf = (id: string) => {
    const prediction = lab.predictions.find((one) => one.id === id);
    if (!prediction) throw new Error(`no prediction ${id}`);
    const params = paramsOf(prediction.set);
    return prediction.answer(lab.run(params, { seed: 1 }), params);
  };
  test('are what the recorded text says, counted apart from the room', () => {
    expect(answerOf('addresses')).toBe(recordings['chromium-data'].match(/^a=candidate/gm)?.length ?? 0);
    // One bundle with rtcp-mux; three sections of their own would be RTP and RTCP twice, and data once.
    expect(answerOf('flows')).toBe(1);
    const apart = run({
      offer: 'chromium-call',
      text: call.replace(/a=group.*\n/, '').replaceAll('a=rtcp-mux\n', ''),
    });
    expect(apart.outcome).toMatchObject({ flows: 5 });
    // RFC 3264 §6.1: sendonly is answered with recvonly.
    expect(answerOf('direction')).toBe('recvonly');
    expect(recordings['firefox-call']).toContain('a=rtpmap:109 opus');
    expect(answerOf('same-call')).toBe('numbers');
  });

  test('have their texts', () => {
    for (const prediction of lab.predictions) {
      for (const part of ['question', 'why'])
        expect(t.has(`predictions.${prediction.id}.${part}`)).toBe(true);
      if (prediction.kind !== 'choice') continue;
      for (const option of prediction.options)
        expect(t.has(`predictions.${prediction.id}.options.${option}`)).toBe(true);
    }
  });
});

describe('tasks', () => {
  const c = 'chromium-call' as const;
  const video = (from: string, to: string) =>
    call.slice(0, call.indexOf('m=video')) + call.slice(call.indexOf('m=video')).replace(from, to);

  test('only-watch', () => {
    fails('only-watch', run(), 'only-watch.no-call');
    fails('only-watch', run({ offer: c }), 'only-watch.still');
    fails('only-watch', run({ offer: c, text: video('a=sendrecv', 'a=sendonly') }), 'only-watch.sendonly');
    fails(
      'only-watch',
      run({ offer: c, text: call.replaceAll('a=sendrecv', 'a=recvonly') }),
      'only-watch.audio',
    );
    fails('only-watch', edited(c, 'v=0', 'x'), 'unreadable');
    expect(taskVerdict('only-watch', run({ offer: c, text: video('a=sendrecv', 'a=recvonly') })).passed).toBe(
      true,
    );
    expect(
      taskVerdict('only-watch', edited('firefox-call', /(m=video[^]*?)a=sendrecv/, '$1a=recvonly')).passed,
    ).toBe(true);
  });

  test('prefer', () => {
    fails('prefer', run(), 'prefer.no-audio');
    fails('prefer', run({ offer: c }), 'prefer.order');
    fails('prefer', edited(c, 'SAVPF 111 0', 'SAVPF 111'), 'prefer.gone');
    fails('prefer', edited(c, 'SAVPF 111 0', 'SAVPF 0'), 'prefer.opus');
    fails('prefer', edited(c, /(a=rtpmap:111[^]*?)(a=rtpmap:0.*\n)/, '$2$1'), 'prefer.rtpmap');
    expect(taskVerdict('prefer', edited(c, 'SAVPF 111 0', 'SAVPF 0 111')).passed).toBe(true);
  });

  test('own-flow', () => {
    fails('own-flow', run({ offer: c }), 'own-flow.one');
    fails('own-flow', run(), 'own-flow.no-video');
    fails('own-flow', edited(c, 'BUNDLE 0 1 2', 'BUNDLE 0 1'), 'own-flow.other');
    fails('own-flow', edited(c, /a=group.*\n/, ''), 'own-flow.many');
    fails('own-flow', edited(c, 'a=mid:1\n', ''), 'own-flow.mid');
    expect(taskVerdict('own-flow', edited(c, 'BUNDLE 0 1 2', 'BUNDLE 0 2')).passed).toBe(true);
    expect(taskVerdict('own-flow', edited(c, 'BUNDLE 0 1 2', 'BUNDLE 2 0')).passed).toBe(true);
  });

  test('opens', () => {
    fails('opens', run(), 'opens.choice');
    fails('opens', edited('chromium-data', 'actpass', 'active'), 'opens.active');
    fails('opens', edited(c, 'actpass', 'passive'), 'opens.some');
    expect(taskVerdict('opens', edited('chromium-data', 'actpass', 'passive')).passed).toBe(true);
    expect(taskVerdict('opens', edited(c, /actpass/g, 'passive')).passed).toBe(true);
  });

  test('must-refuse', () => {
    fails('must-refuse', run(), 'must-refuse.nothing');
    fails('must-refuse', edited('chromium-data', 'v=0\n', ''), 'must-refuse.unreadable');
    fails('must-refuse', edited('chromium-data', /a=setup.*\n/, ''), 'must-refuse.answered');
    fails('must-refuse', edited(c, /(m=video[^]*?)a=fingerprint.*\n/, '$1'), 'must-refuse.elsewhere');
    fails('must-refuse', edited('chromium-data', /a=fingerprint.*\na=setup.*\n/, ''), 'must-refuse.more');
    expect(taskVerdict('must-refuse', edited('chromium-data', /a=fingerprint.*\n/, '')).passed).toBe(true);
    // Another way: without half of the credentials no check can be signed.
    expect(taskVerdict('must-refuse', edited(c, /a=ice-pwd.*\n/, '')).passed).toBe(true);
  });

  test('modernise', () => {
    const notes = { offer: 'notes' } as const;
    const audio = recordings.notes.replace('audio 1 RTP', 'audio 1 UDP/TLS/RTP');
    const proto = audio.replace('1 DTLS/SCTP', '1 UDP/DTLS/SCTP');
    const format = proto.replace('SCTP 5000', 'SCTP webrtc-datachannel').replace(/a=fmtp:5000.*/, '');
    const port = `${format}\na=sctp-port:5000`.replace('\n\n', '\n');
    const size = `${port}\na=max-message-size:1048576`;
    const at = (text: string) => run({ ...notes, text });
    fails('modernise', run(), 'modernise.other');
    fails('modernise', run(notes), 'modernise.audio', notes);
    fails('modernise', at(audio), 'modernise.proto', notes);
    fails('modernise', at(proto), 'modernise.format', notes);
    fails('modernise', at(format), 'modernise.problem', notes);
    fails('modernise', at(port), 'modernise.size', notes);
    fails('modernise', at(recordings.notes.replace(/\nm=application[^]*/, '')), 'modernise.gone', notes);
    expect(at(size).problems).toEqual([]);
    expect(taskVerdict('modernise', at(size), notes)).toEqual({ passed: true });
  });

  test('have their prompts', () => {
    for (const { prompt } of lab.tasks) expect(t.has(prompt)).toBe(true);
  });
});

describe('what is simplified is true of the lab', () => {
  test('line ends are put right', () => {
    expect(run({ offer: 'own', own: recordings['chromium-data'].replaceAll('\n', '\r\n') }).problems).toEqual(
      [],
    );
    // The room itself would name them.
    expect(checkSdp(parseSdp(recordings['chromium-data'])).some(({ code }) => code === 'SDP_LINE_END')).toBe(
      true,
    );
  });

  test('an offer of another codec alone is refused, as only six are known', () => {
    const { outcome } = edited('chromium-call', '96 VP8/90000', '96 VP9/90000');
    expect(outcome).toMatchObject({
      sections: [{ isAccepted: true }, { isAccepted: false }, { isAccepted: true }],
    });
  });

  test('a fingerprint of nobody’s certificate and an address of nowhere are answered', () => {
    expect(edited('chromium-data', /(a=fingerprint:sha-256 )../, '$100').outcome.kind).toBe('answered');
    expect(edited('chromium-candidates', /192\.0\.2\.2/g, '203.0.113.99').outcome.kind).toBe('answered');
  });

  test('what is wrong is named although this answerer goes on', () => {
    const result = edited('chromium-data', /a=setup.*\n/, '');
    expect(result.problems.map(({ code }) => code)).toEqual(['SDP_SETUP_MISSING']);
    expect(result.outcome.kind).toBe('answered');
  });

  test('have their texts', () => {
    for (const key of lab.truth.real) expect(t.has(key)).toBe(true);
    for (const { what, why } of lab.truth.simplified)
      for (const key of [what, why]) expect(t.has(key)).toBe(true);
  });
});

describe('any params', () => {
  const pieces = fc.constantFrom(
    'v=0',
    'a=',
    'm=audio 9 RTP/AVP 0',
    '\n',
    '\r\n',
    ' ',
    ':',
    'a=candidate:1',
    'é',
    '\u{1f600}',
    'a=mid:0',
    'constructor',
    '__proto__',
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    fc
      .tuple(fc.constantFrom(...recordingIds), fc.nat(3000), fc.nat(40), pieces)
      .map(([id, at, length, piece]) => {
        return recordings[id].slice(0, at) + piece + recordings[id].slice(at + length);
      }),
    fc.constant(`v=0${'\na=x'.repeat(2_000)}`),
    fc.string({ maxLength: MAX_TEXT }),
  );
  const params = fc.record({ offer: fc.constantFrom(...recordingIds, 'own' as const), own: text, text });

  test(`give a run that does not throw, is the same again, and has a sentence at every step (seed ${SEED})`, () => {
    fc.assert(
      fc.property(params, (set) => {
        const parsed = paramsOf({
          ...set,
          own: set.own.slice(0, MAX_TEXT),
          text: set.text.slice(0, MAX_TEXT),
        });
        const result = lab.run(parsed, { seed: 1 });
        expect(lab.run(parsed, { seed: 2 })).toEqual(result);
        expect(result.lines.length).toBeLessThanOrEqual(2 * MAX_LINES);
        const steps = lab.steps(result, parsed);
        expect(steps.length).toBeGreaterThan(0);
        for (const step of steps) expect(t.has(step.text.key), step.text.key).toBe(true);
        for (const { check } of lab.tasks) {
          const { hint } = check(result, parsed);
          if (hint) expect(t.has(hint.key), hint.key).toBe(true);
        }
        expect(lab.exports(result, parsed).length).toBeGreaterThan(1);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});

test('the offer and the answer are taken away as they would be sent', () => {
  const result = run();
  const files = lab.exports(result, paramsOf());
  expect(files.map(({ filename }) => filename)).toEqual(['offer.sdp', 'answer.sdp', 'reading.json']);
  expect(files[0]?.content).toBe(onTheWire(recordings['chromium-data']));
});
