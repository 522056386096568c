import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import tseslint from 'typescript-eslint';
import house from './house-plugin.mjs';

function lint(filename: string, code: string): string[] {
  const messages = new Linter({ cwd: new URL('../..', import.meta.url).pathname }).verify(
    code,
    [
      {
        files: ['**/*.{ts,tsx}'],
        languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        plugins: { house },
        rules: { 'house/imports': 'error', 'house/text-from-catalogue': 'error' },
      },
    ],
    filename,
  );
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

const text = 'house/text-from-catalogue';

test.each([
  '<p>Hello</p>',
  "<p>{'Hello'}</p>",
  '<p>{open ? "Close" : t("open")}</p>',
  '<p>{open && `Hello ${n}`}</p>',
  '<button aria-label="Close" />',
  '<img alt="A curve" />',
  '<input placeholder={`Your name`} />',
  '<a title={open ? "Close" : undefined} />',
])('words outside the catalogue are found in %s', (jsx) => {
  expect(lint('lib/ui/x.tsx', `export const x = ${jsx};`)).toEqual([text]);
});

test.each([
  '<p>{t("hello")}</p>',
  '<p>SYN + ACK → 10</p>',
  '<p className="text-ink" id={`a-${n}`}>·</p>',
  '<img alt="" />',
  '<Grid kind={open ? "bits" : "octets"} />',
])('what is no sentence passes: %s', (jsx) => {
  expect(lint('lib/ui/x.tsx', `export const x = ${jsx};`)).toEqual([]);
});

test('the linter judges imports as the architecture test does', () => {
  expect(lint('lib/bytes/x.ts', "import { a } from '@/lib/course/outline';")).toEqual(['house/imports']);
  expect(lint('lib/bytes/x.ts', "export * from 'node:fs';")).toEqual(['house/imports']);
  expect(lint('lib/course/x.ts', "import type { Lab } from '@/lib/labs/define-lab';")).toEqual([]);
});
