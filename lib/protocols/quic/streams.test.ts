import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { createRandom } from '@/lib/sim';
import { QuicError, ReceiveStream, SendStream, type SendRange } from '.';

const octets = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const codeOf = (run: () => unknown) => {
  const error = caught(QuicError, run);
  return error ? `${error.code} ${error.transportError}` : 'accepted';
};

test('RFC 9000 §3.2, Figure 3: the states of a receiving part', () => {
  const stream = new ReceiveStream(100);
  expect(stream.state).toBe('Recv');
  stream.receive(2, octets('llo'), true);
  expect([stream.state, stream.finalSize, text(stream.read())]).toEqual(['SizeKnown', 5, '']);
  stream.receive(0n, octets('he'));
  expect(stream.state).toBe('DataRecvd');
  expect([text(stream.read()), stream.state]).toEqual(['hello', 'DataRead']);
  const reset = new ReceiveStream(100);
  reset.receive(0, octets('he'));
  reset.receiveReset(5n, 7n);
  expect([reset.state, reset.resetCode, reset.highestOffset]).toEqual(['ResetRecvd', 7n, 5]);
  expect([text(reset.read()), reset.state]).toEqual(['', 'ResetRead']);
});

test.each<[string, string, (stream: ReceiveStream) => void]>([
  ['beyond the limit', 'QUIC_FLOW_CONTROL_EXCEEDED FLOW_CONTROL_ERROR', (s) => s.receive(8, octets('abc'))],
  [
    'a reset beyond the limit',
    'QUIC_FLOW_CONTROL_EXCEEDED FLOW_CONTROL_ERROR',
    (s) => s.receiveReset(11, 0n),
  ],
  ['data after the end', 'QUIC_FINAL_SIZE_CHANGED FINAL_SIZE_ERROR', (s) => s.receive(5, octets('x'))],
  ['another end', 'QUIC_FINAL_SIZE_CHANGED FINAL_SIZE_ERROR', (s) => s.receive(0, octets('he'), true)],
  ['a reset with another size', 'QUIC_FINAL_SIZE_CHANGED FINAL_SIZE_ERROR', (s) => s.receiveReset(6, 0n)],
  ['other octets', 'QUIC_DATA_CHANGED PROTOCOL_VIOLATION', (s) => s.receive(3, octets('xx'))],
])('refused: %s', (_, code, act) => {
  const stream = new ReceiveStream(10);
  stream.receive(2, octets('llo'), true);
  expect(codeOf(() => act(stream))).toBe(code);
});

test('an end before what has come is refused (RFC 9000 §4.5)', () => {
  const stream = new ReceiveStream(10);
  stream.receive(0, octets('hello'));
  expect(codeOf(() => stream.receive(0, octets('he'), true))).toContain('QUIC_FINAL_SIZE_CHANGED');
});

test('pieces in any order, twice and overlapping, give the octets in order', () => {
  const cut = fc.tuple(fc.nat(40), fc.integer({ min: 0, max: 15 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(cut, { maxLength: 30 }), (cuts) => {
      const whole = Uint8Array.from({ length: 40 }, (_, i) => i);
      const stream = new ReceiveStream(40);
      let read = '';
      const take = () => (read += [...stream.read()].join());
      for (const [start, length, isRead] of cuts) {
        const end = Math.min(40, start + length);
        stream.receive(Math.min(start, end), whole.subarray(start, end), end === 40);
        if (isRead) take();
      }
      stream.receive(0, whole, true);
      expect(['DataRecvd', 'DataRead']).toContain(stream.state);
      take();
      expect(stream.state).toBe('DataRead');
      expect(read.replaceAll(',', '')).toBe([...whole].join(''));
    }),
  );
});

test('RFC 9000 §3.1, Figure 2: the states of a sending part', () => {
  const stream = new SendStream(4);
  expect(stream.state).toBe('Ready');
  stream.write(octets('hello'));
  expect(stream.next(3)).toEqual({ offset: 0, data: octets('hel'), fin: false });
  expect(stream.state).toBe('Send');
  stream.finish();
  expect(stream.next(9)).toEqual({ offset: 3, data: octets('l'), fin: false });
  expect([stream.next(9), stream.isBlocked]).toEqual([undefined, true]);
  stream.setMaxData(10);
  const last = stream.next(9);
  expect(last).toEqual({ offset: 4, data: octets('o'), fin: true });
  expect(stream.state).toBe('DataSent');
  stream.acknowledge(last!);
  stream.lose({ offset: 0, data: octets('hel'), fin: false });
  const again = stream.next(9);
  expect(again).toEqual({ offset: 0, data: octets('hel'), fin: false });
  stream.acknowledge(again!);
  stream.acknowledge({ offset: 3, data: octets('l'), fin: false });
  expect(stream.state).toBe('DataRecvd');
  expect(codeOf(() => stream.write(octets('x')))).toBe('QUIC_STREAM_STATE_WRONG STREAM_STATE_ERROR');
});

test('only what is not acknowledged is sent again (RFC 9000 §3.1, §13.3)', () => {
  const stream = new SendStream(100);
  stream.write(octets('abcdef'));
  const sent = [stream.next(2)!, stream.next(2)!, stream.next(2)!];
  stream.acknowledge(sent[1]!);
  stream.lose({ offset: 0, data: octets('abcdef'), fin: false });
  expect([stream.next(9), stream.next(9), stream.next(9)]).toEqual([sent[0], sent[2], undefined]);
  stream.lose(sent[2]!);
  stream.acknowledge(sent[2]!);
  expect(stream.next(9)).toBeUndefined();
});

test('a reset says how much was sent (RFC 9000 §4.5)', () => {
  const stream = new SendStream(100);
  stream.write(octets('hello'));
  stream.next(3);
  expect(stream.reset(9n)).toEqual({ errorCode: 9n, finalSize: 3n });
  expect([stream.state, stream.next(9)]).toEqual(['ResetSent', undefined]);
  stream.acknowledgeReset();
  expect(stream.state).toBe('ResetRecvd');
});

test('what is sent arrives, whatever is lost, late or twice on the way', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      fc.nat(),
      (data, size, seed) => {
        const random = createRandom(seed);
        const sender = new SendStream(20);
        const receiver = new ReceiveStream(20);
        const read: number[] = [];
        let written = 0;
        const flight: SendRange[] = [];
        for (let turn = 0; turn < 5000 && sender.state !== 'DataRecvd'; turn++) {
          if (written < data.length) {
            const more = data.subarray(written, written + random.integer(1, 30));
            sender.write(more);
            written += more.length;
          }
          // An empty piece more and then the end, so that the end sometimes goes alone.
          if (written === data.length && random.chance(0.5)) sender.finish();
          const range = sender.next(size);
          if (range) flight.push(range);
          if (flight.length > 0 && random.chance(0.6)) {
            const [one] = flight.splice(random.integer(0, flight.length - 1), 1);
            if (one && random.chance(0.3)) sender.lose(one);
            else if (one) {
              receiver.receive(one.offset, one.data, one.fin);
              if (random.chance(0.2)) sender.lose(one);
              else sender.acknowledge(one);
            }
          }
          read.push(...receiver.read());
          receiver.setMaxData(read.length + 20);
          sender.setMaxData(read.length + 20);
        }
        expect(sender.state).toBe('DataRecvd');
        expect(receiver.state).toBe('DataRead');
        expect(Uint8Array.from(read)).toEqual(data);
      },
    ),
  );
});
