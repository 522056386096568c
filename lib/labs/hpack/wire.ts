import { fromHex } from '@/lib/bytes';
import type { LabWire, WireAnswer } from '../wire';
import type { HpackParams } from './lab';
import type { HpackResult } from './run';

/** What a client begins with: the preface and an empty SETTINGS frame (RFC 9113 §3.4). */
const PREFACE = new TextEncoder().encode('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const SETTINGS = fromHex('000000040000000000');

/** Every block that the receiver is not to throw away, in a HEADERS frame of its own stream: 1, 3, 5 … */
export const wire: LabWire<HpackParams, HpackResult> = {
  peer: 'http2',
  octets: ({ blocks }) => {
    const delivered = blocks.filter(({ isSkipped }) => !isSkipped);
    if (delivered.length === 0) return [];
    const frames = delivered.map(({ octets }, i) => headersFrame(octets, 1 + 2 * i));
    return Uint8Array.from([...PREFACE, ...SETTINGS, ...frames.flat()]);
  },
  read: async (answer, result) => {
    const { readByProtocol } = await import('../wire/read-by-protocol');
    const { spans, sentences } = await readByProtocol(answer);
    return { spans, sentences: [verdictOf(answer, result), ...sentences] };
  },
};

/** HEADERS with END_HEADERS and END_STREAM: length, type, flags, stream (RFC 9113 §4.1, §6.2). */
function headersFrame(block: Uint8Array, stream: number): number[] {
  const { length } = block;
  return [
    length >> 16,
    (length >> 8) & 0xff,
    length & 0xff,
    0x01,
    0x05,
    0,
    0,
    stream >> 8,
    stream & 0xff,
    ...block,
  ];
}

/** Whether nghttp2 read each list as our decoder did. */
function verdictOf({ understood }: WireAnswer, { blocks }: HpackResult) {
  const delivered = blocks.filter(({ isSkipped }) => !isSkipped);
  const heard = understood.filter((event) => event.type === 'headers');
  const asOurs = delivered.filter(({ received }, i) => {
    const fields = heard.find(({ stream }) => stream === 1 + 2 * i)?.fields;
    const said = (list: readonly { name: string; value: string }[] | undefined) =>
      JSON.stringify(list?.map(({ name, value }) => [name, value]));
    return received !== undefined && said(received) === said(fields);
  });
  const failing = delivered.filter(({ problem }) => problem).length;
  return {
    key: failing > 0 ? 'wire.failing' : 'wire.verdict',
    values: { blocks: delivered.length, same: asOurs.length },
  };
}
