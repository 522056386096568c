import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProgressEvent } from '@/lib/course/events';
import { createDataFolder, runScript } from '@/lib/server/test-database.fixture';

const data = createDataFolder();
const ORIGIN = 'http://course.test';
type Body = { error?: { code: string; field?: string }; learner?: string; events?: ProgressEvent[] } & Record<
  string,
  unknown
>;
type Answer = { status: number; body: Body; cookie: string | undefined; headers: Headers };
type Handler = (request: Request, context: never) => Promise<Response>;

async function routes() {
  const [events, progress, learners, ofLearner, health, rest] = await Promise.all([
    import('./events/route'),
    import('./progress/route'),
    import('./learners/route'),
    import('./learners/[id]/progress/route'),
    import('./health/route'),
    import('./[...rest]/route'),
  ]);
  return { events, progress, learners, ofLearner, health, rest };
}
let api: Awaited<ReturnType<typeof routes>>;
let closeDatabase: () => Promise<void>;

beforeAll(async () => {
  runScript('lib/server/launch/build.mjs', ['--client-only']);
  runScript('node_modules/prisma/build/index.js', ['migrate', 'deploy']);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  api = await routes();
  ({ closeDatabase } = await import('@/lib/server/db'));
});
afterAll(async () => {
  await closeDatabase();
  data.remove();
});
// A class's worth of requests in one test file: another address for each test, so that no limit is met unasked.
let address = 0;
beforeEach(() => void (address += 1));

async function call(
  handler: Handler,
  path: string,
  init: RequestInit = {},
  params: Record<string, string> = {},
): Promise<Answer> {
  const headers = new Headers(init.headers);
  headers.set('host', new URL(ORIGIN).host);
  headers.set('x-roundtrip-address', `10.0.0.${address}`);
  const request = new Request(`${ORIGIN}${path}`, { ...init, headers });
  const response = await handler(request, { params: Promise.resolve(params) } as never);
  const cookie = response.headers.get('set-cookie')?.split(';', 1)[0];
  return {
    status: response.status,
    body: (await response.json()) as Body,
    cookie,
    headers: response.headers,
  };
}
const post = (body: unknown, headers: Record<string, string> = {}) =>
  call(api.events.POST, '/api/events', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  });
const readLog = (cookie?: string, query = '') =>
  call(api.progress.GET, `/api/progress${query}`, cookie ? { headers: { cookie } } : {});
const readOf = (id: string, cookie?: string) =>
  call(api.ofLearner.GET, `/api/learners/${id}/progress`, cookie ? { headers: { cookie } } : {}, {
    id,
  });

const event = (change: Record<string, unknown> = {}) => ({
  id: crypto.randomUUID(),
  at: '2026-01-01T00:00:00Z',
  lesson: 'tcp/slow-start',
  type: 'section:read',
  section: 'intro',
  ...change,
});
async function newLearner(): Promise<{ cookie: string; id: string; first: ReturnType<typeof event> }> {
  const first = event();
  const { cookie, body } = await post({ events: [first] });
  if (!cookie || !body.learner) throw new Error('no learner was made');
  return { cookie, id: body.learner, first };
}

describe('who one is', () => {
  test('the first write makes a learner, held by a cookie that scripts and other sites do not get', async () => {
    const written = event();
    const { status, body, headers } = await post({ events: [written] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: [written.id], duplicates: [] });
    expect(headers.get('set-cookie')).toMatch(
      /^roundtrip_learner=1\.[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
  });

  test('over https the cookie is never sent in the clear', async () => {
    const { headers } = await post({ events: [event()] }, { 'x-roundtrip-scheme': 'https' });
    expect(headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  test('reading without a cookie is empty and makes nobody', async () => {
    const { status, body, cookie } = await readLog();
    expect({ status, body, cookie }).toEqual({
      status: 200,
      body: { learner: null, events: [], next: 0, more: false },
      cookie: undefined,
    });
  });

  test('a forged, cut or foreign cookie is no cookie', async () => {
    const { cookie, id } = await newLearner();
    const other = await newLearner();
    const signature = other.cookie.split('.')[2];
    for (const forged of [
      cookie.slice(0, -1),
      `roundtrip_learner=1.${id}.${signature}`,
      `roundtrip_learner=${id}`,
      'roundtrip_learner=%00',
      'roundtrip_learner=',
    ]) {
      expect((await readLog(forged)).body.learner).toBeNull();
      expect((await readOf(id, forged)).status).toBe(404);
    }
    // A planted second cookie does not hide the right one.
    expect((await readLog(`roundtrip_learner=1.x.y; ${cookie}`)).body.learner).toBe(id);
  });

  test('the secret is readable by its owner only', async () => {
    await newLearner();
    const { statSync } = await import('node:fs');
    expect(statSync(`${data.path}/cookie-secret`).mode & 0o777).toBe(0o600);
  });

  test('joining makes a learner once', async () => {
    const join = (cookie?: string) =>
      call(api.learners.POST, '/api/learners', {
        method: 'POST',
        ...(cookie ? { headers: { cookie } } : {}),
      });
    const first = await join();
    expect(first.status).toBe(201);
    const again = await join(first.cookie);
    expect(again).toMatchObject({ status: 200, cookie: undefined, body: { learner: first.body.learner } });
  });
});

describe('what is written', () => {
  test('comes back as it was, in order, a page at a time', async () => {
    const { cookie, first } = await newLearner();
    const log = Array.from({ length: 250 }, (_, index) => event({ section: `s-${index}` }));
    for (let at = 0; at < log.length; at += 100) await post({ events: log.slice(at, at + 100) }, { cookie });
    const page = await readLog(cookie);
    expect(page.body).toMatchObject({ next: 200, more: true });
    const rest = await readLog(cookie, '?after=200');
    expect(rest.body).toMatchObject({ next: 251, more: false });
    expect([...(page.body.events ?? []), ...(rest.body.events ?? [])]).toEqual([first, ...log]);
  });

  test('an id is taken once, and stays as it was first written', async () => {
    const { cookie, first } = await newLearner();
    const fresh = event();
    const { body } = await post({ events: [{ ...first, section: 'changed' }, fresh, fresh] }, { cookie });
    expect(body).toMatchObject({ accepted: [fresh.id], duplicates: [first.id] });
    expect((await readLog(cookie)).body.events).toEqual([first, fresh]);
  });

  test('two hundred writes at once are all stored, with one position each', async () => {
    const { cookie } = await newLearner();
    const written = Array.from({ length: 200 }, () => event());
    // Each is sent twice, as two tabs would.
    const answers = await Promise.all(
      [...written, ...written].slice(0, 290).map((each) => post({ events: [each] }, { cookie })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(290).fill(200));
    const pages = [await readLog(cookie), await readLog(cookie, '?after=200')];
    expect(new Set(pages.flatMap(({ body }) => body.events ?? []).map(({ id }) => id)).size).toBe(201);
    expect(pages.at(-1)?.body.next).toBe(201);
  });

  test('an id that another learner has is refused, tells nothing and changes nothing', async () => {
    const owner = await newLearner();
    const other = await newLearner();
    const mine = event();
    const { status, body } = await post(
      { events: [mine, { ...owner.first, section: 'stolen' }] },
      { cookie: other.cookie },
    );
    expect({ status, code: body.error?.code }).toEqual({ status: 404, code: 'progress.event_not_found' });
    expect((await readLog(owner.cookie)).body.events).toEqual([owner.first]);
    expect((await readLog(other.cookie)).body.events).toEqual([other.first]);
  });

  test('events meant for another learner than the cookie’s are sent back', async () => {
    const owner = await newLearner();
    const other = await newLearner();
    const batch = { events: [event()], learner: owner.id };
    expect((await post(batch, { cookie: other.cookie })).body.error?.code).toBe('learner.changed');
    expect((await post(batch)).status).toBe(409);
    expect((await post(batch, { cookie: owner.cookie })).status).toBe(200);
  });

  test('another learner’s log, and one that is not there, are alike not found', async () => {
    const owner = await newLearner();
    const other = await newLearner();
    expect((await readOf(owner.id, owner.cookie)).body.events).toEqual([owner.first]);
    const refused = await Promise.all([
      readOf(owner.id, other.cookie),
      readOf(crypto.randomUUID(), other.cookie),
      readOf(owner.id),
      readOf('%', other.cookie),
    ]);
    for (const { status, body } of refused) {
      expect({ status, body }).toEqual({ status: 404, body: refused[0].body });
    }
  });
});

describe('what does not fit', () => {
  const cases: [string, unknown, number, string, string | undefined][] = [
    ['not JSON', '{', 400, 'request.not_json', undefined],
    ['nothing', '', 400, 'request.not_json', undefined],
    ['null', 'null', 400, 'request.invalid', ''],
    ['no events', { events: [] }, 400, 'request.invalid', 'events'],
    [
      'too many events',
      { events: Array.from({ length: 101 }, () => event()) },
      400,
      'request.invalid',
      'events',
    ],
    ['a key too many', { events: [event()], admin: true }, 400, 'request.invalid', 'admin'],
    ['an id that is no UUID', { events: [event({ id: '1' })] }, 400, 'request.invalid', 'events.0.id'],
    ['a time that is none', { events: [event({ at: 'now' })] }, 400, 'request.invalid', 'events.0.at'],
    [
      'a type unheard of',
      { events: [event(), event({ type: 'x' })] },
      400,
      'request.invalid',
      'events.1.type',
    ],
    [
      'a field of the wrong type',
      { events: [event({ section: 7 })] },
      400,
      'request.invalid',
      'events.0.section',
    ],
    ['a field too many', { events: [event({ score: 7 })] }, 400, 'request.invalid', 'events.0.score'],
    [
      'an unknown lesson',
      { events: [event({ lesson: 'tcp/nowhere' })] },
      404,
      'progress.lesson_not_found',
      'events.0.lesson',
    ],
    [
      'an unknown lab',
      { events: [event({ type: 'task:passed', section: undefined, lab: 'nothing', task: 'a' })] },
      404,
      'progress.lab_not_found',
      'events.0.lab',
    ],
  ];
  test.each(cases)('%s', async (_name, body, status, code, field) => {
    const answer = await post(body);
    expect({ status: answer.status, ...answer.body.error, message: undefined }).toEqual({
      status,
      code,
      field,
      message: undefined,
    });
    expect(answer.cookie).toBeUndefined();
  });

  test('a body over 256 kB is cut off, whatever Content-Length says', async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(32)),
    });
    const endless = {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-length': '10' },
    } as RequestInit;
    expect((await call(api.events.POST as Handler, '/api/events', endless)).status).toBe(413);
    expect((await post(' '.repeat(300_000))).body.error?.code).toBe('request.too_large');
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour’s host', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.test' }],
    ['an opaque origin', { origin: 'null' }],
  ])('a write from %s', async (_name, headers) => {
    const { cookie } = await newLearner();
    expect((await post({ events: [event()] }, { cookie, ...headers })).body.error?.code).toBe(
      'request.cross_origin',
    );
  });

  test('a write from our own page is taken', async () => {
    expect(
      (await post({ events: [event()] }, { 'sec-fetch-site': 'same-origin', origin: ORIGIN })).status,
    ).toBe(200);
  });

  test('a cursor that is no number', async () => {
    expect((await readLog(undefined, '?after=x')).body.error).toMatchObject({
      code: 'request.invalid',
      field: 'after',
    });
  });

  test('an address that is not there', async () => {
    expect((await call(api.rest.GET as Handler, '/api/nothing')).body.error?.code).toBe('request.not_found');
  });

  test('more than a learner’s share is put off, and says until when', async () => {
    const { cookie, first } = await newLearner();
    const answers = await Promise.all(
      Array.from({ length: 400 }, () => post({ events: [first] }, { cookie })),
    );
    const late = answers.filter(({ status }) => status === 429);
    expect(late.length).toBeGreaterThan(50);
    expect(Number(late[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('a log that is full takes no more', async () => {
    const { cookie, id } = await newLearner();
    const { transaction } = await import('@/lib/server/db');
    await transaction((tx) => tx.learner.update({ where: { id }, data: { eventBytes: 32 * 1024 * 1024 } }));
    expect((await post({ events: [event()] }, { cookie })).body.error?.code).toBe('progress.log_full');
  });
});

test('the database waits for the disk at every commit', async () => {
  const { transaction } = await import('@/lib/server/db');
  const [synchronous, journal] = await transaction(async (tx) => [
    await tx.$queryRawUnsafe('PRAGMA synchronous'),
    await tx.$queryRawUnsafe('PRAGMA journal_mode'),
  ]);
  expect(Number((synchronous as { synchronous: bigint }[])[0]?.synchronous)).toBe(2);
  expect(journal).toEqual([{ journal_mode: 'wal' }]);
});

test('health is the database’s', async () => {
  expect((await call(api.health.GET as Handler, '/api/health')).body).toEqual({ status: 'ok' });
});
