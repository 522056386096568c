import { describe, expect, test } from 'vitest';
import { fromHex, type Span } from '@/lib/bytes';
import {
  DtlsError,
  encodeAck,
  encodeFragment,
  encodePlaintextRecord,
  explainDatagram,
  fragmentMessage,
} from '.';

const record = (type: number, fragment: Uint8Array, epoch = 0) =>
  encodePlaintextRecord({ type, version: 0xfefd, epoch, sequenceNumber: 0, fragment });
const verify = { msgType: 3, messageSeq: 0, body: fromHex('feff02aabb') };
const fragments = (maxOctets: number) =>
  Uint8Array.from(fragmentMessage(verify, maxOctets).flatMap((fragment) => [...encodeFragment(fragment)]));
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('a datagram as deep as it lies open', () => {
  const datagram = joined(
    record(22, fragments(100)),
    record(22, fragments(15)),
    record(21, fromHex('0228')),
    record(26, encodeAck([{ epoch: 2, sequenceNumber: 1 }])),
    record(20, fromHex('01')),
    record(22, fromHex('ff'), 1),
    fromHex('2e 0001 0001 ff'),
  );

  test('holds messages, parts of messages, an alert, an ACK, and what stays shut', () => {
    const [whole, parts, alert, ack, change, shut, unified] = explainDatagram(datagram, { version: '1.2' });
    expect(whole?.handshake?.map(({ message }) => message?.type)).toEqual(['hello_verify_request']);
    expect(parts?.handshake?.map(({ message, fragment }) => [message, fragment.fragment.length])).toEqual([
      [undefined, 3],
      [undefined, 2],
    ]);
    expect(alert?.alert).toEqual({ level: 'fatal', description: 40 });
    expect(ack?.ack).toEqual([{ epoch: 2, sequenceNumber: 1 }]);
    for (const closed of [change, shut, unified]) expect(Object.keys(closed!)).toEqual(['record', 'start']);
    expect(unified?.start).toBe(datagram.length - 6);
  });

  test('every bit lies in one innermost span; spans either nest or stand apart', () => {
    const spans: Span[] = [];
    explainDatagram(datagram, { version: '1.2' }, spans);
    const isOuter = (span: Span) =>
      spans.some((other) => other !== span && other.start >= span.start && other.end <= span.end);
    let at = 0;
    for (const { start, end } of spans.filter((span) => !isOuter(span)).sort((a, b) => a.start - b.start)) {
      expect(start).toBe(at);
      at = end;
    }
    expect(at).toBe(datagram.length * 8);
  });

  test('errors name the octet in the datagram', () => {
    const broken = joined(
      record(20, fromHex('01')),
      record(
        22,
        encodeFragment({
          msgType: 9,
          length: 2,
          messageSeq: 0,
          fragmentOffset: 0,
          fragment: fromHex('0102'),
        }),
      ),
    );
    const error = (() => {
      try {
        explainDatagram(broken, { version: '1.3' });
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(DtlsError);
    expect(error).toMatchObject({ code: 'DTLS_MESSAGE_MALFORMED', offset: 14 + 13 + 12 });
  });
});
