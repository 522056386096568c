import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, toHex, type Span } from '@/lib/bytes';
import {
  encodeFrame,
  ERROR_CODES,
  errorName,
  FRAME_TYPES,
  frameTypeName,
  Http2Error,
  Http2FrameReader,
  SETTINGS,
  traceConnection,
  type Http2Frame,
} from '.';

const read = (octets: Uint8Array) => new Http2FrameReader().push(octets);
const failureOf = (work: () => unknown) => caught(Http2Error, work) ?? expect.unreachable('it did not fail');

const file = new URL('../../../../shared/vectors/http2/http2-frame-test-case.json', import.meta.url);
const isAbsent = !existsSync(file);
if (isAbsent) console.warn('skipped: ../shared/vectors/http2 is not here');
type Vector = {
  file: string;
  error: number[] | null;
  wire: string;
  frame: {
    length: number;
    type: number;
    stream_identifier: number;
    frame_payload: Record<string, unknown>;
  } | null;
};
const vectors = isAbsent ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { cases: Vector[] }).cases;

/** Our frame in the words of the vectors. */
const named = (frame: Http2Frame): Record<string, unknown> => {
  const ascii = (octets: Uint8Array | undefined) => octets && new TextDecoder().decode(octets);
  const priority = 'priority' in frame ? frame.priority : undefined;
  const padding = 'padding' in frame ? frame.padding : undefined;
  const at = (name: string) =>
    name in frame ? (frame as unknown as Record<string, unknown>)[name] : undefined;
  return {
    data: ascii(at('data') as Uint8Array),
    header_block_fragment: ascii(at('fragment') as Uint8Array),
    padding: ascii(padding),
    padding_length: padding?.length,
    stream_dependency: priority?.dependsOn,
    weight: priority?.weight,
    exclusive: priority?.exclusive,
    error_code: at('errorCode'),
    settings: at('settings'),
    promised_stream_id: at('promisedStreamId'),
    opaque_data: ascii(at('opaqueData') as Uint8Array),
    additional_debug_data: ascii(at('debugData') as Uint8Array),
    last_stream_id: at('lastStreamId'),
    window_size_increment: at('increment'),
  };
};

describe('published frames', () => {
  test.for(vectors.filter(({ error }) => !error))(
    '$file is read and written',
    ({ wire, frame: expected }) => {
      const [frame] = read(fromHex(wire));
      expect(frame && frameTypeName(expected!.type)).toBe(frame!.type);
      expect(frame!.streamId).toBe(expected!.stream_identifier);
      const seen = named(frame!);
      for (const [name, value] of Object.entries(expected!.frame_payload))
        // Padding Length counts its own octet there; and its weight is already one more than the octet.
        expect({ name, value: seen[name] ?? null }).toEqual({
          name,
          value:
            name === 'padding_length' && typeof value === 'number' ? (seen.padding as string).length : value,
        });
      expect(toHex(encodeFrame(frame!)).toUpperCase()).toBe(wire.toUpperCase());
    },
  );

  test.for(vectors.filter(({ error }) => error))('$file is refused with its code', ({ wire, error }) => {
    expect(error).toContain(failureOf(() => read(fromHex(wire))).errorCode);
  });
});

describe('RFC 9113', () => {
  test('§4.1: the reserved bit and undefined flags are passed over', () => {
    expect(read(fromHex('000008 06 fe 80000000 0102030405060708'))).toEqual([
      { type: 'PING', streamId: 0, ack: false, opaqueData: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    ]);
  });

  test('§4.1: a frame of unknown type is handed on as it is', () => {
    expect(read(fromHex('000002 16 ff 00000003 abcd'))).toEqual([
      { type: 'UNKNOWN', typeCode: 0x16, flags: 0xff, streamId: 3, payload: fromHex('abcd') },
    ]);
  });

  test('§4.2: a frame that is too long is refused by its header alone', () => {
    expect(failureOf(() => read(fromHex('004001 00 00 00000001')))).toMatchObject({
      code: 'HTTP2_FRAME_TOO_LONG',
      errorName: 'FRAME_SIZE_ERROR',
      offset: 0,
    });
    expect(read(fromHex('004000 00 00 00000001'))).toEqual([]);
  });

  test.for([
    [
      '§6.1 DATA whose padding is as long as the payload',
      '000004 00 08 00000001 04aaaaaa',
      'HTTP2_PADDING_TOO_LONG',
    ],
    ['§6.1 DATA without room for Pad Length', '000000 00 08 00000001', 'HTTP2_FRAME_TOO_SHORT'],
    ['§6.2 HEADERS without room for a priority', '000004 01 20 00000001 00000000', 'HTTP2_FRAME_TOO_SHORT'],
    [
      '§6.2 HEADERS whose padding takes the priority',
      '000006 01 28 00000001 040000000000',
      'HTTP2_PADDING_TOO_LONG',
    ],
    ['§6.5 SETTINGS of 5 octets', '000005 04 00 00000000 0003000000', 'HTTP2_LENGTH_WRONG'],
    ['§6.5.2 ENABLE_PUSH = 2', '000006 04 00 00000000 000200000002', 'HTTP2_SETTING_OUT_OF_RANGE'],
    [
      'RFC 8441 §3 ENABLE_CONNECT_PROTOCOL = 2',
      '000006 04 00 00000000 000800000002',
      'HTTP2_SETTING_OUT_OF_RANGE',
    ],
    ['§6.6 an odd promised stream', '000004 05 04 00000001 00000003', 'HTTP2_STREAM_ID_WRONG'],
    ['§6.9 an increment of 0', '000004 08 00 00000000 00000000', 'HTTP2_WINDOW_INCREMENT_ZERO'],
    ['RFC 9218 §7.1 PRIORITY_UPDATE for stream 0', '000005 10 00 00000000 0000000075', 'HTTP2_STREAM_ZERO'],
  ])('%s is refused', ([, wire = '', code]) => {
    expect(failureOf(() => read(fromHex(wire))).code).toBe(code);
  });

  test('§5.4: after an error of a stream the reader goes on, after one of the connection never', () => {
    const reader = new Http2FrameReader();
    const good = fromHex('000004 08 00 00000001 00000005');
    expect(failureOf(() => reader.push(fromHex('000004 08 00 00000001 00000000'))).scope).toBe('stream');
    expect(reader.push(good)).toEqual([{ type: 'WINDOW_UPDATE', streamId: 1, increment: 5 }]);
    const failure = failureOf(() => reader.push(fromHex('000004 08 00 00000000 00000000')));
    expect(failure).toMatchObject({ scope: 'connection', offset: 35, streamId: 0 });
    expect(failureOf(() => reader.push(good))).toBe(failure);
  });

  test('§6, §6.5.2, §7: the registries have the numbers of IANA', () => {
    // www.iana.org/assignments/http2-parameters, as of 2024: frame types, settings, error codes.
    expect(Object.values(FRAME_TYPES)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x10]);
    expect(Object.values(SETTINGS)).toEqual([1, 2, 3, 4, 5, 6, 8, 9]);
    expect(Object.values(ERROR_CODES)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect([errorName(9), errorName(0xb), errorName(0xff)]).toEqual([
      'COMPRESSION_ERROR',
      'ENHANCE_YOUR_CALM',
      '0xff',
    ]);
  });
});

describe('properties', () => {
  const id = fc.integer({ min: 1, max: 2 ** 31 - 1 });
  const octets = fc.uint8Array({ maxLength: 40 });
  const padding = fc.option(
    octets.map((all) => all.fill(0)),
    { nil: undefined },
  );
  const priority = fc.record({
    exclusive: fc.boolean(),
    dependsOn: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    weight: fc.integer({ min: 1, max: 256 }),
  });
  const type = <T extends string>(name: T) => fc.constant(name);
  const optional = <T extends object>(frame: T): T =>
    Object.fromEntries(Object.entries(frame).filter(([, value]) => value !== undefined)) as T;
  const frame = fc
    .oneof(
      fc.record({ type: type('DATA'), streamId: id, endStream: fc.boolean(), data: octets, padding }),
      fc.record({
        ...{ type: type('HEADERS'), streamId: id, endStream: fc.boolean(), endHeaders: fc.boolean() },
        ...{ fragment: octets, padding, priority: fc.option(priority, { nil: undefined }) },
      }),
      fc.record({ type: type('PRIORITY'), streamId: id, priority }),
      fc.record({ type: type('RST_STREAM'), streamId: id, errorCode: fc.nat() }),
      fc.record({
        ...{ type: type('SETTINGS'), streamId: fc.constant(0 as const), ack: fc.constant(false) },
        settings: fc.array(fc.tuple(fc.integer({ min: 10, max: 65_535 }), fc.nat()), { maxLength: 4 }),
      }),
      fc.record({
        ...{ type: type('PUSH_PROMISE'), streamId: id, endHeaders: fc.boolean(), fragment: octets, padding },
        promisedStreamId: fc.integer({ min: 1, max: 1_000_000 }).map((n) => 2 * n),
      }),
      fc.record({
        ...{ type: type('PING'), streamId: fc.constant(0 as const), ack: fc.boolean() },
        opaqueData: fc.uint8Array({ minLength: 8, maxLength: 8 }),
      }),
      fc.record({
        ...{ type: type('GOAWAY'), streamId: fc.constant(0 as const), lastStreamId: id },
        ...{ errorCode: fc.nat(), debugData: octets },
      }),
      fc.record({ type: type('WINDOW_UPDATE'), streamId: fc.nat(), increment: id }),
      fc.record({ type: type('CONTINUATION'), streamId: id, endHeaders: fc.boolean(), fragment: octets }),
      fc.record({
        ...{ type: type('PRIORITY_UPDATE'), streamId: fc.constant(0 as const), prioritizedStreamId: id },
        value: fc.stringMatching(/^[ -~]{0,10}$/),
      }),
      fc.record({
        ...{ type: type('UNKNOWN'), typeCode: fc.integer({ min: 0x20, max: 255 }) },
        ...{ flags: fc.nat({ max: 255 }), streamId: fc.nat(), payload: octets },
      }),
    )
    .map((it) => optional(it) as Http2Frame);
  const join = (frames: readonly Http2Frame[]) =>
    Uint8Array.from(frames.flatMap((it) => [...encodeFrame(it)]));

  test('a frame that is written is read back the same, wherever the octets are cut', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 5 }),
        fc.array(fc.nat({ max: 30 }), { maxLength: 20 }),
        (frames, cuts) => {
          const wire = join(frames);
          expect(read(wire)).toEqual(frames);
          const reader = new Http2FrameReader();
          const seen: Http2Frame[] = [];
          let at = 0;
          for (const cut of [...cuts, wire.length]) {
            seen.push(...reader.push(wire.slice(at, at + cut)));
            at += cut;
          }
          // Frames given out earlier must not change when later octets come.
          expect(seen).toEqual(frames);
        },
      ),
    );
  });

  test('spans cover every bit, and the innermost of them once', () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 3 }), (frames) => {
        const wire = join(frames);
        const spans: Span[] = [];
        new Http2FrameReader().push(wire, spans);
        const covered = new Uint8Array(wire.length * 8);
        const outer = spans.filter((span) =>
          spans.some((it) => it !== span && it.start >= span.start && it.end <= span.end),
        );
        for (const span of spans)
          if (!outer.includes(span)) for (let bit = span.start; bit < span.end; bit++) covered[bit]! += 1;
        expect(new Set(covered)).toEqual(new Set([1]));
        for (const span of spans) expect(span.ref).toMatch(/^RFC \d+ §/);
      }),
    );
  });

  test('any octets are read or refused with a code, and no memory is kept beyond a frame', () => {
    const runs = Number(process.env.FUZZ_RUNS ?? 10_000);
    const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`http2 frame fuzz: ${runs} runs, seed ${seed}`);
    const mutated = fc
      .tuple(
        fc.array(frame, { maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }),
      )
      .map(([frames, changes]) => {
        const wire = join(frames);
        for (const [at, octet] of changes) if (wire.length > 0) wire[at % wire.length] = octet;
        return wire;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), mutated), (wire) => {
        const reader = new Http2FrameReader();
        try {
          for (const it of reader.push(wire)) expect(it.type).toBeTypeOf('string');
        } catch (error) {
          if (!(error instanceof Http2Error)) throw error;
          expect(error.code).toMatch(/^HTTP2_/);
          expect(error.offset).toBeLessThanOrEqual(wire.length);
        }
        traceConnection(wire, { from: 'server' });
      }),
      { numRuns: runs, seed },
    );
  });
});
