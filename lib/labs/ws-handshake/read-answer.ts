import type { Span } from '@/lib/bytes';
import { parseHead, WebSocketHandshakeError, type HttpHead } from '@/lib/protocols/websocket';
import type { MessageRef } from '@/lib/text/text';
import { receivedOctets, type WireAnswer, type WireReading } from '../wire';
import type { WsHandshakeResult } from './run';

/** What ws answered, line by line, and whether its accept key is the one that was computed here. */
export function readAnswer(answer: WireAnswer, { acceptSteps }: WsHandshakeResult): WireReading {
  const octets = receivedOctets(answer);
  let head: HttpHead | undefined;
  try {
    head = parseHead(octets);
  } catch (error) {
    if (!(error instanceof WebSocketHandshakeError)) throw error;
  }
  if (!head) return { spans: [], sentences: [{ key: 'answer.none' }] };
  const sentences: MessageRef[] = [{ key: 'answer.head', values: { line: head.startLine } }];
  const accept = head.fields.find(({ name }) => name === 'sec-websocket-accept')?.value;
  if (accept !== undefined) {
    sentences.push({
      key: accept === acceptSteps.accept ? 'answer.same' : 'answer.different',
      values: { accept },
    });
  }
  return { spans: spansOf(head), sentences };
}

function spansOf({ startLine, fields, length }: HttpHead): Span[] {
  const starts = fields.map(({ offset }) => offset);
  const first: Span = { start: 0, end: (starts[0] ?? length) * 8, name: 'Status line', value: startLine };
  return [
    first,
    ...fields.map(({ name, value, offset }, index) => ({
      start: offset * 8,
      end: (starts[index + 1] ?? length) * 8,
      name,
      value,
      ref: 'RFC 6455 §4.2.2',
    })),
  ];
}
