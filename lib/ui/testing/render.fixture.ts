import { readFileSync } from 'node:fs';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { parse } from 'yaml';
import { TextProvider } from '@/lib/text';
import { compileMessages, type MessageTree } from '@/lib/text/compile';

const file = new URL('../../../content/en/messages/visualiser.yaml', import.meta.url);
const messages = compileMessages(parse(readFileSync(file, 'utf8')) as MessageTree);

/** For tests: what the server sends, with the English catalogue. Throws if a message is missing. */
export function render(node: ReactNode): string {
  const html = renderToStaticMarkup(createElement(TextProvider, { messages, locale: 'en', children: node }));
  const missing = /\[visualiser\.[^\]]*\]/.exec(html);
  if (missing) throw new Error(`message is not in the catalogue: ${missing[0]}`);
  return html;
}

/** The words of some HTML, entities of React's escaping undone. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#x27;/g, "'")
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/\s+/g, ' ');
}
