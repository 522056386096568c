import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { HpackDecoder, HpackEncoder } from '@/lib/protocols/hpack';
import { callsOf, judgeExercise } from '@/lib/runner';
import { runInProcess } from '@/lib/runner/engine/in-process';
import type { WireAnswer } from '../wire';
import { FIRST_LISTS, lab, type HpackParams } from './lab';
import { parseLists, writeLists } from './parse-lists';
import { recordingIds, recordings } from './recordings';
import { readRecording } from './sources';

const SEED = 7541;
const defaults = lab.params.parse({});
const withParams = (change: Partial<HpackParams>) => lab.params.parse({ ...defaults, ...change });
const run = (change: Partial<HpackParams> = {}) => lab.run(withParams(change), { seed: 1 });

function check(id: string, change: Partial<HpackParams>) {
  const task = lab.tasks.find((one) => one.id === id)!;
  const verdict = task.check(run(change), withParams(change));
  return verdict.passed ? 'passed' : verdict.hint?.key.replace('tasks.', '');
}

const own = (lists: string, rest: Partial<HpackParams> = {}): Partial<HpackParams> => ({
  source: 'own',
  lists,
  ...rest,
});
const request = (path: string, more = '') =>
  `:method: GET\n:scheme: https\n:authority: www.example.com\n:path: ${path}${more}`;

describe('tasks', () => {
  test('eleven octets: the table for :authority, the Huffman code for the path', () => {
    expect(check('eleven-octets', {})).toBe('eleven-octets.other');
    expect(check('eleven-octets', own(request('/lab/see')))).toBe('eleven-octets.first');
    const two = `${request('/')}\n\n${request('/lab/see')}`;
    expect(check('eleven-octets', own(two, { huffman: 'never' }))).toBe('eleven-octets.long');
    expect(check('eleven-octets', own(two))).toBe('passed');
    expect(check('eleven-octets', own(`${request('/lab/see')}\n\n${request('/lab/see')}`))).toBe(
      'eleven-octets.repeated',
    );
  });

  test('evict :authority: by another field, not by a new limit', () => {
    expect(check('evict-authority', { source: 'octets' })).toBe('sender');
    expect(check('evict-authority', own('a: b'))).toBe('evict-authority.never');
    expect(check('evict-authority', own(FIRST_LISTS))).toBe('evict-authority.room');
    expect(check('evict-authority', own(`${request('/')}\n\n@table 0\n${request('/')}`))).toBe(
      'evict-authority.resized',
    );
    expect(check('evict-authority', own(request('/a-path'), { tableSize: 70 }))).toBe('passed');
  });

  test('differ, and silently: what the receiver misses, and what it takes for another', () => {
    const lists = `${request('/')}\n\n${request('/', '\nx: 1')}\n\n${request('/', '\nx: 1')}`;
    expect(check('differ', own(lists))).toBe('differ.equal');
    expect(check('differ', own(lists, { skipped: 3 }))).toBe('differ.harmless');
    const hidden = `${request('/')}\n\nx: 1\n\n:method: GET`;
    expect(check('differ', own(hidden, { skipped: 2 }))).toBe('differ.hidden');
    expect(check('silent', own(hidden, { skipped: 2 }))).toBe('differ.hidden');
    expect(check('differ', own(lists, { skipped: 2 }))).toBe('passed');
    // Row 63 is :authority at the sender and nothing at the receiver; row 62 is x there, :authority here.
    expect(check('silent', own(lists, { skipped: 2 }))).toBe('silent.loud');
    const silent = `:authority: a\n\n:authority: b\n\n:authority: b`;
    expect(check('silent', own(silent, { skipped: 2 }))).toBe('passed');
    expect(run(own(silent, { skipped: 2 })).blocks[2]?.received).toEqual([
      { name: ':authority', value: 'a' },
    ]);
    expect(check('silent', own(silent))).toBe('differ.equal');
  });

  test('a cookie that no table may hold: the mark that lasts, both times', () => {
    expect(check('secret', {})).toBe('secret.none');
    expect(check('secret', own('cookie: a=1\n\ncookie: a=1'))).toBe('secret.indexed');
    expect(check('secret', own('!cookie: a=1'))).toBe('secret.none');
    expect(check('secret', own('!cookie: a=1\n\n~cookie: a=1'))).toBe('secret.without');
    expect(check('secret', own('!cookie: a=1\n\n!cookie: a=1'))).toBe('passed');
  });

  test('the shortest block that must be refused has one octet', () => {
    expect(check('shortest-error', {})).toBe('shortest-error.paste');
    expect(check('shortest-error', { source: 'octets', octets: '' })).toBe('shortest-error.nothing');
    expect(check('shortest-error', { source: 'octets', octets: '82' })).toBe('shortest-error.fine');
    expect(check('shortest-error', { source: 'octets', octets: '8280' })).toBe('shortest-error.long');
    for (const octets of ['80', 'be', '40', '1f']) {
      expect(check('shortest-error', { source: 'octets', octets })).toBe('passed');
    }
  });
});

describe('predictions', () => {
  const answer = (id: string) => {
    const prediction = lab.predictions.find((one) => one.id === id)!;
    const params = withParams(prediction.set);
    return prediction.answer(lab.run(params, { seed: 1 }), params);
  };

  test('the same again: an octet a field, but for the path that Chromium writes out', () => {
    const block = fromHex(recordings.polling[2]);
    // 16 indices; 04, a length and 17 octets of Huffman code for /api/messages?after=1042.
    expect(answer('same-again')).toBe(16 + 1 + 1 + 17);
    expect(answer('same-again')).toBe(block.length);
    // What the question says of the block before.
    expect(recordings.polling[1].length / 2).toBe(118);
  });

  test('a field costs an octet at least', () => expect(answer('indexed-field')).toBe('one-octet-a-field'));
  test('a table of 256 octets forgets too early', () => expect(answer('small-table')).toBe('larger'));
  test('a block thrown away is missed by the next', () => expect(answer('thrown-away')).toBe('error'));
});

describe('truth', () => {
  test.each(recordingIds)('%s: with the choices of its encoder, ours writes the same octets', (source) => {
    const { blocks } = run({ source, count: 8 });
    expect(blocks.map(({ octets }) => toHex(octets))).toEqual([...recordings[source]]);
  });

  test('own lists: every field that fits is added', () => {
    const { moments } = run(own(request('/never-again')));
    expect(moments.map(({ added }) => added?.name)).toEqual([undefined, undefined, ':authority', ':path']);
  });

  test('one direction: the receiver never sends', () => {
    expect(run().blocks.every(({ sent }) => sent.some(({ name }) => name === ':method'))).toBe(true);
  });

  test('no frames: a block is what the encoder wrote, and decodes as it is', () => {
    const decoder = new HpackDecoder();
    for (const { octets, received } of run().blocks) expect(decoder.decode(octets)).toEqual(received);
  });

  test('a block is thrown away at a press: the receiver’s table stays as it was', () => {
    const { moments } = run({ source: 'polling', count: 3, skipped: 2 });
    const of = (block: number) => moments.filter((moment) => moment.block === block);
    expect(of(1).at(-1)?.receiver).toBe(of(0).at(-1)?.receiver);
    expect(of(1).at(-1)?.sender.length).toBeGreaterThan(of(0).at(-1)!.sender.length);
  });
});

test('lists are read as they are written, marks and limits with them', () => {
  const text = `@table 256\n:method: GET\n!cookie: a: b\n~x: \n\nname: snow ☃`;
  const { lists, problem } = parseLists(text);
  expect(problem).toBeUndefined();
  expect(writeLists(lists)).toBe(text);
  for (const id of recordingIds) {
    expect(parseLists(writeLists(readRecording(id))).lists).toEqual(readRecording(id));
  }
});

test.each([
  ['GET / HTTP/1.1', 'lists.noField'],
  ['a: b\n@table 3', 'lists.table'],
  ['@table 4097', 'lists.table'],
  ['a: b\n\n'.repeat(13), 'lists.tooMany'],
  ['a: b\n'.repeat(41), 'lists.tooLong'],
])('a line that is no field is named: %j', (text, key) => {
  expect(run(own(text)).inputProblem?.text.key).toBe(key);
});

test('a wrong octet is named with its rule, and what stood before it can be read', () => {
  const { blocks, moments } = run({ source: 'octets', octets: '8286\n82be84\n82' });
  expect(blocks.map(({ problem }) => problem && [problem.code, problem.offset, problem.rule])).toEqual([
    undefined,
    ['HPACK_INDEX_BEYOND_TABLE', 1, 'RFC 7541 §2.3.3'],
    ['HPACK_CONTEXT_LOST', 0, 'RFC 9113 §4.3'],
  ]);
  expect(moments.map(({ block, kind }) => `${block} ${kind}`)).toEqual([
    '0 indexed',
    '0 indexed',
    '1 indexed',
    '1 problem',
    '2 problem',
  ]);
});

test('HTTP/1.1 is the head that a browser would have sent', () => {
  const head = 'GET / HTTP/1.1\r\nhost: www.example.com\r\naccept: */*\r\n\r\n';
  expect(run(own(request('/', '\naccept: */*'))).total.http1).toBe(head.length);
  expect(run(own(':status: 200\ndate: x')).total.http1).toBe('HTTP/1.1 200 \r\ndate: x\r\n\r\n'.length);
});

test('four ways: each table takes something off', () => {
  const { total } = run({ source: 'page', count: 8 });
  expect(total.http1).toBeGreaterThan(total.literals);
  expect(total.literals).toBeGreaterThan(total.static);
  expect(total.static).toBeGreaterThan(total.full);
  // The static table alone is an encoder of a table of no size.
  const [list] = readRecording('page');
  expect(run({ source: 'page', count: 1 }).total.static).toBe(
    new HpackEncoder({ maxTableSize: 0 }).encode(list!.fields).length,
  );
});

test('on the wire goes a client’s preface, and every block that is not thrown away in a stream of its own', () => {
  const params = withParams(own(`a: b\n\nc: d\n\ne: f`, { skipped: 2 }));
  const result = lab.run(params, { seed: 1 });
  const octets = lab.wire!.octets(result, params) as Uint8Array;
  const preface = toHex(new TextEncoder().encode('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')) + '000000040000000000';
  const frame = (hex: string, stream: string) =>
    `${(hex.length / 2).toString(16).padStart(6, '0')}010500000${stream}${hex}`;
  const [first, , third] = result.blocks.map((block) => toHex(block.octets));
  expect(toHex(octets)).toBe(preface + frame(first!, '001') + frame(third!, '003'));
});

test('what nghttp2 read is compared with what our decoder read', async () => {
  const params = withParams(own('a: b\n\nc: d'));
  const result = lab.run(params, { seed: 1 });
  const heard = (stream: number, name: string, value: string) =>
    ({ atMs: 1, type: 'headers', stream, fields: [{ name, value }], endStream: true }) as const;
  const understood = [heard(1, 'a', 'b'), heard(3, 'c', 'other')];
  const answer: WireAnswer = {
    peer: 'http2',
    received: [],
    understood,
    closedBy: 'wire',
    closeReason: 'quiet',
  };
  const reading = await lab.wire!.read!(answer, result, params);
  expect(reading.sentences[0]).toEqual({ key: 'wire.verdict', values: { blocks: 2, same: 1 } });
  // What the frames say, here of an index beyond nghttp2's table, is said after it.
  const octets = fromHex('000008070000000000 00000003 00000009');
  const closed = await lab.wire!.read!({ ...answer, received: [{ atMs: 1, octets }] }, result, params);
  expect(closed.sentences.map(({ key }) => key)).toEqual(['wire.verdict', 'wire.read.goaway']);
  expect(closed.spans.length).toBeGreaterThan(0);
});

test('right answers that are written differently pass', async () => {
  const solutions: Record<string, string> = {
    'encode-integer': `export const encodeInteger = (value: number, n: number, flags: number) => {
      const go = (rest: number): number[] => rest < 128 ? [rest] : [128 + rest % 128, ...go(Math.trunc(rest / 128))];
      const max = (1 << n) - 1;
      return value < max ? [flags + value] : [flags + max, ...go(value - max)];
    };`,
    'decode-integer': `export function decodeInteger(bytes: number[], offset: number, n: number) {
      const first = bytes[offset] % 2 ** n;
      if (first !== 2 ** n - 1) return { next: offset + 1, value: first };
      const end = bytes.findIndex((octet, i) => i > offset && octet < 128);
      const value = bytes.slice(offset + 1, end + 1).reduceRight((sum, octet) => sum * 128 + (octet % 128), 0) + first;
      return { next: end + 1, value };
    }`,
    huffman: lab.exercise!.stages[2]!.solution.replace(
      /export function[^]*$/,
      `export function huffmanDecode(bytes: number[]) {
        let bits = bytes.map((octet) => octet.toString(2).padStart(8, '0')).join('');
        const out: number[] = [];
        for (let n = 5; n <= bits.length && n <= 30; n++) {
          const symbol = codes.get(bits.slice(0, n));
          if (symbol === undefined) continue;
          out.push(symbol); bits = bits.slice(n); n = 4;
        }
        return String.fromCharCode(...out);
      }`,
    ),
    decoder: lab
      .exercise!.stages[3]!.solution.replace('table.unshift(field)', 'table.splice(0, 0, [...field])')
      .replace('return { headers, tableSize: tableSize() }', 'return { tableSize: tableSize(), headers }'),
  };
  for (const stage of lab.exercise!.stages) {
    const report = await runInProcess({ code: solutions[stage.id]!, calls: callsOf(stage) });
    expect({ stage: stage.id, ...judgeExercise(stage, report) }).toMatchObject({ passed: true });
  }
});

test(`any params run, twice alike, and are told (seed ${SEED})`, () => {
  const line = fc.constantFrom(
    'a: b',
    ':authority: x',
    '!k: v',
    '~k: v',
    '',
    '@table 64',
    '@table 0',
    'no field',
    'k: ☃',
  );
  const anything = fc.record({
    source: fc.constantFrom('polling', 'page', 'client', 'own', 'octets'),
    count: fc.integer({ min: 1, max: 8 }),
    lists: fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n')),
    ),
    octets: fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.uint8Array({ maxLength: 60 }).map((octets) => toHex(octets)),
    ),
    tableSize: fc.integer({ min: 0, max: 4096 }),
    huffman: fc.constantFrom('auto', 'always', 'never'),
    skipped: fc.integer({ min: 0, max: 12 }),
  });
  fc.assert(
    fc.property(anything, (given) => {
      const params = lab.params.parse(given);
      const result = lab.run(params, { seed: 1 });
      expect(lab.run(params, { seed: 1 })).toEqual(result);
      const steps = lab.steps(result, params);
      expect(steps.length).toBe(Math.max(1, result.moments.length));
      lab.exports(result, params);
      lab.wire!.octets(result, params);
      for (const task of lab.tasks) task.check(result, params);
      for (const prediction of lab.predictions) prediction.answer(result, params);
      // The tables in steps are those of the decoders that judged whole blocks.
      for (const { receiver } of result.moments) {
        expect(receiver.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(4096);
      }
    }),
    { seed: SEED, numRuns: 150 },
  );
});
