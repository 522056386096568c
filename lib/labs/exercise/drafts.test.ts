import { expect, test } from 'vitest';
import { createBrowserDrafts, parseDraft, writeDraft } from './drafts';

test('a draft comes back for the starter it was written for', () => {
  expect(parseDraft(writeDraft({ code: 'mine' }, 'starter'), 'starter')).toEqual({ code: 'mine' });
});

test('when the starter changed, the old draft is set aside', () => {
  const old = writeDraft({ code: 'mine' }, 'starter');
  expect(parseDraft(old, 'starter 2')).toEqual({ aside: 'mine' });
  const both = writeDraft({ code: 'new', aside: 'mine' }, 'starter 2');
  expect(parseDraft(both, 'starter 2')).toEqual({ code: 'new', aside: 'mine' });
});

test('the starter itself is no draft', () => {
  expect(writeDraft({ code: 'starter' }, 'starter')).toBeNull();
});

test.each(['', '{', 'null', '7', '{"starter":1}', '{"starter":"a","code":7}'])('%j is no draft', (text) => {
  expect(parseDraft(text, 'starter')).toEqual({});
});

test('where storage is blocked nothing is kept and nothing breaks', () => {
  const drafts = createBrowserDrafts();
  expect(drafts.load('a')).toBeNull();
  expect(() => drafts.save('a', 'b')).not.toThrow();
});
