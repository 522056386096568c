import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EventStreamParser, type ServerSentEvent } from './index';

type Case = { id: string; chunks: string[]; events: ServerSentEvent[]; retry?: number };

const file = '../shared/vectors/sse/eventsource-parser-fixtures.json';
const present = existsSync(file);
const cases = present ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }).cases : [];

/** Chunks in order, or octet by octet. */
function read(chunks: readonly Uint8Array[]) {
  const parser = new EventStreamParser();
  const events = chunks.flatMap((chunk) => parser.push(chunk));
  parser.end();
  return { events, retry: parser.reconnectionTimeMs };
}

describe.skipIf(!present)('the published fixtures of eventsource-parser', () => {
  test.each(cases)('$id', ({ chunks, events, retry }) => {
    const octets = chunks.map((chunk) => new TextEncoder().encode(chunk));
    expect(read(octets)).toEqual({ events, retry });
    const single = octets.flatMap((chunk) => Array.from(chunk, (octet) => Uint8Array.of(octet)));
    expect(read(single)).toEqual({ events, retry });
  });
});

test.runIf(!present)(`skipped: ${file} is not here`, () => undefined);
