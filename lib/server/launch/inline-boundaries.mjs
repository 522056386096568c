/**
 * Puts what React has sent late into its place, in the pages that are built ahead. React moves a large Suspense
 * boundary to the document's end (`<div hidden id="S:0">…</div><script>…$RC("B:0","S:0")</script>`) and leaves
 * `<template id="B:0">` where it belongs, for a script to swap: right for a stream, and wrong for a file, whose
 * pictures would not be seen without scripts, and would move what is below them.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LATE = /<div hidden id="S:([0-9a-f]+)">/;

/**
 * @param {string} html @returns {string} the same page with every boundary in its place
 * @throws Error if one is not where React puts it
 */
export function inlineBoundaries(html) {
  for (let late = LATE.exec(html); late; late = LATE.exec(html)) {
    const [opening, id] = late;
    const place = new RegExp(`<!--\\$\\?--><template id="B:${id}"></template>[\\s\\S]*?<!--/\\$-->`).exec(
      html,
    );
    const called = html.indexOf(`$RC("B:${id}","S:${id}")`, late.index);
    const close = html.lastIndexOf('</div><script>', called);
    if (!place || called < 0 || close < late.index || place.index > late.index)
      throw new Error(
        `A built page has its Suspense boundary ${id} where inline-boundaries.mjs does not look.`,
      );
    const content = html.slice(late.index + opening.length, close);
    const before = html.slice(0, place.index);
    const between = html.slice(place.index + place[0].length, late.index);
    const after = html.slice(html.indexOf('</script>', called) + '</script>'.length);
    html = `${before}<!--$-->${content}<!--/$-->${between}${after}`;
  }
  return html;
}

/** Rewrites the pages below `folder`. @param {string} folder */
export function inlineBoundariesIn(folder) {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.html')) continue;
    const path = join(folder, entry);
    const html = readFileSync(path, 'utf8');
    const whole = inlineBoundaries(html);
    if (whole !== html) writeFileSync(path, whole);
  }
}
