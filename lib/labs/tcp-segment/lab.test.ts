import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fromHex, toHex } from '@/lib/bytes';
import { decodeIpv4, decodeIpv6 } from '@/lib/protocols/ip';
import { createSegment, encodeSegment, flagsOf, type TcpSegment } from '@/lib/protocols/tcp';
import { createText } from '@/lib/text';
import { compileMessages, type MessageTree } from '@/lib/text/compile';
import { composeSegment, repairChecksum, unwrapPacket, withBit, withOctet } from './compose';
import { lab, MAX_OCTETS, type SegmentParams } from './lab';
import { withOption } from './options';
import { recordingIds, recordings, type RecordingId } from './recordings';
import type { SegmentResult } from './run';

const SEED = 9293;
const catalogue = parse(readFileSync('content/en/messages/labs/tcp-segment.yaml', 'utf8')) as MessageTree;
const t = createText(compileMessages({ labs: { 'tcp-segment': catalogue } }), 'en', 'labs.tcp-segment');

const paramsOf = (change: Partial<SegmentParams> = {}): SegmentParams => lab.params.parse(change);
const run = (change: Partial<SegmentParams> = {}): SegmentResult => lab.run(paramsOf(change), { seed: 1 });
const recorded = (id: RecordingId) => run(recordings[id]);
const saidBy = (result: SegmentResult) => result.reading.map(({ text }) => t(text));

/** A segment from the client of the recordings, as its octets. */
function composed(fields: Partial<TcpSegment>): string {
  const { source, destination } = recordings.syn;
  return toHex(encodeSegment(createSegment({ window: 502, ...fields }), { source, destination }));
}

/** RFC 1071 in another way than the engine: all words at once, then folded. */
function sumOfWords(hex: string): number {
  const words = hex.padEnd(Math.ceil(hex.length / 4) * 4, '0').match(/.{4}/g) ?? [];
  let sum = words.reduce((total, word) => total + Number.parseInt(word, 16), 0);
  while (sum > 0xffff) sum = (sum % 65536) + Math.floor(sum / 65536);
  return sum;
}

describe('the recorded segments', () => {
  test.each(recordingIds)('%s can be read, holds, and is what it is called', (id) => {
    const result = recorded(id);
    expect(result.problem).toBeUndefined();
    expect(result.segment?.checksumIsRight).toBe(true);
    expect(result.comparison).toEqual({ recording: id, flipped: [] });
    const flags = id.startsWith('syn') ? ['syn'] : [];
    for (const flag of flags) expect(result.segment?.flags).toMatchObject({ [flag]: true });
    for (const name of ['name', 'about']) expect(t.has(`recordings.${id}.${name}`)).toBe(true);
  });

  test('the SYN over IPv4 sums to ffff with its pseudo-header, counted apart from the engine', () => {
    expect(sumOfWords(`c0000201c000020700060028${recordings.syn.octets}`)).toBe(0xffff);
    const ipv6 = '20010db800000000000000000000000120010db80000000000000000000000070000002800000006';
    expect(sumOfWords(ipv6 + recordings['syn-ipv6'].octets)).toBe(0xffff);
  });

  test('the SYN-ACK acknowledges the SYN by one, the ACK completes it', () => {
    const next = (recorded('syn').segment?.sequenceNumber ?? 0) + 1;
    expect(recorded('syn-ack').segment?.acknowledgmentNumber).toBe(next);
    expect(recorded('ack').segment?.sequenceNumber).toBe(next);
    expect(recorded('syn').next).toBe(next);
  });
});

describe('the reading', () => {
  test('says each field of the SYN in a sentence, and what the whole does', () => {
    const said = saidBy(recorded('syn'));
    expect(said[0]).toBe('It comes from port 60230.');
    expect(said[2]).toBe(
      'Sequence number 2,462,460,296. The SYN itself has this number, so the first octet of data will be 2,462,460,297.',
    );
    expect(said).toContain(
      'Window 64,240 octets. In a SYN it counts as it stands, whatever scale is being agreed on.',
    );
    expect(said.at(-1)).toBe('A server that listens on port 80 would answer it with a SYN-ACK.');
  });

  test.each(recordingIds)('of %s knows all its words, and speaks of every field once', (id) => {
    const result = recorded(id);
    for (const sentence of saidBy(result)) expect(sentence).not.toMatch(/\[|undefined|NaN/);
    const spoken = result.reading.flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, index) => from + index),
    );
    expect(spoken).toEqual(result.fields.map((_, index) => index));
    for (const field of result.fields) {
      expect(t(`fields.${field.id}`)).not.toContain('[');
      expect(t(field.value)).not.toContain('[');
    }
  });

  test('of a broken segment goes on to the fault and names it', () => {
    const broken = run({ octets: withOctet(fromHex(recordings.syn.octets), 21, 1) });
    expect(broken.problem).toMatchObject({ code: 'TCP_OPTION_LENGTH_TOO_SMALL', offset: 21 });
    expect(broken.fields.at(-1)?.id).toBe('urgent-pointer');
    expect(saidBy(broken).at(-1)).toBe(
      'An option of kind 2 says that its length is 1. Kind and length alone are 2 octets.',
    );
    expect(saidBy(broken)[0]).toBe('It comes from port 60230.');
  });
});

describe('faults are named where they are', () => {
  const syn = fromHex(recordings.syn.octets);
  test.each<[string, Partial<SegmentParams>, string, number]>([
    ['too few octets', { octets: 'eb46' }, 'TCP_HEADER_INCOMPLETE', 2],
    ['half an octet', { octets: 'eb4' }, 'HEX_ODD_LENGTH', 3],
    ['no hex', { octets: 'zz' }, 'HEX_INVALID_CHARACTER', 0],
    ['a header too short', { octets: withOctet(syn, 12, 0x40) }, 'TCP_DATA_OFFSET_TOO_SMALL', 12],
    ['a header past the end', { octets: withOctet(syn, 12, 0xf0) }, 'TCP_DATA_OFFSET_PAST_END', 12],
    ['an option past the end', { octets: withOctet(syn, 38, 9) }, 'TCP_OPTION_PAST_END', 38],
    ['an option of the wrong length', { octets: withOctet(syn, 21, 5) }, 'TCP_OPTION_LENGTH_WRONG', 21],
    [
      'an option without length',
      { octets: `${recordings.syn.octets.slice(0, -8)}01010105` },
      'TCP_OPTION_LENGTH_MISSING',
      39,
    ],
  ])('%s', (_name, change, code, offset) => {
    const { problem } = run(change);
    expect(problem).toMatchObject({ code, offset });
    expect(problem && t(problem.text)).not.toContain('[');
  });

  test('addresses of two families, or none', () => {
    expect(run({ source: '::1' }).addressProblem?.code).toBe('IP_ADDRESS_FAMILY_MIXED');
    const { addressProblem, checksum, answer } = run({ source: 'localhost' });
    expect(addressProblem?.code).toBe('IP_ADDRESS_MALFORMED');
    expect(checksum).toBeUndefined();
    expect(answer).toBe('nothing');
  });
});

describe('changing a segment', () => {
  test('one bit turned over: the checksum no longer holds, and the difference is found', () => {
    const result = run({ octets: withBit(fromHex(recordings.syn.octets), 111, 1) });
    expect(result.segment?.flags).toMatchObject({ syn: true, fin: true });
    expect(result.segment?.checksumIsRight).toBe(false);
    expect(result.comparison).toEqual({ recording: 'syn', flipped: [111] });
    const repaired = run({ octets: repairChecksum(result) });
    expect(repaired.segment?.checksumIsRight).toBe(true);
    expect(repaired.answer).toBe('syn-ack');
  });

  test('an address changed: the same octets no longer hold, as the pseudo-header is summed too', () => {
    expect(run({ source: '192.0.2.2' }).segment?.checksumIsRight).toBe(false);
  });

  test('options taken out and put in again lie as the kernel laid them', () => {
    const { segment, addresses } = recorded('syn');
    if (!segment) throw new Error('the SYN can be read');
    const scale = segment.options.find(({ kind }) => kind === 'window-scale');
    const without = withOption(segment.options, 'window-scale', undefined);
    expect(without.map(({ kind }) => kind)).toEqual(['mss', 'sack-permitted', 'timestamps']);
    const options = withOption(without, 'window-scale', scale);
    expect(composeSegment({ segment, addresses }, { options })).toEqual({ octets: recordings.syn.octets });
  });

  test('what does not fit is refused by name', () => {
    const { segment, addresses } = recorded('sack');
    if (!segment) throw new Error('the ACK can be read');
    const blocks = Array.from({ length: 4 }, () => ({ start: 1, end: 2 }));
    const options = withOption(segment.options, 'sack', { kind: 'sack', blocks });
    const { problem } = composeSegment({ segment, addresses }, { options }) as { problem: { code: string } };
    expect(problem.code).toBe('TCP_OPTIONS_TOO_LONG');
    const payload = new Uint8Array(MAX_OCTETS);
    expect(composeSegment({ segment, addresses }, { payload })).toMatchObject({
      problem: { code: 'SEGMENT_TOO_LONG' },
    });
  });

  test('a pasted IP packet is unwrapped, a segment that begins like one is not', () => {
    for (const id of ['request', 'syn-ipv6'] as const) {
      const packet = packetIn(lab.exports(recorded(id), paramsOf(recordings[id])));
      const { source, destination, octets } = recordings[id];
      const unwrapped = unwrapPacket(packet);
      expect(toHex(unwrapped.segment)).toBe(octets);
      expect(unwrapped.addresses).toEqual({ source, destination });
    }
    const lookalike = fromHex(composed({ sourcePort: 0x4500 }));
    expect(unwrapPacket(lookalike)).toEqual({ segment: lookalike });
  });
});

/** The one packet of a capture file: section and interface are 48 octets, then 28 before the packet. */
function packetIn(files: ReturnType<typeof lab.exports>): Uint8Array {
  const file = files.find(({ filename }) => filename.endsWith('.pcapng'))?.content as Uint8Array;
  const length = new DataView(file.buffer).getUint32(48 + 20, true);
  return file.subarray(48 + 28, 48 + 28 + length);
}

test('exports: the octets as text, as they are, and in an IP packet', () => {
  const [hex, bin, ...rest] = lab.exports(recorded('request'), paramsOf(recordings.request));
  expect(toHex(fromHex(String(hex?.content)))).toBe(recordings.request.octets);
  expect(toHex(bin?.content as Uint8Array)).toBe(recordings.request.octets);
  const ipv4 = decodeIpv4(packetIn(rest));
  expect(ipv4?.packet).toMatchObject({ source: '192.0.2.1', destination: '192.0.2.7', protocol: 6 });
  const ipv6 = decodeIpv6(packetIn(lab.exports(recorded('syn-ipv6'), paramsOf(recordings['syn-ipv6']))));
  expect(ipv6?.packet).toMatchObject({ source: '2001:db8::1', protocol: 6 });
  expect(lab.exports(run({ source: '' }), paramsOf()).map(({ filename }) => filename)).toEqual([
    'segment.hex',
    'segment.bin',
  ]);
});

describe('predictions', () => {
  const answerOf = (id: string) => {
    const prediction = lab.predictions.find((one) => one.id === id);
    if (!prediction) throw new Error(`no prediction ${id}`);
    const params = paramsOf(prediction.set);
    return prediction.answer(lab.run(params, { seed: 1 }), params);
  };

  test('an empty ACK has 20 octets of fixed header, 10 of timestamps and 2 NOPs', () => {
    expect(answerOf('empty-ack')).toBe(20 + 10 + 2);
  });

  test('the window field of 502 is shifted by 7, as the options say', () => {
    expect(answerOf('window-field')).toBe('shifted');
    expect(recorded('ack').segment?.window).toBe(502);
    expect(recorded('syn').segment?.options).toContainEqual({ kind: 'window-scale', shift: 7 });
    expect(t('predictions.window-field.options.shifted')).toBe(`${(502 * 128).toLocaleString('en')} octets`);
  });

  test('the answer to the GET acknowledges its octets of data: the server did so in the capture', () => {
    expect(answerOf('what-ack-says')).toBe('octets-more');
    // The captured answer to the request acknowledged 0x0f10dc39.
    expect(recorded('request').next).toBe(0x0f10dc39);
    expect(recorded('fin').segment?.sequenceNumber).toBe(0x0f10dc39);
  });

  test('two connections of one page differ in the browser’s port', () => {
    expect(answerOf('two-connections')).toBe('source-port');
  });

  test('each has its question, its reason and its options', () => {
    for (const { id, ...rest } of lab.predictions) {
      const options = 'options' in rest ? rest.options.map((option) => `options.${option}`) : [];
      for (const key of ['question', 'why', ...options]) expect(t.has(`predictions.${id}.${key}`)).toBe(true);
    }
  });
});

describe('tasks', () => {
  const verdictOf = (id: string, change: Partial<SegmentParams>) => {
    const task = lab.tasks.find((one) => one.id === id);
    if (!task) throw new Error(`no task ${id}`);
    const params = paramsOf(change);
    const verdict = task.check(lab.run(params, { seed: 1 }), params);
    if (verdict.hint) expect(t(verdict.hint)).not.toMatch(/\[|undefined/);
    return verdict.passed ? 'passed' : verdict.hint?.key;
  };
  const synAck = { flags: flagsOf('syn', 'ack'), acknowledgmentNumber: 100 };
  const broken = { octets: '00' };
  const octetsOf = (fields: Partial<TcpSegment>) => ({ octets: composed(fields) });

  test('none is solved by the lab as it opens, all have a prompt', () => {
    for (const { id, prompt } of lab.tasks) {
      expect(verdictOf(id, {})).not.toBe('passed');
      expect(verdictOf(id, broken)).not.toBe('passed');
      expect(t.has(prompt)).toBe(true);
    }
  });

  test('answer-syn: the SYN is 2^32 − 1, so its 100 octets are 0 to 99 (RFC 9293 §3.4)', () => {
    expect(verdictOf('answer-syn', octetsOf(synAck))).toBe('passed');
    expect(verdictOf('answer-syn', {})).toBe('tasks.answer-syn.flags');
    expect(verdictOf('answer-syn', recordings['syn-ack'])).toBe('tasks.answer-syn.ack');
    const forgotten = octetsOf({ ...synAck, acknowledgmentNumber: 0 });
    expect(verdictOf('answer-syn', forgotten)).toBe('tasks.answer-syn.data');
    const flipped = withBit(fromHex(composed(synAck)), 0, 1);
    expect(verdictOf('answer-syn', { octets: flipped })).toBe('tasks.checksum');
  });

  test('ack-fin: 3,000 + 1,000 + 1', () => {
    const ack = (acknowledgmentNumber: number) =>
      verdictOf('ack-fin', octetsOf({ flags: flagsOf('ack'), acknowledgmentNumber }));
    expect(ack(4_001)).toBe('passed');
    expect(ack(4_000)).toBe('tasks.ack-fin.fin');
    expect(ack(3_001)).toBe('tasks.ack-fin.plus-one');
    expect(ack(5_000)).toBe('tasks.ack-fin.ack');
    expect(verdictOf('ack-fin', octetsOf({ acknowledgmentNumber: 4_001 }))).toBe('tasks.ack-fin.no-ack');
    expect(verdictOf('ack-fin', octetsOf(synAck))).toBe('tasks.ack-fin.flags');
  });

  test('one-mebibyte: 8,192 shifted by 7, and never in a SYN (RFC 7323 §2.2)', () => {
    const window = (window: number, shift: number, flag: 'ack' | 'syn' = 'ack') =>
      verdictOf('one-mebibyte', { ...octetsOf({ flags: flagsOf(flag), window }), shift });
    expect(window(8192, 7)).toBe('passed');
    expect(window(0xffff, 4)).toBe('tasks.one-mebibyte.shift');
    expect(window(32_768, 5)).toBe('passed');
    expect(window(502, 7)).toBe('tasks.one-mebibyte.window');
    expect(window(8192, 7, 'syn')).toBe('tasks.one-mebibyte.syn');
  });

  test('longest-header: 15 words, the most that four bits can say', () => {
    const blocks = (count: number) => Array.from({ length: count }, () => ({ start: 1, end: 2 }));
    const sack = (count: number) =>
      withOption(recorded('syn').segment?.options ?? [], 'sack', { kind: 'sack', blocks: blocks(count) });
    expect(verdictOf('longest-header', octetsOf({ options: sack(2) }))).toBe('passed');
    expect(verdictOf('longest-header', octetsOf({ options: sack(1) }))).toBe('tasks.longest-header.short');
  });

  test('two-flips: the same column of two words, one up and one down', () => {
    const flipped = (...bits: number[]) => {
      let octets = fromHex(recordings.syn.octets);
      for (const bit of bits)
        octets = fromHex(withBit(octets, bit, ((octets[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1 ? 0 : 1));
      return verdictOf('two-flips', { octets: toHex(octets) });
    };
    // eb46 0050: column 0 is 1 in the first word and 0 in the second.
    expect(flipped(0, 16)).toBe('passed');
    expect(flipped(0)).toBe('tasks.two-flips.count');
    expect(flipped(0, 17)).toBe('tasks.two-flips.column');
    // Column 3 is 0 in both: 0xeb is 1110 1011.
    expect(flipped(3, 19)).toBe('tasks.two-flips.direction');
    expect(verdictOf('two-flips', { octets: composed({}) })).toBe('tasks.two-flips.other');
  });

  test('provoke-reset: an ACK for nothing (RFC 9293 §3.10.7.2)', () => {
    expect(verdictOf('provoke-reset', recordings.ack)).toBe('passed');
    expect(verdictOf('provoke-reset', recordings.syn)).toBe('tasks.provoke-reset.syn');
    expect(verdictOf('provoke-reset', recordings.rst)).toBe('tasks.provoke-reset.rst');
    expect(verdictOf('provoke-reset', octetsOf({ flags: flagsOf('fin') }))).toBe(
      'tasks.provoke-reset.nothing',
    );
    const unsure = { octets: withBit(fromHex(recordings.ack.octets), 0, 0) };
    expect(verdictOf('provoke-reset', unsure)).toBe('tasks.checksum');
  });
});

describe('what is simplified', () => {
  test('a segment has up to 200 octets', () => {
    expect(lab.params.safeParse({ octets: '00'.repeat(MAX_OCTETS) }).success).toBe(true);
    expect(lab.params.safeParse({ octets: '00'.repeat(MAX_OCTETS + 1) }).success).toBe(false);
  });

  test('an MSS outside a SYN is read all the same', () => {
    const octets = composed({ flags: flagsOf('ack'), options: [{ kind: 'mss', octets: 900 }] });
    expect(run({ octets }).segment?.options).toEqual([{ kind: 'mss', octets: 900 }]);
  });

  test('the server knows of no connection: even an ACK that would complete a handshake is reset', () => {
    expect(recorded('ack').answer).toBe('reset');
  });

  test('the pseudo-header has the addresses as given', () => {
    const moved = run({ ...recordings['syn-ipv6'], destination: '2001:db8::8' });
    expect(moved.segment?.checksumIsRight).toBe(false);
  });
});

describe('for any params', () => {
  const hex = fc.uint8Array({ maxLength: MAX_OCTETS }).map((octets) => toHex(octets));
  const likeASegment = fc
    .tuple(fc.constantFrom(...recordingIds), fc.array(fc.tuple(fc.nat(1600), fc.nat(255)), { maxLength: 4 }))
    .map(([id, changes]) => {
      const octets = fromHex(recordings[id].octets);
      for (const [at, value] of changes) octets[at % octets.length] = value;
      return toHex(octets);
    });
  const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 45 }));
  const anyParams = fc.record({
    octets: fc.oneof(hex, likeASegment, fc.string({ maxLength: 2 * MAX_OCTETS })),
    source: address,
    destination: address,
    shift: fc.integer({ min: 0, max: 14 }),
  });

  test('the run never throws, is the same again, and its words are known', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        fc.pre(lab.params.safeParse(params).success);
        const result = run(params);
        expect(run(params)).toEqual(result);
        expect(lab.steps(result, paramsOf(params)).length).toBeGreaterThan(0);
        for (const sentence of saidBy(result)) expect(sentence).not.toMatch(/^\[|undefined|NaN/);
        for (const { id, value } of result.fields) {
          expect(t.has(`fields.${id}`)).toBe(true);
          expect(t.has(value.key)).toBe(true);
        }
        for (const task of lab.tasks) task.check(result, paramsOf(params));
        lab.exports(result, paramsOf(params));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('the sum, word by word, says the same as the reader', () => {
    fc.assert(
      fc.property(likeASegment, (octets) => {
        const { segment, checksum } = run({ octets });
        fc.pre(segment !== undefined);
        expect(checksum?.computed === checksum?.seen).toBe(segment.checksumIsRight);
      }),
      { seed: SEED },
    );
  });
});
