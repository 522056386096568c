import { offsetSink } from '@/lib/bytes';
import {
  decodeClosePayload,
  FrameReader,
  OPCODES,
  WebSocketError,
  type Frame,
} from '@/lib/protocols/websocket';
import type { MessageRef } from '@/lib/text/text';
import { receivedOctets, type WireAnswer } from './answer';
import type { WireReading } from './contract';
import { readHead } from './read-head';

/** What ws sent: the response to the upgrade, and behind a 101 its frames. */
export function readWebSocket(answer: WireAnswer): WireReading {
  const octets = receivedOctets(answer);
  const { spans, sentences, length } = readHead(octets);
  if (!/^HTTP\/1\.1 101\b/.test(spans[0]?.value ?? '')) return { spans, sentences };
  const isCompressed = answer.understood.some((event) => event.type === 'open' && event.extensions !== '');
  const reader = new FrameReader({ role: 'client', rsv1: isCompressed });
  try {
    const frames = reader.push(octets.subarray(length), offsetSink(spans, length));
    sentences.push(...frames.flatMap(sentenceOf));
  } catch (error) {
    // The answer was cut at its limit, or it is not what ws says: what was read until there stands.
    if (!(error instanceof WebSocketError)) throw error;
  }
  return { spans, sentences };
}

function sentenceOf({ opcode, payload, rsv1 }: Frame): MessageRef[] {
  const octets = payload.length;
  switch (opcode) {
    case OPCODES.close: {
      const close = octets >= 2 ? decodeClosePayload(payload) : undefined;
      return [
        {
          key: 'wire.read.close',
          values: { code: close?.code ?? 1005, reason: close?.reason ? ` (${close.reason})` : '' },
        },
      ];
    }
    case OPCODES.text:
      return [
        {
          key: 'wire.read.text',
          values: { text: rsv1 ? '' : new TextDecoder().decode(payload).slice(0, 300), octets },
        },
      ];
    case OPCODES.binary:
      return [{ key: 'wire.read.binary', values: { octets } }];
    case OPCODES.pong:
      return [{ key: 'wire.read.pong', values: { octets } }];
    default:
      return [];
  }
}
