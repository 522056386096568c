import { applyMask as mask, encodeFrame as encode, type FrameInput } from '@/lib/protocols/websocket';
import type { Exercise, ExerciseCheck, ExerciseMistake } from '../define-lab';
import {
  encodeSolution,
  encodeStarter,
  lengthSolution,
  lengthStarter,
  maskSolution,
  maskStarter,
  readSolution,
  readStarter,
} from './exercise-code';

/** Octets cross into the sandbox as arrays of numbers. */
type Octets = readonly number[];
type FrameJson = { fin: boolean; opcode: number; mask: Octets | null; payload: Octets };
type ReadJson = { fin: boolean; opcode: number; payload: Octets; octets: number } | null;

const HELLO = [0x48, 0x65, 0x6c, 0x6c, 0x6f];
const KEY = [0x37, 0xfa, 0x21, 0x3d];
const letters = (length: number): number[] => Array.from({ length }, (_, i) => 0x61 + (i % 26));

function masked(payload: Octets, key: Octets): number[] {
  const octets = Uint8Array.from(payload);
  mask(octets, Uint8Array.from(key));
  return Array.from(octets);
}

const maskCalls: Record<string, [Octets, Octets]> = {
  hello: [HELLO, KEY],
  'hello-back': [masked(HELLO, KEY), KEY],
  nothing: [[], KEY],
  'zero-key': [HELLO, [0, 0, 0, 0]],
  'nine-octets': [letters(9), [1, 2, 3, 4]],
};

const mistake = (id: string, fn: string, wrong: ExerciseMistake['wrong']): ExerciseMistake => ({
  id,
  fn,
  wrong,
});

const lengthMistake = (id: string, wrong: (length: number) => number[]): ExerciseMistake =>
  mistake(id, 'encodeLength', wrong);

const lengthInFrame = (id: string, lengthOf: (length: number) => Octets): ExerciseMistake =>
  mistake(id, 'encodeFrame', (frame: FrameJson) => withLength(frame, lengthOf));

const bytesOf = ({ mask: key, payload, ...frame }: FrameJson, change: Partial<FrameInput> = {}): number[] =>
  Array.from(
    encode({
      ...frame,
      mask: key ? Uint8Array.from(key) : undefined,
      payload: Uint8Array.from(payload),
      ...change,
    }),
  );

const frames: Record<string, FrameJson> = {
  'hello-from-server': { fin: true, opcode: 1, mask: null, payload: HELLO },
  'hello-from-client': { fin: true, opcode: 1, mask: KEY, payload: HELLO },
  'first-fragment': { fin: false, opcode: 1, mask: null, payload: HELLO.slice(0, 3) },
  'empty-ping': { fin: true, opcode: 9, mask: null, payload: [] },
  'octets-125': { fin: true, opcode: 2, mask: null, payload: letters(125) },
  'octets-126': { fin: true, opcode: 2, mask: KEY, payload: letters(126) },
  'octets-300': { fin: true, opcode: 2, mask: null, payload: letters(300) },
};

/** A frame with its length written otherwise: `lengthOf` gives the second octet, without MASK, and what follows. */
function withLength(frame: FrameJson, lengthOf: (length: number) => Octets): number[] {
  const [short = 0, ...extended] = lengthOf(frame.payload.length);
  const payload = frame.mask ? masked(frame.payload, frame.mask) : frame.payload;
  const first = (frame.fin ? 0x80 : 0) | frame.opcode;
  return [first, (frame.mask ? 0x80 : 0) | short, ...extended, ...(frame.mask ?? []), ...payload];
}

const networkOrder = (value: number, octets: number): number[] =>
  Array.from({ length: octets }, (_, i) => Math.floor(value / 256 ** (octets - 1 - i)) % 256);
/** A length in its shortest form; `limit` is the longest that seven bits say, `long` that sixteen do. */
const lengthIn = (length: number, { limit = 125, long = 0xffff, turned = false } = {}): number[] => {
  const order = (octets: number) =>
    turned ? networkOrder(length, octets).reverse() : networkOrder(length, octets);
  if (length <= limit) return [length];
  return length <= long ? [126, ...order(2)] : [127, ...order(8)];
};

const LENGTHS = [0, 5, 124, 125, 126, 127, 128, 300, 65_535, 65_536, 2 ** 32 + 5];

/** Streams, and after how many octets of each the reader is asked. */
const streams: Record<string, { octets: number[]; asked: readonly number[] }> = {
  hello: { octets: bytesOf(frames['hello-from-server']!), asked: [0, 1, 2, 6, 7] },
  'masked-hello': { octets: bytesOf(frames['hello-from-client']!), asked: [2, 5, 10, 11] },
  'empty-ping': { octets: bytesOf(frames['empty-ping']!), asked: [1, 2] },
  'first-fragment': { octets: bytesOf(frames['first-fragment']!), asked: [5] },
  'octets-126': { octets: bytesOf(frames['octets-126']!), asked: [2, 3, 4, 133, 134] },
  'octets-300': { octets: bytesOf(frames['octets-300']!), asked: [3, 304] },
  'two-frames': {
    octets: [...bytesOf(frames['first-fragment']!), ...bytesOf(frames['hello-from-client']!)],
    asked: [6, 16],
  },
};

type ReaderFault = Partial<
  Record<'turned' | 'keepsMask' | 'takesShort' | 'noExtended' | 'takesAll' | 'forgetsKey', true>
>;

/** What a reader answers to the octets so far, right but for one fault. */
function readWith(octets: Octets, fault: ReaderFault = {}): ReadJson {
  const [first = 0, second = 0] = octets;
  if (octets.length < 2) return null;
  const short = second & 0x7f;
  const extended = fault.noExtended ? 0 : short === 126 ? 2 : short === 127 ? 8 : 0;
  const isMasked = second >= 0x80;
  const start = 2 + extended + (isMasked && !fault.forgetsKey ? 4 : 0);
  if (octets.length < start && !fault.takesShort) return null;
  const digits = octets.slice(2, 2 + extended);
  const ordered = fault.turned ? digits.reverse() : digits;
  const length = extended > 0 ? ordered.reduce((value, octet) => value * 256 + octet, 0) : short;
  if (octets.length < start + length && !fault.takesShort) return null;
  const raw = octets.slice(start, fault.takesAll ? octets.length : start + length);
  const key = octets.slice(start - 4, start);
  const payload = isMasked && !fault.keepsMask && !fault.forgetsKey ? masked(raw, key) : raw;
  return { fin: first >= 0x80, opcode: first & 0x0f, payload, octets: start + payload.length };
}

const readMistake = (id: string, fault: ReaderFault): ExerciseMistake =>
  mistake(id, 'readFrame', (octets: Octets) => readWith(octets, fault));

/** The mask, the length, the frame that needs both, then a reader that is fed one octet at a time. */
export const exercise: Exercise = {
  stages: [
    {
      id: 'mask',
      starter: maskStarter,
      solution: maskSolution,
      checks: Object.entries(maskCalls).map(([id, args]): ExerciseCheck => ({
        id,
        fn: 'applyMask',
        args,
        expected: masked(...args),
      })),
      mistakes: [
        mistake('unmasked', 'applyMask', (payload: Octets) => payload),
        mistake('first-octet-only', 'applyMask', (payload: Octets, key: Octets) =>
          payload.map((octet) => octet ^ (key[0] ?? 0)),
        ),
        mistake('first-four-only', 'applyMask', (payload: Octets, key: Octets) =>
          payload.map((octet, i) => octet ^ (key[i] ?? 0)),
        ),
        mistake('turned-key', 'applyMask', (payload: Octets, key: Octets) =>
          masked(payload, [...key].reverse()),
        ),
        mistake('off-by-one', 'applyMask', (payload: Octets, key: Octets) =>
          payload.map((octet, i) => octet ^ (key[(i + 1) % 4] ?? 0)),
        ),
        mistake('or', 'applyMask', (payload: Octets, key: Octets) =>
          payload.map((octet, i) => octet | (key[i % 4] ?? 0)),
        ),
      ],
      hints: 3,
    },
    {
      id: 'length',
      starter: lengthStarter,
      solution: lengthSolution,
      checks: LENGTHS.map((length): ExerciseCheck => ({
        id: `length-${length}`,
        fn: 'encodeLength',
        args: [length],
        expected: lengthIn(length),
      })),
      mistakes: [
        lengthMistake('turned', (length) => lengthIn(length, { turned: true })),
        lengthMistake('seven-bits-to-127', (length) => lengthIn(length, { limit: 127 })),
        lengthMistake('seven-bits-to-126', (length) => lengthIn(length, { limit: 126 })),
        lengthMistake('seven-bits-to-124', (length) => lengthIn(length, { limit: 124 })),
        lengthMistake('sixteen-bits-to-65536', (length) => lengthIn(length, { long: 0x10000 })),
        lengthMistake('four-octets', (length) =>
          length > 0xffff ? [127, ...networkOrder(length, 4)] : lengthIn(length),
        ),
        // Shifting a number takes its lowest 32 bits: what is beyond is lost, or comes again.
        lengthMistake('shifted', (length) =>
          length > 0xffff ? [127, 0, 0, 0, 0, ...networkOrder(length % 2 ** 32, 4)] : lengthIn(length),
        ),
        lengthMistake('shifted-round', (length) =>
          length > 0xffff
            ? [127, ...networkOrder(length % 2 ** 32, 4), ...networkOrder(length % 2 ** 32, 4)]
            : lengthIn(length),
        ),
        lengthMistake('off-by-one', (length) => lengthIn(length + 1)),
        lengthMistake('no-marker', (length) => {
          const octets = lengthIn(length);
          return octets.length > 1 ? octets.slice(1) : octets;
        }),
      ],
      hints: 3,
    },
    {
      id: 'encode',
      starter: encodeStarter,
      solution: encodeSolution,
      checks: Object.entries(frames).map(([id, frame]): ExerciseCheck => ({
        id,
        fn: 'encodeFrame',
        args: [frame],
        expected: bytesOf(frame),
      })),
      mistakes: [
        lengthInFrame('turned-length', (length) => lengthIn(length, { turned: true })),
        lengthInFrame('one-octet', (length) => [length & 0x7f]),
        lengthInFrame('seven-bits-to-126', (length) => lengthIn(length, { limit: 126 })),
        lengthInFrame('length-off-by-one', (length) => lengthIn(length + 1)),
        mistake('length-and-key', 'encodeFrame', (frame: FrameJson) =>
          withLength(frame, (length) => lengthIn(length + (frame.mask ? 4 : 0))),
        ),
        mistake('never-masked', 'encodeFrame', (frame: FrameJson) => bytesOf(frame, { mask: undefined })),
        mistake('no-mask-bit', 'encodeFrame', (frame: FrameJson) =>
          bytesOf(frame).map((octet, i) => (i === 1 ? octet & 0x7f : octet)),
        ),
        mistake('plain-payload', 'encodeFrame', (frame: FrameJson) => {
          const octets = bytesOf(frame);
          return [...octets.slice(0, octets.length - frame.payload.length), ...frame.payload];
        }),
        mistake('always-fin', 'encodeFrame', (frame: FrameJson) => bytesOf(frame, { fin: true })),
        mistake('no-key', 'encodeFrame', (frame: FrameJson) => {
          const octets = bytesOf(frame);
          const start = octets.length - frame.payload.length;
          return frame.mask ? [...octets.slice(0, start - 4), ...octets.slice(start)] : octets;
        }),
      ],
      hints: 3,
    },
    {
      id: 'read',
      starter: readStarter,
      solution: readSolution,
      checks: Object.entries(streams).flatMap(([id, { octets, asked }]) =>
        asked.map((count): ExerciseCheck => {
          const soFar = octets.slice(0, count);
          return { id: `${id}-after-${count}`, fn: 'readFrame', args: [soFar], expected: readWith(soFar) };
        }),
      ),
      mistakes: [
        readMistake('turned-length', { turned: true }),
        readMistake('keeps-mask', { keepsMask: true }),
        readMistake('does-not-wait', { takesShort: true }),
        readMistake('no-extended', { noExtended: true }),
        readMistake('takes-next-frame', { takesAll: true }),
        readMistake('forgets-key', { forgetsKey: true }),
      ],
      hints: 3,
    },
  ],
};
