import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { receivedOctets } from '@/lib/labs/wire';
import { decodeAnswer, toBase64 } from '@/lib/labs/wire/json';
import { writeCookieValue, COOKIE_NAME } from '@/lib/server/learners/cookie';
import { POST } from './route';

const ORIGIN = 'http://course.test';
const secret = 'a secret of at least thirty-two characters';
const hello = toBase64(new TextEncoder().encode('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));

beforeAll(() => {
  process.env.ROUNDTRIP_SECRET = secret;
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
let address = 0;
beforeEach(() => void (address += 1));

async function post(body: unknown, headers: Record<string, string> = {}) {
  const request = new Request(`${ORIGIN}/api/wire`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { host: 'course.test', 'x-roundtrip-address': `10.0.1.${address}`, ...headers },
  });
  const response = await POST(request, undefined);
  const text = await response.text();
  const code = response.ok ? undefined : (JSON.parse(text) as { error: { code: string } }).error.code;
  return { status: response.status, code, text, headers: response.headers };
}
const sent = { peer: 'http1', parts: [hello] };
const cookie = (n: number) =>
  `${COOKIE_NAME}=${writeCookieValue(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, secret)}`;

test('octets go to a peer, and its answer comes back, kept by no cache', async () => {
  const { status, text, headers } = await post(sent);
  expect(status).toBe(200);
  const answer = decodeAnswer(text);
  expect(new TextDecoder().decode(receivedOctets(answer))).toMatch(/^HTTP\/1\.1 200/);
  expect(answer.understood[0]).toMatchObject({ type: 'request', target: '/' });
  expect(headers.get('cache-control')).toBe('no-store');
  // Nothing of the host: no address, port, path or name of a system.
  expect(text).not.toMatch(/127\.0\.0\.1|node_modules|\/work|at \w+ \(/);
});

describe('what is refused', () => {
  test.for([
    ['no JSON', 'hello', 400, 'request.not_json'],
    ['a peer that is none', { peer: 'ftp', parts: [hello] }, 400, 'request.invalid'],
    ['an address', { peer: 'http1', parts: [hello], host: '10.0.0.1' }, 400, 'request.invalid'],
    ['no octets', { peer: 'http1', parts: [] }, 400, 'request.invalid'],
    ['too many parts', { peer: 'http1', parts: Array<string>(17).fill(hello) }, 400, 'request.invalid'],
    ['what is not base64', { peer: 'http1', parts: ['%'] }, 400, 'request.invalid'],
    ['65,537 octets', { peer: 'http1', parts: [toBase64(new Uint8Array(65_537))] }, 413, 'wire.too_long'],
    ['300 kB', 'x'.repeat(300_000), 413, 'request.too_large'],
  ] as const)('%s', async ([, body, status, code]) => {
    expect(await post(body)).toMatchObject({ status, code });
  });
});

test('own pages and opaque origins may ask, other sites may not', async () => {
  expect(await post(sent, { origin: 'http://elsewhere.test', 'sec-fetch-site': 'cross-site' })).toMatchObject(
    {
      status: 403,
      code: 'request.cross_origin',
    },
  );
  expect((await post(sent, { origin: ORIGIN, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  expect((await post(sent, { origin: 'null', 'sec-fetch-site': 'cross-site' })).status).toBe(200);
});

test('a learner who sends without end is told when to go on; another at the same address is not', async () => {
  const all = await Promise.all(Array.from({ length: 40 }, () => post(sent, { cookie: cookie(1) })));
  const refused = all.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(5);
  expect(refused[0]).toMatchObject({ code: 'request.too_many' });
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await post(sent, { cookie: cookie(2) })).status).toBe(200);
});

test('cookies beyond number do not lift the limit of their address', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 440; n++) statuses.push((await post('broken', { cookie: cookie(100 + n) })).status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5);
});

test('when all runs are taken, the next is asked to come again', async () => {
  const many = await Promise.all(Array.from({ length: 80 }, () => post(sent)));
  const busy = many.filter(({ status }) => status === 503);
  expect(busy.length).toBeGreaterThan(0);
  expect(busy[0]).toMatchObject({ code: 'wire.busy' });
  expect((await post(sent)).status).toBe(200);
});
