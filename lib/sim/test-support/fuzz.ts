import { env } from 'node:process';
import { expect, test } from 'vitest';
import { toHex } from '@/lib/bytes';
import type { Random } from '@/lib/sim';
import { createRandom } from '@/lib/sim';

/** What a decoder is fuzzed with, and what it may answer. */
export type FuzzOptions = {
  /** Well-formed inputs: half of the inputs are these with octets changed, cut, doubled or put in. */
  samples: readonly Uint8Array[];
  /** Called with each input; what it returns is not looked at. */
  decode: (octets: Uint8Array, random: Random) => unknown;
  /** The room's error class; anything else that is thrown fails the test. */
  errorClass: abstract new (...args: never[]) => Error & { code: string };
  /** Inputs in an ordinary run; FUZZ_RUNS overrides it. */
  runs?: number;
  /** Longest random input, in octets. */
  maxOctets?: number;
};

/**
 * A test that throws octets at a decoder: half of them chance, half well-formed ones that were damaged. The decoder may
 * answer, or throw its room's error with a code, and nothing else. `FUZZ_RUNS` says how many, `FUZZ_SEED` which; a failure
 * names the input, so that it can become a test of its own.
 */
export function fuzzDecoder(name: string, options: FuzzOptions): void {
  const runs = Number(env.FUZZ_RUNS ?? options.runs ?? 3000);
  const seed = Number(env.FUZZ_SEED ?? 20_260_101);
  test(`fuzz: ${name}, ${runs} inputs (FUZZ_SEED=${seed})`, { timeout: 600_000 }, () => {
    const random = createRandom(seed);
    let accepted = 0;
    for (let run = 0; run < runs; run++) {
      const octets = random.chance(0.5)
        ? randomOctets(random, options.maxOctets ?? 96)
        : damaged(random, options.samples[random.integer(0, options.samples.length - 1)]!);
      try {
        options.decode(octets, random);
        accepted++;
      } catch (error) {
        const isKnown = error instanceof options.errorClass && /^[A-Z0-9]+_[A-Z0-9_]+$/.test(error.code);
        if (!isKnown) throw new Error(`run ${run} of seed ${seed}: ${toHex(octets)}`, { cause: error });
      }
    }
    // A decoder that refuses everything would pass for the wrong reason.
    expect(accepted).toBeGreaterThan(0);
  });
}

function randomOctets(random: Random, maxOctets: number): Uint8Array {
  return Uint8Array.from({ length: random.integer(0, maxOctets) }, () => random.integer(0, 255));
}

function damaged(random: Random, sample: Uint8Array): Uint8Array {
  let octets = Uint8Array.from(sample);
  for (let times = random.integer(0, 4); times > 0 && octets.length > 0; times--) {
    const at = random.integer(0, octets.length - 1);
    const kind = random.integer(0, 5);
    if (kind === 0) octets = octets.slice(0, at);
    else if (kind === 1) octets = Uint8Array.from([...octets.subarray(0, at), ...octets.subarray(at >> 1)]);
    else if (kind === 2) octets[at] = octets[at]! ^ (1 << random.integer(0, 7));
    else if (kind === 3) octets[at] = [0, 1, 0x7f, 0x80, 0xc0, 0xff][random.integer(0, 5)]!;
    else octets[at] = random.integer(0, 255);
  }
  return octets;
}
