import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** Writes a stage of an exercise in the editor that opens, runs it from the keyboard, and passes. */
export async function passStage(stage: Locator, solution: string | undefined): Promise<void> {
  const page = stage.page();
  // On one line: the editor would indent the next one by itself.
  const code = (solution ?? '').replace(/\s+/g, ' ').trim();
  await stage.locator('.code-editor-text').focus();
  await stage.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => document.activeElement?.closest('.monaco-editor'));
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(code);
  await expect.poll(() => stage.locator('.code-editor-text').inputValue()).toBe(code);
  await page.keyboard.press('Control+Enter');
  await stage.locator('.exercise-verdict[data-passed=true]').waitFor({ timeout: 60_000 });
}
