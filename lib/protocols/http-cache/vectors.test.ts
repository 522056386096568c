import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseContentRange, parseRange, writeHttpDate } from '../http1';
import { HttpCache, type CacheOptions, type CacheRequest } from '.';

// http-tests/cache-tests, read where it lies and never copied; absent, the tests say so and are skipped.
const folder = new URL('../../../../shared/vectors/http-caching/', import.meta.url);
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn('skipped: ../shared/vectors/http-caching is not here');

type Field = [name: string, value: string | number, check?: boolean];
type Step = {
  setup?: boolean;
  pause_after?: boolean;
  disconnect?: boolean;
  request_headers?: Field[];
  response_headers?: Field[];
  response_status?: [number, string];
  expected_type?: 'cached' | 'not_cached' | 'lm_validated' | 'etag_validated';
  expected_status?: number | null;
  expected_response_headers?: (string | [string, string])[];
  expected_response_headers_missing?: string[];
  response_body?: string;
  setup_tests?: string[];
};
type Case = {
  id: string;
  kind?: 'required' | 'optimal' | 'check';
  browser_only?: boolean;
  browser_skip?: boolean;
  requests: Step[];
};

const PAUSE_MS = 3000;
const START_MS = Date.UTC(2026, 0, 5, 12);
const DATES = new Set(['date', 'expires', 'last-modified', 'if-modified-since', 'if-unmodified-since']);

function fieldsOf(fields: Field[] | undefined, nowMs: number) {
  return (fields ?? []).map(([name, value]) => {
    const isOffset = typeof value === 'number' && DATES.has(name.toLowerCase());
    return { name, value: isOffset ? writeHttpDate(nowMs + value * 1000) : String(value) };
  });
}

/** Runs one case under a virtual clock; answers what went wrong, or nothing. */
async function run({ requests, id }: Case, options: CacheOptions): Promise<string | undefined> {
  const cache = new HttpCache(options);
  let nowMs = START_MS;
  let reachedOrigin = 0;
  for (const [index, step] of requests.entries()) {
    let validated = new Map<string, string>();
    const request: CacheRequest = {
      method: 'GET',
      url: `https://example.org/${id}`,
      headers: [...fieldsOf(step.request_headers, nowMs), { name: 'Req-Num', value: String(index + 1) }],
    };
    const answer = await cache
      .fetch(
        request,
        (asked) => {
          reachedOrigin++;
          if (step.disconnect) throw new Error('disconnected');
          validated = new Map(asked.headers.map(({ name, value }) => [name.toLowerCase(), value]));
          return {
            status: step.response_status?.[0] ?? 200,
            headers: [
              ...fieldsOf(step.response_headers, nowMs),
              { name: 'Server-Request-Count', value: String(reachedOrigin) },
              { name: 'Client-Request-Count', value: String(index + 1) },
            ],
            body: new TextEncoder().encode(step.response_body ?? id),
          };
        },
        nowMs,
      )
      .catch((error: unknown) => error);
    if (answer instanceof Error) {
      if (step.expected_status !== null) return `request ${index + 1}: ${answer.message}`;
      continue;
    }
    const { response, from, background } = answer as Awaited<ReturnType<HttpCache['fetch']>>;
    await background;
    const header = (name: string) =>
      response.headers.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value;
    const wrong = `request ${index + 1}: from ${from}, status ${response.status}`;
    const isCached = Number(header('client-request-count')) < index + 1;
    if (step.expected_type === 'cached' && !isCached) return wrong;
    if (step.expected_type === 'not_cached' && isCached) return wrong;
    if (step.expected_type === 'etag_validated' && !validated.has('if-none-match')) return wrong;
    if (step.expected_type === 'lm_validated' && !validated.has('if-modified-since')) return wrong;
    if (typeof step.expected_status === 'number' && response.status !== step.expected_status) return wrong;
    for (const expected of step.expected_response_headers ?? []) {
      const [name, value] = typeof expected === 'string' ? [expected] : expected;
      if (value === undefined ? header(name) === undefined : header(name) !== value)
        return `${wrong}, ${name}`;
    }
    for (const name of step.expected_response_headers_missing ?? []) {
      if (header(name) !== undefined) return `${wrong}, has ${name}`;
    }
    if (step.pause_after) nowMs += PAUSE_MS;
  }
  return undefined;
}

const suites = isAbsent
  ? []
  : (
      JSON.parse(readFileSync(new URL('cache-tests.json', folder), 'utf8')) as {
        suites: { id: string; tests: Case[] }[];
      }
    ).suites;

const optimalOrRequired = ({ kind }: Case) => kind !== 'check';

test.skipIf(isAbsent)('a private cache passes every required and every optimal case', async () => {
  const failed: string[] = [];
  for (const one of suites.flatMap(({ tests }) => tests)) {
    const problem = one.browser_skip ? undefined : await run(one, {});
    if (problem !== undefined && optimalOrRequired(one)) failed.push(`${one.id} (${one.kind}): ${problem}`);
    else if (problem !== undefined) console.log(`check ${one.id}: ${problem}`);
  }
  expect(failed).toEqual([]);
});

test.skipIf(isAbsent)('a shared cache passes every required and every optimal case', async () => {
  const failed: string[] = [];
  for (const one of suites.flatMap(({ tests }) => tests)) {
    const problem = one.browser_only ? undefined : await run(one, { shared: true });
    if (problem !== undefined && optimalOrRequired(one)) failed.push(`${one.id} (${one.kind}): ${problem}`);
  }
  expect(failed).toEqual([]);
});

type Ranges = {
  contentRange: { value: string; expect: Record<string, unknown> | null }[];
  range: { value: string; length: number; ranges: [number, number][] | string }[];
};
const ranges = isAbsent
  ? undefined
  : (JSON.parse(readFileSync(new URL('ranges.json', folder), 'utf8')) as Ranges);

test.skipIf(isAbsent)('Content-Range fields are read as RFC 9110 §14.4 says', () => {
  for (const { value, expect: expected } of ranges?.contentRange ?? [])
    expect(parseContentRange(value) ?? null, value).toEqual(expected);
});

test.skipIf(isAbsent)('Range fields are read as RFC 9110 §14.1.2 says', () => {
  for (const { value, length, ranges: expected } of ranges?.range ?? []) {
    const result = parseRange(value, length);
    if (typeof expected === 'string') {
      const word =
        result.kind === 'ignored' ? result.reason.replace('unknown-unit', 'unknown unit') : result.kind;
      expect(expected, value).toContain(word);
    } else {
      const read =
        result.kind === 'ranges' ? result.ranges.map(({ first, last }) => [first, last]) : result.kind;
      expect(read, value).toEqual(expected);
    }
  }
});
