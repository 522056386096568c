import { offsetSink, type Span } from '@/lib/bytes';
import { MessageReader, parseHead, WebSocketError, WebSocketHandshakeError } from '@/lib/protocols/websocket';
import type { MessageRef } from '@/lib/text/text';
import { receivedOctets, type WireAnswer, type WireReading } from '../wire';
import { hex } from './reading';

/** What ws answered: the head of its 101, then frames, read by our own reader in the client's role. */
export function readAnswer(answer: WireAnswer): WireReading {
  const octets = receivedOctets(answer);
  const spans: Span[] = [];
  const sentences: MessageRef[] = [];
  try {
    const head = parseHead(octets);
    if (!head) return { spans, sentences: [{ key: 'answer.nothing' }] };
    spans.push({
      start: 0,
      end: head.length * 8,
      name: 'HTTP',
      value: head.startLine,
      ref: 'RFC 6455 §4.2.2',
    });
    sentences.push({ key: 'answer.head', values: { line: head.startLine, octets: head.length } });
    const reader = new MessageReader({ role: 'client' });
    const frames = octets.subarray(head.length);
    const events = reader.push(frames, offsetSink(spans, head.length));
    if (frames.length === 0) sentences.push({ key: 'answer.silent' });
    for (const event of events) {
      if (event.type === 'close') sentences.push({ key: 'answer.close', values: { code: event.code } });
      else if (event.type === 'message') {
        const isText = typeof event.data === 'string';
        sentences.push({
          key: isText ? 'answer.text' : 'answer.binary',
          values: {
            n: event.data.length,
            text: isText ? String(event.data).slice(0, 80) : '',
            first: hex(frames[0] ?? 0),
          },
        });
      } else sentences.push({ key: `answer.${event.type}`, values: { n: event.payload.length } });
    }
  } catch (error) {
    if (!(error instanceof WebSocketError || error instanceof WebSocketHandshakeError)) throw error;
    sentences.push({ key: 'answer.broken', values: { code: error.code } });
  }
  return { spans, sentences };
}
