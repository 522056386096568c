import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventStreamParser } from '@/lib/protocols/sse';
import { callsOf, judgeExercise } from '@/lib/runner';
import { runInProcess } from '@/lib/runner/engine/in-process';
import { loadMessages } from '@/lib/server/text';
import { createText } from '@/lib/text';
import { chunksOf, parseCuts, toggleCut } from './chunks';
import { lab, type StreamParams } from './lab';
import { meaningsOf, rowsOf } from './meanings';
import { heldOctets, MAX_OCTETS } from './run';
import { samples, sampleIds } from './samples';
import { shown, toOctets } from './source';

const t = createText(loadMessages('en'), 'en', 'labs.event-stream');
const paramsOf = (change: Partial<StreamParams>) => ({ ...lab.params.parse({}), ...change });
const run = (change: Partial<StreamParams>) => lab.run(paramsOf(change), { seed: 1 });
const stepsOf = (change: Partial<StreamParams>) =>
  lab.steps(run(change), paramsOf(change)).map(({ text }) => t(text));

const anyParams = fc.record({
  stream: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 * MAX_OCTETS }).map((text) => text.slice(0, 4 * MAX_OCTETS)),
    fc
      .array(
        fc.constantFrom('data:', 'id: ', '\n', '\\r', '€', '\\xE2', '\\uFEFF', '\\0', 'retry: ', '5', ':'),
      )
      .map((parts) => parts.join('')),
  ),
  every: fc.integer({ min: 0, max: MAX_OCTETS }),
  cuts: fc.oneof(fc.string({ maxLength: 400 }), fc.array(fc.nat(60), { maxLength: 20 }).map(String)),
});

describe('the source', () => {
  test('stands for octets, seen and unseen', () => {
    expect([...toOctets('a\n\\r\\n\\0\\\\\\xE2\\u20AC')]).toEqual([
      0x61, 10, 13, 10, 0, 0x5c, 0xe2, 0xe2, 0x82, 0xac,
    ]);
    expect([...toOctets('\\d {"a":"\\"}')]).toEqual([...new TextEncoder().encode('\\d {"a":"\\"}')]);
    expect(shown('a\r\n\0')).toBe('a\\r\\n\\0');
  });

  test('cuts are made and taken back, and chunks cover everything once', () => {
    expect(toggleCut('40,12', 20)).toBe('12,20,40');
    expect(toggleCut('12,20', 20)).toBe('12');
    expect(parseCuts('3,x,,3, 7')).toEqual([3, 7]);
    expect(chunksOf(10, { every: 4, cuts: '6,99' })).toEqual([
      { start: 0, end: 4 },
      { start: 4, end: 6 },
      { start: 6, end: 8 },
      { start: 8, end: 10 },
    ]);
    expect(chunksOf(0, { every: 0, cuts: '' })).toEqual([]);
  });
});

describe('the run', () => {
  test('never fails, whatever the params, says every step, and the same again', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const result = lab.run(params, { seed: 1 });
        expect(lab.run(params, { seed: 1 })).toEqual(result);
        for (const { text } of lab.steps(result, params)) expect(t(text)).not.toMatch(/^\[/);
        expect(result.moments.at(-1)?.end ?? 0).toBe(result.octets.length);
        const whole = new EventStreamParser();
        expect(result.events.map(({ type, data, lastEventId }) => ({ type, data, lastEventId }))).toEqual(
          whole.push(result.octets),
        );
        expect(result.rest).toEqual(whole.state);
      }),
      { numRuns: 300 },
    );
  });

  test('where it is cut changes when events come, never which', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const events = (change: Partial<StreamParams>) =>
          lab
            .run({ ...params, ...change }, { seed: 1 })
            .events.map(({ type, data, lastEventId }) => ({ type, data, lastEventId }));
        expect(events({})).toEqual(events({ every: 0, cuts: '' }));
      }),
    );
  });

  test('every octet has a meaning and a row', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const { octets, spans } = lab.run(params, { seed: 1 });
        const meanings = meaningsOf(octets, spans);
        for (const { path, note } of meanings) {
          expect(path.length).toBeGreaterThan(0);
          for (const name of path) expect(t.has(`spans.${name}`) ? '' : name).toBe('');
          expect(note).not.toBe('');
        }
        const rows = rowsOf(octets, spans);
        expect(rows.map(({ start }) => start)).toEqual(
          octets.length ? [0, ...rows.slice(0, -1).map(({ end }) => end)] : [],
        );
        expect(rows.at(-1)?.end ?? 0).toBe(octets.length);
      }),
      { numRuns: 200 },
    );
  });

  test('octets of a character that is not whole are counted as the decoder holds them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }), fc.nat(12), (text, end) => {
        const octets = new TextEncoder().encode(text).subarray(0, end);
        const whole = octets.subarray(0, octets.length - heldOctets(octets));
        expect(new TextDecoder('utf-8', { fatal: true }).decode(whole)).toBe(
          new TextDecoder().decode(octets, { stream: true }),
        );
      }),
    );
  });

  test.each(sampleIds)('the sample %s reads as it is told', (id) => {
    const said = stepsOf({ stream: samples[id].stream });
    for (const sentence of said) expect(sentence).not.toMatch(/\[[\w.-]+\]|undefined/);
    expect(said.length).toBeGreaterThan(2);
  });

  test('tells a line, a cut and a blank line in sentences', () => {
    expect(stepsOf({ stream: 'data: €5\n\n', cuts: '7' })).toEqual([
      'Chunk 1 ends after octet 7, within a character. One octet of it waits for the others; the line buffer keeps “data: ”.',
      'The line “data: €5” ends. Its value and an LF go into the data buffer, which now holds one line: “€5\\n”.',
      'A blank line. The page gets an event of type “message” with the data “€5”.',
      'That is all there is. Every block has ended, and the parser waits for more.',
    ]);
  });
});

describe('predictions', () => {
  // HTML §9.2.5 and §9.2.6, worked out by hand.
  const answers = {
    'no-blank-line': 1,
    'cut-character': 'whole',
    'two-spaces': 'one',
    'id-alone': 'id-only',
  };
  test.each(lab.predictions)('$id', (prediction) => {
    const params = paramsOf(prediction.set);
    expect(prediction.answer(lab.run(params, { seed: 1 }), params)).toBe(
      answers[prediction.id as keyof typeof answers],
    );
  });
});

describe('tasks', () => {
  const check = (id: string, change: Partial<StreamParams>) => {
    const params = paramsOf(change);
    const verdict = lab.tasks.find((task) => task.id === id)?.check(lab.run(params, { seed: 1 }), params);
    if (verdict?.hint) expect(t(verdict.hint)).not.toMatch(/^\[/);
    return verdict?.passed ? 'passed' : verdict?.hint?.key.replace(`tasks.${id}.`, '');
  };
  const cases: [string, string, Partial<StreamParams>][] = [
    ['poem', 'none', { stream: 'data: a\n' }],
    ['poem', 'lines', { stream: 'data: a\ndata: b\n\n' }],
    ['poem', 'passed', { stream: 'data: a\ndata: b\ndata\ndata: d\n\n' }],
    ['cut-character', 'none', { stream: 'data: €\n\n', cuts: '7' }],
    ['cut-character', 'outside', { stream: 'data: é\n\n', cuts: '6' }],
    ['cut-character', 'not-data', { stream: ': é\n\n', cuts: '3' }],
    ['cut-character', 'broken', { stream: 'data: é\\xFF\n\n', cuts: '7' }],
    ['cut-character', 'naive', { stream: 'data:é\n\n', cuts: '6' }],
    ['cut-character', 'passed', { stream: 'data: é\n\n', cuts: '7' }],
    ['cut-character', 'passed', { stream: 'data: é\n\n', every: 7 }],
    ['cut-crlf', 'none', { stream: 'data: a\n\n' }],
    ['cut-crlf', 'whole', { stream: 'data: a\\r\ndata: b\\r\n\\r\n', cuts: '3' }],
    ['cut-crlf', 'no-event', { stream: 'data: a\\r\n', cuts: '8' }],
    ['cut-crlf', 'one-line', { stream: 'data: a\\r\n\\r\n', cuts: '8' }],
    ['cut-crlf', 'passed', { stream: 'data: a\\r\ndata: b\\r\n\\r\n', every: 1 }],
    ['second-mark', 'first', { stream: 'data: a\n\n\\uFEFFdata: b\n\n' }],
    ['second-mark', 'second', { stream: '\\uFEFFdata: a\n\n' }],
    ['second-mark', 'no-event', { stream: '\\uFEFF\\uFEFFdata: a\n\n' }],
    ['second-mark', 'passed', { stream: samples.mark.stream }],
    ['ten-seconds', 'time', { stream: 'retry: 10\n' }],
    ['ten-seconds', 'unset', { stream: 'data\n\n' }],
    ['ten-seconds', 'ignored', { stream: 'retry: 5s\nretry: 10000\n' }],
    ['ten-seconds', 'passed', { stream: 'retry: 10000\nretry: 5s\n' }],
    ['null-id', 'none', { stream: 'id: 1\ndata\n\n' }],
    ['null-id', 'no-event', { stream: 'id: 1\\0\n\n' }],
    ['null-id', 'no-earlier', { stream: 'id: 1\\0\ndata\n\n' }],
    ['null-id', 'passed', { stream: 'id: 1\nid: 2\\0\ndata\n\n' }],
    ['take-back', 'no-id', { stream: 'data\n\n' }],
    ['take-back', 'still', { stream: 'id: 1\ndata\n\ndata\n\n' }],
    ['take-back', 'passed', { stream: samples.blocks.stream }],
  ];
  test.each(cases)('%s: %s', (id, outcome, change) => expect(check(id, change)).toBe(outcome));

  test('each is failed and passed above', () => {
    for (const { id } of lab.tasks) {
      const outcomes = cases.filter(([task]) => task === id).map(([, outcome]) => outcome);
      expect(outcomes).toContain('passed');
      expect(new Set(outcomes).size).toBeGreaterThan(2);
    }
  });
});

describe('what is simplified', () => {
  test('400 octets and no more; the parser itself goes on', () => {
    const stream = `data: ${'x'.repeat(500)}\n\n`;
    expect(run({ stream })).toMatchObject({ isTooLong: true, events: [] });
    expect(new EventStreamParser().push(toOctets(stream))).toHaveLength(1);
  });

  test('chunks are cuts and nothing else: their edges leave no octet behind', () => {
    const { chunks, octets } = run({ every: 3 });
    expect(chunks.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(octets.length);
  });

  test('no time: no step has one', () => {
    expect(
      lab.steps(run({ every: 5 }), paramsOf({ every: 5 })).every(({ timeMs }) => timeMs === undefined),
    ).toBe(true);
  });
});

describe('the exercise', () => {
  const judge = async (id: string, code: string) => {
    const stage = lab.exercise?.stages.find((one) => one.id === id);
    if (!stage) throw new Error(id);
    return judgeExercise(stage, await runInProcess({ code, calls: callsOf(stage) }));
  };

  test('right answers written in another way pass', async () => {
    const lines = `export const splitLines = (chunks) => { const all = chunks.join(''); const end = /\\r\\n|\\r|\\n/g;
      const out = []; let at = 0; for (const m of all.matchAll(end)) { out.push(all.slice(at, m.index)); at = m.index + m[0].length; } return out; }`;
    const field = `export function parseLine(line) { if (line.startsWith(':')) return null;
      const [, name, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line); return { value, name }; }`;
    const events = `export function readEvents(lines) { const events = []; let block = [], id = '';
      for (const line of lines) { if (line !== '') { block.push(line); continue; }
        const fields = block.filter((l) => l[0] !== ':').map((l) => { const i = l.indexOf(':'); return i < 0 ? [l, ''] : [l.slice(0, i), l.slice(i + 1).replace(/^ /, '')]; });
        for (const [n, v] of fields) if (n === 'id' && v.indexOf('\\0') === -1) id = v;
        const data = fields.filter(([n]) => n === 'data').map(([, v]) => v);
        const type = fields.filter(([n]) => n === 'event').map(([, v]) => v).pop();
        if (data.length) events.push({ lastEventId: id, data: data.join('\\n'), type: type || 'message' });
        block = []; } return events; }`;
    const octets = `export function wholeLength(octets) { let at = 0, end = 0; while (at < octets.length) { const o = octets[at];
        at += o < 128 ? 1 : o < 0xe0 ? 2 : o < 0xf0 ? 3 : 4; if (at <= octets.length) end = at; } return end; }`;
    for (const [id, code] of Object.entries({ lines, field, events, octets })) {
      const verdict = await judge(id, code);
      expect({ id, passed: verdict.passed }).toEqual({ id, passed: true });
    }
  });
});
