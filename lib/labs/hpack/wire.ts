import { fromHex } from '@/lib/bytes';
import { receivedOctets, type LabWire, type WireAnswer } from '../wire';
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
    const code = goawayCode(receivedOctets(answer));
    const goaway = code === undefined ? [] : [{ key: 'wire.goaway', values: { code } }];
    return { spans, sentences: [verdictOf(answer, result), ...goaway, ...sentences] };
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

/** The error code of the peer's GOAWAY, if it sent one (RFC 9113 §6.8): frame by frame, by their lengths. */
function goawayCode(octets: Uint8Array): number | undefined {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  for (let at = 0; at + 9 <= octets.length; at += 9 + (view.getUint32(at) >>> 8)) {
    if (view.getUint8(at + 3) === 0x07 && at + 17 <= octets.length) return view.getUint32(at + 13);
  }
  return undefined;
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
