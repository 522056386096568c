import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldProgress } from '@/lib/course/fold';
import type { ProgressEvent } from '@/lib/course/events';
import { NOBODY } from './storage';
import { createSimulatedBrowser, createSimulatedServer, POISON, read, type Fate } from './simulation.fixture';

const fate = fc.constantFrom<Fate>('ok', 'ok', 'request-lost', 'answer-lost', 'busy');
const life = fc.record({
  fates: fc.array(fate, { maxLength: 12 }),
  lifeSteps: fc.oneof(fc.constant(1_000), fc.integer({ min: 1, max: 60 })),
  records: fc.array(
    // A number is how many turns of the event loop's smallest wheel pass: records fall between any two steps.
    fc.oneof(fc.constantFrom('plain', 'plain', 'plain', POISON, 'settle'), fc.integer({ min: 1, max: 30 })),
    { maxLength: 12 },
  ),
});

const idsOf = (events: readonly ProgressEvent[]) => events.map(({ id }) => id);

test('through loss, crashes at every step and poison, nothing acknowledged is lost and nothing counted twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
      const server = createSimulatedServer();
      const browser = createSimulatedBrowser(server);
      let section = 0;
      for (const { fates, lifeSteps, records } of lives) {
        const page = browser.openPage([...fates], lifeSteps);
        void page.store.start();
        for (const what of records) {
          if (what === 'settle') await page.settle();
          else if (typeof what === 'number') for (let turn = 0; turn < what; turn++) await Promise.resolve();
          else void page.store.record(read(what === POISON ? POISON : `s-${(section += 1)}`));
        }
        await page.settle();
        const onServer = new Set([...server.logs.values()].flatMap(idsOf));
        for (const id of page.acknowledged) expect(onServer).toContain(id);
      }

      const last = browser.openPage();
      await last.store.start();
      await last.settle();

      const stored = await Promise.all(
        [NOBODY, ...server.logs.keys()].map((learner) => browser.storage.load(learner)),
      );
      const own = server.logs.get(server.cookie ?? '') ?? [];
      const everywhere = [...server.logs.values()].flatMap(idsOf);
      expect(new Set(everywhere).size).toBe(everywhere.length);
      expect(everywhere.length).toBe(own.length);
      // What is left unsent is what the server refuses, and nothing else.
      const left = stored.flatMap(({ pending }) => pending);
      expect(left.every((event) => event.type === 'section:read' && event.section === POISON)).toBe(true);
      expect(new Set(idsOf([...own, ...left]))).toEqual(browser.added);
      expect(last.store.getSnapshot().refused).toBe(left.length);
      expect(last.store.getSnapshot().status).toBe(own.length + left.length === 0 ? 'idle' : 'saved');
      // The page shows what the server counts, and what it refused but the learner did.
      expect(last.store.getSnapshot().state).toEqual(foldProgress([...own, ...left]));
    }),
    { numRuns: 1_000 },
  );
});

test('what was recorded is on the server, in order, when the network was fine', async () => {
  const server = createSimulatedServer();
  const page = createSimulatedBrowser(server).openPage();
  for (const section of ['a', 'b', 'c']) await page.store.record(read(section));
  await page.settle();
  expect(
    server.logs.get('learner-1')?.map((event) => event.type === 'section:read' && event.section),
  ).toEqual(['a', 'b', 'c']);
  expect(page.store.getSnapshot().status).toBe('saved');
});

test('a visitor who does nothing becomes no learner', async () => {
  const server = createSimulatedServer();
  const page = createSimulatedBrowser(server).openPage();
  await page.store.start();
  await page.settle();
  expect(server.logs.size).toBe(0);
  expect(page.store.getSnapshot().status).toBe('idle');
});

test('what was done changes once for an event, however often its standing does', async () => {
  const page = createSimulatedBrowser(createSimulatedServer()).openPage();
  const { subscribe, getSnapshot } = page.store;
  const states = new Set([getSnapshot().state]);
  const statuses: string[] = [];
  subscribe(() => {
    states.add(getSnapshot().state);
    statuses.push(getSnapshot().status);
  });
  await page.store.start();
  expect(states.size).toBe(1);
  await page.store.record(read('a'));
  await page.settle();
  expect(new Set(statuses)).toEqual(new Set(['idle', 'saving', 'saved']));
  expect(states.size).toBe(2);
});

test('what the log has already is not recorded again', async () => {
  const server = createSimulatedServer();
  const browser = createSimulatedBrowser(server);
  for (let visit = 0; visit < 2; visit++) {
    const page = browser.openPage();
    await page.store.record(read('a'));
    await page.settle();
  }
  expect(server.logs.get('learner-1')).toHaveLength(1);
});

test('two learners in one browser neither see nor send what the other did', async () => {
  const server = createSimulatedServer();
  const browser = createSimulatedBrowser(server);
  const first = browser.openPage();
  await first.store.record(read('a'));
  await first.settle();
  const offline = browser.openPage(Array<Fate>(3).fill('request-lost'), 40);
  await offline.store.record(read('unsent'));

  server.cookie = null;
  server.cookie = server.join();
  const second = browser.openPage();
  await second.store.start();
  await second.settle();
  expect(second.store.getSnapshot().state).toEqual({});
  await second.store.record(read('b'));
  await second.settle();
  expect(server.logs.get('learner-2')).toHaveLength(1);

  server.cookie = 'learner-1';
  const back = browser.openPage();
  await back.store.start();
  await back.settle();
  expect(Object.keys(back.store.getSnapshot().state['tcp/slow-start']?.sections ?? {})).toEqual([
    'a',
    'unsent',
  ]);
  expect(server.logs.get('learner-1')).toHaveLength(2);
});

test('a cookie that changes under an open page makes its events nobody else’s', async () => {
  const server = createSimulatedServer();
  const page = createSimulatedBrowser(server).openPage();
  await page.store.record(read('a'));
  await page.settle();
  server.cookie = null;
  server.cookie = server.join();
  await page.store.record(read('b'));
  await page.settle();
  expect(server.logs.get('learner-1')).toHaveLength(1);
  expect(server.logs.get('learner-2')).toHaveLength(0);
});

test('the status tells the truth: waiting where it is kept, not kept where it is not', async () => {
  const lost = () => Array<Fate>(20).fill('request-lost');
  const browser = createSimulatedBrowser(createSimulatedServer());
  const kept = browser.openPage(lost());
  await kept.store.record(read('a'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(kept.store.getSnapshot().status).toBe('waiting');

  const blocked = browser.openPage(lost(), Infinity, { storageBlocked: true });
  await blocked.store.record(read('a'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(blocked.store.getSnapshot().status).toBe('not-kept');
  await blocked.settle();
  expect(blocked.store.getSnapshot().status).toBe('saved');
});

test('a browser that takes no cookie is told that nothing is kept, and makes few learners', async () => {
  const server = createSimulatedServer();
  server.blocksCookies = true;
  const page = createSimulatedBrowser(server).openPage();
  await page.store.record(read('a'));
  await page.store.record(read('b'));
  await page.settle();
  expect(page.store.getSnapshot().status).toBe('not-kept');
  expect(server.logs.size).toBe(1);
});

test('the network coming back sends at once what waited', async () => {
  const server = createSimulatedServer();
  const page = createSimulatedBrowser(server).openPage();
  await page.store.setOnline(false);
  await page.store.record(read('a'));
  await page.settle();
  expect(page.store.getSnapshot().status).toBe('waiting');
  await page.store.setOnline(true);
  expect(page.store.getSnapshot().status).toBe('saved');
});
