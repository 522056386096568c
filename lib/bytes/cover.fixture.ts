import { expect } from 'vitest';
import type { Span } from './span';

/** For tests: fails unless every bit of so many octets lies in exactly one span, in order, and each says what it is and where that is written. */
export function expectCover(spans: readonly Span[], octets: number): void {
  let bit = 0;
  for (const { start, end, name, ref } of spans) {
    expect(start, `where ${name} starts`).toBe(bit);
    expect(end, `where ${name} ends`).toBeGreaterThan(start);
    expect(name).not.toBe('');
    expect(ref, `where ${name} is written`).toMatch(/^(RFC \d{3,4}|draft-|[A-Z][a-z]+ §)/);
    bit = end;
  }
  expect(bit).toBe(octets * 8);
}
