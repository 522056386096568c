import { toHex } from '@/lib/bytes';
import type { MessageRef } from '@/lib/text/text';
import type { WsHandshakeParams } from './params';
import type { HeadLine, WsHandshakeResult } from './run';

/** One sentence, and what it speaks of: a line of one of the messages, or a step of the accept key. */
export type ReadingStep = {
  text: MessageRef;
  about?: { part: 'request' | 'response' | 'accept'; index: number };
};

type Found = Omit<WsHandshakeResult, 'reading'>;

/** The request line by line, the server's judgement, the accept key, the answer line by line, the browser's. */
export function readingOf(found: Found, { client }: Pick<WsHandshakeParams, 'client'>): ReadingStep[] {
  const steps: ReadingStep[] = linesSaid('request', found.requestLines);
  const say = (text: MessageRef, about?: ReadingStep['about']) =>
    steps.push(about ? { text, about } : { text });
  for (const { text } of found.requestProblems) say(text);
  if (found.outcome !== 'refused') {
    const { joined, digest, accept } = found.acceptSteps;
    say({ key: 'steps.accept.joined', values: { joined, n: joined.length } }, { part: 'accept', index: 0 });
    say({ key: 'steps.accept.digest', values: { digest: toHex(digest, ' ') } }, { part: 'accept', index: 1 });
    say({ key: 'steps.accept.base64', values: { accept } }, { part: 'accept', index: 2 });
  }
  steps.push(...linesSaid('response', found.responseLines));
  if (found.outcome === 'failed') for (const { text } of found.responseProblems) say(text);
  const [status = ''] = found.response.match(/\d{3}/) ?? [];
  say({
    key: `steps.outcome.${found.outcome}`,
    values: {
      client,
      status,
      subprotocol: found.subprotocol ?? 'none',
      extensions: found.extensions ?? 'none',
    },
  });
  return steps;
}

function linesSaid(part: 'request' | 'response', lines: readonly HeadLine[]): ReadingStep[] {
  return lines.map(({ id, text }, index) => {
    const value = index === 0 ? text : text.slice(text.indexOf(':') + 2);
    return { text: { key: `lines.${part}.${id}`, values: { value } }, about: { part, index } };
  });
}
