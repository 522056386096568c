import CachePolicy from 'http-cache-semantics';
import { createStored, decide, type CacheRequest } from '@/lib/protocols/http-cache';
import { writeHttpDate } from '@/lib/protocols/http1';
import { medianOf, type BenchRow } from './rows';

const RUNS = 15;
const DECISIONS = 20_000;

const T0 = Date.UTC(2026, 0, 5, 12);
const NOW = T0 + 61_000;

type Plain = Record<string, string>;
/** Fresh, stale, forced, varied: what each side must answer the same. */
const cases: { request: Plain; response: Plain }[] = [
  { request: {}, response: { 'cache-control': 'public, max-age=3600', etag: '"a"' } },
  { request: {}, response: { 'cache-control': 'max-age=60', etag: '"a"' } },
  { request: { 'cache-control': 'max-age=10' }, response: { 'cache-control': 'max-age=600' } },
  { request: { 'cache-control': 'no-cache' }, response: { 'cache-control': 'max-age=600' } },
  { request: { 'cache-control': 'max-stale=30' }, response: { 'cache-control': 'max-age=60' } },
  { request: {}, response: { 'last-modified': writeHttpDate(T0 - 10_000_000) } },
  { request: {}, response: { expires: writeHttpDate(T0 + 100_000) } },
  {
    request: { 'accept-encoding': 'gzip, br' },
    response: { 'cache-control': 'max-age=600', vary: 'accept-encoding' },
  },
];

const BROWSER: Plain = {
  accept: 'text/html,application/xhtml+xml',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
  'accept-language': 'en-GB,en;q=0.9',
};
const CONTENT: Plain = {
  date: writeHttpDate(T0),
  'content-type': 'text/html; charset=utf-8',
  'content-length': '5120',
  server: 'origin',
};
const list = (plain: Plain) => Object.entries(plain).map(([name, value]) => ({ name, value }));

/** Decides RUNS × DECISIONS times on each side, in turn; the store is filled beforehand, as it is in use. */
export default function measureDecisions(): Promise<BenchRow[]> {
  const url = 'https://example.org/a';
  const prepared = cases.map(({ request, response }) => {
    const headers = { ...BROWSER, ...request };
    const full = { ...CONTENT, ...response };
    const ours: CacheRequest = { method: 'GET', url, headers: list(headers) };
    const times = { requestTimeMs: T0, responseTimeMs: T0 };
    const stored = createStored(ours, { status: 200, headers: list(full) }, times);
    const theirs = { method: 'GET', url, headers };
    const policy = new CachePolicy(theirs, { status: 200, headers: full }, { shared: false });
    // Its clock is a method, made to be replaced.
    Object.assign(policy, { now: () => NOW, _responseTime: T0 });
    return { ours, stored, theirs, policy };
  });

  for (const [index, { ours, stored, theirs, policy }] of prepared.entries()) {
    const a = decide(ours, stored, NOW).action === 'serve';
    const b = policy.satisfiesWithoutRevalidation(theirs);
    if (a !== b) throw new Error(`case ${index}: decide says ${a}, http-cache-semantics ${b}`);
  }

  const time = (decideAll: () => number) => {
    const startMs = performance.now();
    let served = 0;
    for (let i = 0; i < DECISIONS / prepared.length; i++) served += decideAll();
    if (served === 0) throw new Error('nothing was served');
    return performance.now() - startMs;
  };
  const own = () => {
    let served = 0;
    for (const { ours, stored } of prepared) if (decide(ours, stored, NOW).action === 'serve') served++;
    return served;
  };
  const peer = () => {
    let served = 0;
    for (const { theirs, policy } of prepared) if (policy.satisfiesWithoutRevalidation(theirs)) served++;
    return served;
  };
  time(own);
  time(peer);
  const [ownMs, peerMs]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    ownMs.push(time(own));
    peerMs.push(time(peer));
  }
  const perSecond = (ms: number[]) => Math.round((DECISIONS / medianOf(ms)) * 1000);
  console.log(`decide ${perSecond(ownMs)} a second, http-cache-semantics ${perSecond(peerMs)} a second`);
  return Promise.resolve([
    {
      name: 'HTTP cache decision with reasons, against http-cache-semantics without',
      unit: '×',
      bar: 1,
      sense: 'at least',
      measured: medianOf(peerMs) / medianOf(ownMs),
    },
  ]);
}
