import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import type { ProgressEvent } from '@/lib/course/events';
import { openIndexedDbStorage } from './indexed-db-storage';
import { createMemoryStorage, NOBODY } from './storage';

const attempt = (id: string): ProgressEvent => ({
  id,
  at: '2026-01-01T00:00:00Z',
  lesson: 'tcp/slow-start',
  type: 'exercise:attempted',
  lab: 'slow-start',
  stage: 'rounds',
  passed: true,
  code: 'let x',
});
let count = 0;
const openings = {
  'the browser’s database': () => openIndexedDbStorage(`test-${(count += 1)}`),
  memory: async () => createMemoryStorage(),
};

describe.each(Object.entries(openings))('%s', (_name, open) => {
  test('keeps events in the order in which they came, by learner', async () => {
    const storage = await open();
    for (const id of ['c', 'a', 'b']) await storage.add('one', attempt(id));
    await storage.add('two', attempt('a'));
    expect((await storage.load('one')).pending.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect((await storage.load('two')).pending).toHaveLength(1);
    expect((await storage.load(NOBODY)).pending).toEqual([]);
  });

  test('moves what is acknowledged to the log, without its code', async () => {
    const storage = await open();
    await storage.add('one', attempt('a'));
    await storage.add('one', attempt('b'));
    await storage.acknowledge('one', ['a', 'unknown']);
    const kept = await storage.load('one');
    expect(kept.pending).toEqual([attempt('b')]);
    expect(kept.log).toEqual([{ ...attempt('a'), code: '' }]);
  });

  test('remembers the server’s log and how far it was read, once each', async () => {
    const storage = await open();
    await storage.add('one', attempt('a'));
    await storage.remember('one', [attempt('a'), attempt('b')], 2);
    await storage.remember('one', [attempt('b')], 2);
    const kept = await storage.load('one');
    expect(kept).toMatchObject({ pending: [], cursor: 2 });
    expect(kept.log.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('gives what nobody did to the learner whom the server names', async () => {
    const storage = await open();
    await storage.add(NOBODY, attempt('a'));
    await storage.become('one');
    expect(await storage.learner()).toBe('one');
    expect((await storage.load('one')).pending).toHaveLength(1);
    await storage.become(NOBODY);
    expect((await storage.load(NOBODY)).pending).toEqual([]);
  });
});
