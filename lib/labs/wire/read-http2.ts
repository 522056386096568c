import { errorName, traceConnection, type ReadFrame } from '@/lib/protocols/http2';
import type { MessageRef } from '@/lib/text/text';
import { receivedOctets, type WireAnswer } from './answer';
import type { WireReading } from './contract';

/** What nghttp2 sent: its frames, its header blocks, and the errors by name. */
export function readHttp2(answer: WireAnswer): WireReading {
  const { frames, spans } = traceConnection(receivedOctets(answer), { from: 'server' });
  return { spans, sentences: frames.flatMap(sentenceOf) };
}

function sentenceOf({ frame, fields }: ReadFrame): MessageRef[] {
  switch (frame.type) {
    case 'GOAWAY':
      return [
        {
          key: 'wire.read.goaway',
          values: { name: errorName(frame.errorCode), stream: frame.lastStreamId },
        },
      ];
    case 'RST_STREAM':
      return [
        { key: 'wire.read.reset', values: { stream: frame.streamId, name: errorName(frame.errorCode) } },
      ];
    case 'HEADERS': {
      const status = fields?.find(({ name }) => name === ':status')?.value;
      return status ? [{ key: 'wire.read.response', values: { stream: frame.streamId, status } }] : [];
    }
    default:
      return [];
  }
}
