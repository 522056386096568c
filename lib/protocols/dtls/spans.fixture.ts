import { expect } from 'vitest';
import type { Span } from '@/lib/bytes';

/** Fails unless every bit of `octets` octets lies in exactly one span, and every span says what it is. */
export function expectCover(spans: readonly Span[], octets: number): void {
  let at = 0;
  for (const { start, end, name, ref } of [...spans].sort((a, b) => a.start - b.start)) {
    expect(start, `where ${name} starts`).toBe(at);
    expect(end).toBeGreaterThan(start);
    expect(name).not.toBe('');
    expect(ref).toMatch(/^RFC \d{4} §/);
    at = end;
  }
  expect(at).toBe(octets * 8);
}
