import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { createRandom } from '@/lib/sim';
import {
  checkSdp,
  createAnswer,
  parseCandidate,
  parseSdp,
  SdpError,
  validateOfferAnswer,
  writeCandidate,
  writeSdp,
} from '.';
import { CAPABILITIES, OFFER } from './offers.fixture';

/** The long run: `FUZZ_RUNS=1000000 npx vitest run --project unit lib/protocols/sdp/sdp.fuzz --testTimeout 0`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1500);
const SEED = Number(process.env.FUZZ_SEED ?? 8829);
const random = createRandom(SEED);
const below = (limit: number) => Math.floor(random.next() * limit);
const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  ':',
  '=',
  'a=',
  'm=',
  'v=0',
  '9',
  'é',
  '\u{1f600}',
  '\ud800',
  ';',
  '/',
  '~',
  '-1',
  '99999999999',
];
const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ srflx raddr 10.0.0.1 rport 9 generation 0';

/** A few characters of `text` dropped, doubled, moved or put in. */
function mutate(text: string): string {
  let mutated = text;
  for (let i = below(6); i >= 0; i--) {
    const at = below(mutated.length + 1);
    const length = below(12);
    const [before, piece, after] = [
      mutated.slice(0, at),
      mutated.slice(at, at + length),
      mutated.slice(at + length),
    ];
    const inserted = PIECES[below(PIECES.length)] ?? '';
    mutated =
      [
        before + after,
        before + piece + piece + after,
        before + inserted + piece + after,
        after + before + piece,
      ][below(4)] ?? '';
  }
  return mutated;
}

const noise = () =>
  Array.from({ length: below(60) }, () =>
    below(3) === 0 ? (PIECES[below(PIECES.length)] ?? '') : String.fromCharCode(below(0x180)),
  ).join('');

/** Runs `work`; what it throws must be the room's own error with a code and a place. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SdpError)) throw error;
    expect(error.code).toMatch(/^SDP_/);
    expect(error.offset).toBeGreaterThanOrEqual(0);
    return undefined;
  }
}

const original = parseSdp(OFFER);

test(`whatever is read as a description is written as it was, checked and answered, or refused with a code (${RUNS} inputs, seed ${SEED})`, () => {
  let read = 0;
  for (let i = 0; i < RUNS; i++) {
    const text = i % 4 === 0 ? `v=0\r\n${noise()}` : mutate(OFFER);
    const spans: Span[] = [];
    const description = attempt(() => (i % 8 === 0 ? parseSdp(text, spans) : parseSdp(text)));
    if (!description) continue;
    read++;
    if (writeSdp(description) !== text) expect(writeSdp(description)).toBe(text);
    for (const problem of checkSdp(description, { profile: 'webrtc' }))
      if (problem.line < 1) expect(problem).toBe('placed');
    validateOfferAnswer(original, description);
    const answer = attempt(() => createAnswer(description, CAPABILITIES));
    if (answer) parseSdp(writeSdp(answer));
  }
  expect(read).toBeGreaterThan(RUNS / 10);
});

test(`whatever is read as a candidate is written as it was, or refused with a code (${RUNS} inputs, seed ${SEED})`, () => {
  for (let i = 0; i < RUNS; i++) {
    const text = i % 4 === 0 ? `candidate:${noise()}` : mutate(CANDIDATE);
    const candidate = attempt(() => parseCandidate(text));
    if (candidate) expect(parseCandidate(writeCandidate(candidate))).toEqual(candidate);
  }
});
