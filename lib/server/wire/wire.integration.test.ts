import { expect, test } from 'vitest';
import { receivedOctets } from '@/lib/labs/wire';
import { talkToPeer } from '.';

const text = (s: string) => new TextEncoder().encode(s);
const hex = (s: string) => Uint8Array.from(Buffer.from(s.replaceAll(' ', ''), 'hex'));

test('Node reads a request of HTTP/1.1 and answers it', async () => {
  const answer = await talkToPeer('http1', [
    text('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi'),
  ]);
  console.log(
    JSON.stringify(answer.understood),
    answer.closedBy,
    answer.closeReason,
    new TextDecoder().decode(receivedOctets(answer)),
  );
});
test('h2', async () => {
  const pre = text('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  for (const rest of [
    '000000040000000000 000003010500000001 828684',
    '000000040000000000 000002010500000001 82ff',
    '',
  ]) {
    const answer = await talkToPeer('http2', [pre, hex(rest)]);
    console.log(
      JSON.stringify(answer.understood),
      answer.closedBy,
      answer.closeReason,
      Buffer.from(receivedOctets(answer)).toString('hex'),
    );
  }
});
test('ws', async () => {
  const up = text(
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  for (const frames of [
    '818537fa213d7f9f4d5158',
    '810548656c6c6f',
    '8882 00000000 03e8',
    '8184 00000000 ffffffff',
  ]) {
    const answer = await talkToPeer('websocket', [up, hex(frames)]);
    console.log(
      JSON.stringify(answer.understood),
      answer.closedBy,
      answer.closeReason,
      JSON.stringify(Buffer.from(receivedOctets(answer)).toString('latin1')),
    );
  }
});
