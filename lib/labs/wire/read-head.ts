import type { Span } from '@/lib/bytes';
import { parseHead, WebSocketHandshakeError } from '@/lib/protocols/websocket';
import type { MessageRef } from '@/lib/text/text';
import { receivedOctets, type WireAnswer } from './answer';
import type { WireReading } from './contract';

/** What Node's HTTP/1.1 server sent: the head of its first response; the rest is left as it is. */
export function readHttp1(answer: WireAnswer): WireReading {
  const { spans, sentences } = readHead(receivedOctets(answer));
  return { spans, sentences };
}

/** The head of a response that stands first in `octets`; `length` is 0 if there is none. */
export function readHead(octets: Uint8Array): { spans: Span[]; sentences: MessageRef[]; length: number } {
  const head = parsed(octets);
  if (!head) return { spans: [], sentences: [], length: 0 };
  const { startLine, fields, length } = head;
  const ends = [...fields.slice(1).map(({ offset }) => offset), length - 2];
  const spans: Span[] = [
    lineSpan(0, fields[0]?.offset ?? length - 2, 'Status line', startLine, 'RFC 9112 §4'),
    ...fields.map(({ name, value, offset }, i) =>
      lineSpan(offset, ends[i] ?? length - 2, name, value, 'RFC 9112 §5'),
    ),
    lineSpan(length - 2, length, 'Empty line', 'CR LF', 'RFC 9112 §2.1'),
  ];
  return { spans, length, sentences: [{ key: 'wire.read.status', values: { line: startLine } }] };
}

function parsed(octets: Uint8Array) {
  try {
    return parseHead(octets);
  } catch (error) {
    if (error instanceof WebSocketHandshakeError) return undefined;
    throw error;
  }
}

const lineSpan = (start: number, end: number, name: string, value: string, ref: string): Span => ({
  start: start * 8,
  end: end * 8,
  name,
  value,
  ref,
});
