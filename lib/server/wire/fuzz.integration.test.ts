import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { receivedOctets, readByProtocol, WIRE_MAX_OCTETS, WIRE_PEERS, type WirePeer } from '@/lib/labs/wire';
import { createRandom } from '@/lib/sim';
import { talkToPeer } from '.';

const runs = Number(process.env.WIRE_RUNS ?? 10_000);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** At a time: as many learners as one server lets send, less some. */
const WORKERS = 56;

const octets = (text: string) => new TextEncoder().encode(text);
const upgrade = octets(
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
);
const preface = octets('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
/** Conversations that the peers understand, to be spoilt. */
const sound: Record<WirePeer, readonly Uint8Array[]> = {
  http1: [
    octets(
      'POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
    ),
  ],
  http2: [
    preface,
    fromHex('000000 04 00 00000000 000012 01 04 00000001 828684 4103612e62 40 0161 0162 838684bebf'),
    fromHex(
      '000005 00 01 00000001 68656c6c6f 000008 06 00 00000000 0102030405060708 000004 03 00 00000001 00000008',
    ),
  ],
  websocket: [
    upgrade,
    fromHex('818537fa213d7f9f4d5158 c1877f000000 8d48cdc9c9070000 8900 8882 00000000 03e8'),
  ],
};

test(`${runs} random inputs leave the server as it was`, { timeout: 300_000 }, async () => {
  console.log(`wire fuzz: ${runs} runs, seed ${seed}`);
  const random = createRandom(seed);
  const below = (n: number) => Math.floor(random.next() * n);
  const noise = (length: number) => Uint8Array.from({ length }, () => below(256));
  const spoil = (part: Uint8Array) => {
    const copy = Uint8Array.from(part);
    for (let n = below(4); n > 0; n--) copy[below(copy.length)] = below(256);
    return below(5) === 0 ? copy.subarray(0, below(copy.length)) : copy;
  };
  const input = (peer: WirePeer): Uint8Array[] => {
    if (below(4) === 0) return Array.from({ length: 1 + below(3) }, () => noise(below(300)));
    const parts = sound[peer].map(spoil);
    if (below(3) === 0) parts.push(noise(below(2_000)));
    return below(4) === 0 ? [Uint8Array.from(parts.flatMap((part) => [...part]))] : parts;
  };
  const baseline = await answersToSound();
  const ended: Record<string, number> = {};
  let left = runs;
  const worker = async () => {
    while (left-- > 0) {
      const peer = WIRE_PEERS[below(3)] ?? 'http1';
      const answer = await talkToPeer(peer, input(peer));
      expect(receivedOctets(answer).length).toBeLessThanOrEqual(WIRE_MAX_OCTETS);
      // The page explains whatever comes back.
      await readByProtocol(answer);
      const how = `${peer}: ${answer.closedBy} ${answer.closeReason}`;
      ended[how] = (ended[how] ?? 0) + 1;
    }
  };
  const heapBefore = process.memoryUsage().heapUsed;
  await Promise.all(Array.from({ length: WORKERS }, worker));
  console.log(ended);

  expect(await answersToSound()).toEqual(baseline);
  // Nothing is left open, and nothing piles up.
  await delay(500);
  const open = process.getActiveResourcesInfo().filter((name) => /TCP|HTTP/i.test(name));
  expect(open).toEqual([]);
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(200_000_000);
});

async function answersToSound(): Promise<string[]> {
  const answers = await Promise.all(WIRE_PEERS.map((peer) => talkToPeer(peer, sound[peer])));
  return answers.map((answer) => toHex(receivedOctets(answer)).replace(/88[0-9a-f]{20,40}(?=5f)/, ''));
}
