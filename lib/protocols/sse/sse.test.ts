import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import {
  createEventSource,
  EventStreamParser,
  judgeAnswer,
  parseLine,
  requestFields,
  SseError,
  stepEventSource,
  writeEvent,
  type EventStreamParserOptions,
  type EventToWrite,
  type ServerSentEvent,
} from './index';

// Properties take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const octetsOf = (text: string) => new TextEncoder().encode(text);

function read(stream: string | Uint8Array, options: EventStreamParserOptions = {}) {
  const parser = new EventStreamParser(options);
  const events = parser.push(typeof stream === 'string' ? octetsOf(stream) : stream);
  return { parser, events };
}

const dataOf = (stream: string) => read(stream).events.map(({ data }) => data);

const codeOf = (work: () => unknown) => caught(SseError, work)?.code;

describe('the examples of HTML §9.2.6', () => {
  test('stock: three data lines make one event of three lines', () => {
    expect(read('data: YHOO\ndata: +2\ndata: 10\n\n').events).toEqual([
      { type: 'message', data: 'YHOO\n+2\n10', lastEventId: '' },
    ]);
  });

  test('four blocks: a comment, an event with an id, an id taken back, and one that is cut off', () => {
    const { events, parser } = read(
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event',
    );
    expect(events).toEqual([
      { type: 'message', data: 'first event', lastEventId: '1' },
      { type: 'message', data: 'second event', lastEventId: '' },
    ]);
    expect(parser.state.line).toBe('data:  third event');
    parser.end();
    expect(parser.state.line).toBe('');
  });

  test('data with nothing, data twice, and data: at the end without a blank line', () => {
    expect(dataOf('data\n\ndata\ndata\n\ndata:')).toEqual(['', '\n']);
  });

  test('one space after the colon is passed over, and only one', () => {
    expect(dataOf('data:test\n\ndata: test\n\ndata:  test\n\n')).toEqual(['test', 'test', ' test']);
  });
});

describe('lines', () => {
  test('end with LF, CR or CRLF, mixed as they come', () => {
    expect(dataOf('data: a\rdata: b\r\ndata: c\n\r\ndata: d\r\rdata: e\n\n')).toEqual(['a\nb\nc', 'd', 'e']);
  });

  test('a CR ends the block at once; an LF that comes later belongs to it', () => {
    const parser = new EventStreamParser();
    expect(parser.push(octetsOf('data: a\r\r'))).toHaveLength(1);
    expect(parser.push(octetsOf('\ndata: b\r'))).toHaveLength(0);
    expect(parser.push(octetsOf('\n'))).toHaveLength(0);
    expect(parser.push(octetsOf('\n'))).toEqual([{ type: 'message', data: 'b', lastEventId: '' }]);
  });

  test.each(['Data: x', ' data: x', 'data : x', 'dat: x', 'datax: x', 'DATA', 'x', 'ID:1', ': data: x'])(
    '%j is no data field',
    (line) => expect(dataOf(`${line}\n\n`)).toEqual([]),
  );

  test('a name may stand alone, and a colon may stand in a value', () => {
    expect(parseLine('event')).toEqual({ kind: 'event', value: '' });
    expect(dataOf('data: {"a":1}\n\n')).toEqual(['{"a":1}']);
    expect(dataOf('data::\n\n')).toEqual([':']);
  });
});

describe('octets', () => {
  test('a byte order mark is passed over once, at the very start', () => {
    expect(dataOf('\ufeffdata: a\n\n\ufeffdata: b\n\ndata: \ufeffc\n\n')).toEqual(['a', '\ufeffc']);
    expect(dataOf('\ufeff\ufeffdata: a\n\n')).toEqual([]);
    expect(dataOf('\n\ufeffdata: a\n\n')).toEqual([]);
  });

  test('what is not UTF-8 becomes U+FFFD, as the Encoding standard says', () => {
    const broken = Uint8Array.of(...octetsOf('data: '), 0xff, 0xe2, 0x82, 0x41, 0xc0, 0xaf, 0x0a, 0x0a);
    expect(read(broken).events[0]?.data).toBe('\ufffd\ufffdA\ufffd\ufffd');
  });

  test('a character that a line end cuts is broken, and the line end still ends the line', () => {
    const broken = Uint8Array.of(...octetsOf('data: '), 0xe2, 0x82, 0x0a, 0x0a);
    expect(read(broken).events[0]?.data).toBe('\ufffd');
  });
});

describe('fields', () => {
  test('id counts from the blank line on, even without data, until another comes', () => {
    const { parser, events } = read('id: 7\n');
    expect([parser.state.lastEventIdBuffer, parser.lastEventId]).toEqual(['7', '']);
    expect(events).toEqual([]);
    expect(parser.push(octetsOf('\ndata: x\n\n'))).toEqual([
      { type: 'message', data: 'x', lastEventId: '7' },
    ]);
    expect(parser.lastEventId).toBe('7');
  });

  test('an id with U+0000 is ignored as a whole, an empty one takes the last back', () => {
    expect(read('id: 1\nid: a\0b\ndata\n\nid:\ndata\n\n').events.map((event) => event.lastEventId)).toEqual([
      '1',
      '',
    ]);
  });

  test('what an earlier connection left behind is carried on', () => {
    expect(read('data: x\n\n', { lastEventId: '43' }).events[0]?.lastEventId).toBe('43');
  });

  test('event lasts for one block; empty, it is message', () => {
    const stream = 'event: a\ndata\n\ndata\n\nevent:\ndata\n\nevent: lost\n\ndata\n\n';
    expect(read(stream).events.map(({ type }) => type)).toEqual(['a', 'message', 'message', 'message']);
  });

  test.each([
    ['1500', 1500],
    ['0', 0],
    ['007', 7],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['2s', undefined],
    [' 5', undefined],
    ['٣', undefined],
    ['9'.repeat(400), undefined],
  ])('retry %j sets %j', (value, expected) => {
    expect(read(`retry: ${value}\n`).parser.reconnectionTimeMs).toBe(expected);
  });

  test('retry counts at once, without a blank line, and a wrong one changes nothing', () => {
    expect(read('retry: 10\nretry: x\n').parser.reconnectionTimeMs).toBe(10);
  });
});

describe('limits', () => {
  const tooMuch = (stream: string) => codeOf(() => read(stream, { maxBufferLength: 10 }));

  test('a line or the data of an event that is too long ends it', () => {
    expect(tooMuch('data: 12345')).toBe('SSE_BUFFER_LIMIT');
    expect(tooMuch(`data: 12345\n\n`)).toBe('SSE_BUFFER_LIMIT');
    expect(tooMuch('data: 1234\n\n')).toBeUndefined();
    expect(tooMuch('data:12345\ndata:1234\n\n')).toBeUndefined();
    expect(tooMuch('data:12345\ndata:12345\n\n')).toBe('SSE_BUFFER_LIMIT');
  });

  test('names the chunk, what was seen, what was allowed; and after it nothing is read', () => {
    const parser = new EventStreamParser({ maxBufferLength: 10 });
    parser.push(octetsOf('data: 1234\n'));
    const error = { code: 'SSE_BUFFER_LIMIT', offset: 11, seen: '11 characters' };
    expect(() => parser.push(octetsOf('data: 12345'))).toThrow(expect.objectContaining(error) as Error);
    expect(codeOf(() => parser.push(octetsOf('\n')))).toBe('SSE_PARSER_STOPPED');
  });

  test('after the end nothing is read', () => {
    const { parser } = read('data: x\n');
    parser.end();
    expect(codeOf(() => parser.push(octetsOf('\n')))).toBe('SSE_PARSER_STOPPED');
  });

  test('trip at the same event wherever the octets are cut', () => {
    fc.assert(
      fc.property(streams, cuts, (text, where) => {
        const outcome = (chunks: Uint8Array[]) => {
          const parser = new EventStreamParser({ maxBufferLength: 8 });
          let count = 0;
          const code = codeOf(() => {
            for (const chunk of chunks)
              for (const _ of cutAt(chunk, [...chunk.keys()])) count += parser.push(_).length;
          });
          return [count, code];
        };
        const whole = octetsOf(`${text}\n\n`);
        const code = codeOf(() => new EventStreamParser({ maxBufferLength: 8 }).push(whole));
        expect(outcome(cutAt(whole, where))[1]).toBe(code);
      }),
    );
  });
});

/** Text made of what matters in a stream, so that chance finds the corners. */
const streams = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        ':',
        ' ',
        'data',
        'data:',
        'data: ',
        'event: ',
        'id: ',
        'id',
        'retry: ',
      ),
      fc.constantFrom('\ufeff', '\0', '9', 'é', '€', '😀', 'x'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

const cuts = fc.array(fc.nat(200), { maxLength: 20 });

/** Octets of streams, some of them no longer UTF-8. */
const octetStreams = fc
  .tuple(streams, fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 3 }))
  .map(([text, changes]) => {
    const octets = octetsOf(text);
    for (const [at, octet] of changes) if (at < octets.length) octets[at] = octet;
    return octets;
  });

function cutAt(octets: Uint8Array, where: readonly number[]): Uint8Array[] {
  const edges = [...new Set([0, ...where.filter((at) => at < octets.length), octets.length])].sort(
    (a, b) => a - b,
  );
  return edges.slice(1).map((end, n) => octets.subarray(edges[n] ?? 0, end));
}

/** The standard's algorithm written down plainly: decode all, split all, then field by field. */
function plainly(octets: Uint8Array): { events: ServerSentEvent[]; lastEventId: string } {
  const lines = new TextDecoder().decode(octets).split(/\r\n|\n|\r/);
  lines.pop();
  const events: ServerSentEvent[] = [];
  let [data, type, id, lastEventId] = ['', '', '', ''];
  for (const line of lines) {
    if (line === '') {
      lastEventId = id;
      if (data !== '') events.push({ type: type || 'message', data: data.slice(0, -1), lastEventId });
      [data, type] = ['', ''];
      continue;
    }
    const [, name, value = ''] = /^([^:]*)(?::[ ]?([^]*))?$/.exec(line) ?? [];
    if (name === 'data') data += `${value}\n`;
    if (name === 'event') type = value;
    if (name === 'id' && !value.includes('\0')) id = value;
  }
  return { events, lastEventId };
}

describe('whatever the stream', () => {
  test('the parser agrees with the standard written down plainly', () => {
    fc.assert(
      fc.property(octetStreams, (octets) => {
        const { parser, events } = read(octets);
        expect({ events, lastEventId: parser.lastEventId }).toEqual(plainly(octets));
      }),
      { numRuns: 1000 },
    );
  });

  test('events and state are the same wherever the octets are cut, with a trace and without', () => {
    fc.assert(
      fc.property(octetStreams, cuts, fc.boolean(), (octets, where, traced) => {
        const parser = new EventStreamParser();
        const spans: Span[] = [];
        const events = cutAt(octets, where).flatMap((chunk) =>
          parser.push(chunk, traced ? spans : undefined),
        );
        const whole = read(octets);
        expect(events).toEqual(whole.events);
        expect(parser.state).toEqual(whole.parser.state);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the trace', () => {
  const trace = (octets: Uint8Array, where: readonly number[] = []) => {
    const parser = new EventStreamParser();
    const spans: Span[] = [];
    for (const chunk of cutAt(octets, where)) parser.push(chunk, spans);
    parser.end(spans);
    return spans;
  };
  const isInner = (span: Span, spans: readonly Span[]) =>
    !spans.some(
      (other) =>
        other !== span &&
        other.start >= span.start &&
        other.end <= span.end &&
        other.end - other.start < span.end - span.start,
    );

  test('covers every bit, is nested, and does not depend on where the octets were cut', () => {
    fc.assert(
      fc.property(octetStreams, cuts, (octets, where) => {
        const spans = trace(octets);
        expect(trace(octets, where)).toEqual(spans);
        const covered = new Array<number>(octets.length).fill(0);
        for (const span of spans.filter((span) => isInner(span, spans)))
          for (let at = span.start / 8; at < span.end / 8; at++) covered[at] = 1;
        expect(covered.every((count) => count === 1)).toBe(true);
        for (const [n, a] of spans.entries())
          for (const b of spans.slice(n + 1))
            expect(
              a.end <= b.start ||
                b.end <= a.start ||
                (a.start <= b.start && a.end >= b.end) ||
                (b.start <= a.start && b.end >= a.end),
            ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('says what each octet is, and which section says so', () => {
    const spans = trace(octetsOf('\ufeffid: 1\r\ndata: é\n\n'));
    expect(spans.map(({ start, end, name, value }) => [start / 8, end / 8, name, value])).toEqual([
      [0, 3, 'byte order mark', 'passed over'],
      [3, 9, 'id', '1'],
      [3, 5, 'field name', 'id'],
      [5, 6, 'colon', ':'],
      [6, 7, 'space', 'passed over'],
      [7, 8, 'value', '1'],
      [8, 9, 'end of line', 'CR'],
      [9, 10, 'end of line', 'LF'],
      [10, 19, 'data', 'é'],
      [10, 14, 'field name', 'data'],
      [14, 15, 'colon', ':'],
      [15, 16, 'space', 'passed over'],
      [16, 18, 'value', 'é'],
      [18, 19, 'end of line', 'LF'],
      [3, 20, 'block', 'message'],
      [19, 20, 'blank line', 'LF'],
    ]);
    expect(spans.every(({ ref }) => /^HTML §9\.2\.[56]$/.test(ref ?? ''))).toBe(true);
  });

  test('names what is ignored and why', () => {
    const notes = trace(octetsOf('retry: 5s\nid: \0\nfoo: 1\n: hi\n\n')).flatMap(({ note }) => note ?? []);
    expect(notes).toContain('ignored: not ASCII digits alone');
    expect(notes).toContain('ignored: it holds U+0000');
    expect(notes).toContain('ignored: no field has this name');
    expect(notes).toContain('no data, no event');
  });
});

describe('the writer', () => {
  test('writes what it was given, and a reader gets it back', () => {
    const text = writeEvent({ comment: 'hi', retryMs: 10, lastEventId: '7', type: 'tick', data: 'a\nb' });
    expect(text).toBe(': hi\nretry: 10\nid: 7\nevent: tick\ndata: a\ndata: b\n\n');
    const { events, parser } = read(text);
    expect(events).toEqual([{ type: 'tick', data: 'a\nb', lastEventId: '7' }]);
    expect(parser.reconnectionTimeMs).toBe(10);
  });

  test('whatever it accepts is read back as it was', () => {
    const event = fc.record({
      type: fc.string({ unit: 'binary', maxLength: 6 }),
      data: fc.string({ unit: 'binary', maxLength: 6 }),
      lastEventId: fc.string({ unit: 'binary', maxLength: 6 }),
    });
    let written = 0;
    fc.assert(
      fc.property(fc.array(event, { maxLength: 4 }), cuts, (all, where) => {
        const accepted = all.filter((one) => codeOf(() => writeEvent(one)) === undefined);
        written += accepted.length;
        const octets = octetsOf(accepted.map(writeEvent).join(''));
        const parser = new EventStreamParser();
        expect(cutAt(octets, where).flatMap((chunk) => parser.push(chunk))).toEqual(accepted);
      }),
    );
    expect(written).toBeGreaterThan(50);
  });

  test.each<[EventToWrite, string, number]>([
    [{ data: 'a\rb' }, 'SSE_LINE_BREAK', 1],
    [{ data: 'x', lastEventId: 'a\nb' }, 'SSE_LINE_BREAK', 1],
    [{ data: 'x', type: 'a\r' }, 'SSE_LINE_BREAK', 1],
    [{ comment: 'a\r\nb' }, 'SSE_LINE_BREAK', 1],
    [{ data: 'x', lastEventId: '12\0' }, 'SSE_ID_HAS_NULL', 2],
    [{ data: 'x', type: '' }, 'SSE_TYPE_EMPTY', 0],
    [{ type: 'tick' }, 'SSE_TYPE_WITHOUT_DATA', 0],
    [{ retryMs: 1.5 }, 'SSE_RETRY_NOT_WHOLE', 0],
    [{ retryMs: -1 }, 'SSE_RETRY_NOT_WHOLE', 0],
    [{ data: 'ab\ud800' }, 'SSE_NOT_UNICODE', 2],
  ])('refuses %j', (event, code, offset) => {
    expect(() => writeEvent(event)).toThrow(expect.objectContaining({ code, offset }) as Error);
  });

  test('an empty comment keeps a connection alive and changes nothing', () => {
    expect(read(writeEvent({ comment: '' })).events).toEqual([]);
  });
});

describe('the connection, HTML §9.2.3', () => {
  test('200 and text/event-stream open it, whatever the parameters; anything else is final', () => {
    const type = 'Text/Event-Stream; charset=utf-8';
    expect(judgeAnswer({ status: 200, contentType: type })).toEqual({ kind: 'open' });
    expect(judgeAnswer({ status: 204, contentType: type })).toEqual({ kind: 'failed', because: 'status' });
    expect(judgeAnswer({ status: 200, contentType: 'text/plain' })).toMatchObject({
      because: 'content-type',
    });
  });

  test('a stream that ends is asked for again, with the id, after the time that retry said', () => {
    let state = createEventSource();
    expect(requestFields(state.lastEventId)).toEqual([{ name: 'Accept', value: 'text/event-stream' }]);
    state = stepEventSource(state, { kind: 'answer', status: 200, contentType: 'text/event-stream' });
    state = stepEventSource(state, { kind: 'read', lastEventId: '43', reconnectionTimeMs: 4500 });
    expect(state.readyState).toBe('open');
    state = stepEventSource(state, { kind: 'lost' });
    expect(state).toEqual({ readyState: 'connecting', lastEventId: '43', reconnectionTimeMs: 4500 });
    expect(requestFields(state.lastEventId)).toContainEqual({ name: 'Last-Event-ID', value: '43' });
  });

  test('204, and close(), end it for good', () => {
    const refused = stepEventSource(createEventSource(), { kind: 'answer', status: 204, contentType: '' });
    expect(stepEventSource(refused, { kind: 'lost' }).readyState).toBe('closed');
    const closed = stepEventSource(createEventSource(), { kind: 'close' });
    expect(stepEventSource(closed, { kind: 'lost' }).readyState).toBe('closed');
  });
});
