import type { Page } from 'playwright-core';

/** Words in the heads of tables that go on in the next line without a hyphen, since their column is too narrow. */
export async function cutWords(page: Page): Promise<string[]> {
  // What is far from the screen has no layout otherwise.
  await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
  return page.evaluate(() => {
    const heads = [...document.querySelectorAll('th')].filter((head) => head.checkVisibility());
    return heads.flatMap((head) => {
      const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
      const cut: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { index, 0: word } of (node.nodeValue ?? '').matchAll(/[\p{L}\p{N}]+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (tops.size > 1) cut.push(word);
        }
      }
      return cut;
    });
  });
}
