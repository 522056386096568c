import { SimError } from './sim-error';

/** A stream of chance that is the same for the same seed, on every machine, for ever. */
export type Random = {
  /** A number in [0, 1), with 32 bits of it random. */
  next(): number;
  /** A whole number in [min, max], both included. */
  integer(min: number, max: number): number;
  /** True with this probability (0 to 1). One number is drawn, whatever the probability. */
  chance(probability: number): boolean;
};

/**
 * Creates a seeded generator: sfc32 (Chris Doty-Humphrey's "small fast counting" generator, as in PractRand).
 * Any finite number is a seed; the first numbers are thrown away so that neighbouring seeds do not look alike.
 */
export function createRandom(seed: number): Random {
  if (!Number.isFinite(seed))
    throw new SimError('SIM_INVALID_INPUT', `seed ${seed}: expected a finite number`);
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;

  function next(): number {
    const mixed = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return (mixed >>> 0) / 2 ** 32;
  }

  for (let i = 0; i < 15; i++) next();

  return {
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
  };
}
