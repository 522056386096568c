import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DecodedMessage } from '@/lib/protocols/stun';
import {
  addFingerprint,
  addIntegrity,
  decodeMessage,
  encodeMessage,
  findAttribute,
  shortTermKey,
} from '@/lib/protocols/stun';
import type { BenchRow } from './rows';
import { medianOf } from './rows';

/**
 * STUN decoding against the decoders on npm that could be had here: `stun` (nodertc), and `werift`'s, which is its ICE
 * agent's. (`vs-stun` and `stun-js` write messages and bring sockets; neither decodes more than these.)
 * An ICE connectivity check and its answer are decoded, and the values that an agent uses are read.
 */
type Peer = {
  name: string;
  decode: (octets: Buffer) => { username: string | undefined; address: string | undefined };
};

const require = createRequire(import.meta.url);

function ours(octets: Uint8Array): ReturnType<Peer['decode']> {
  const message = decodeMessage(octets) as DecodedMessage;
  return {
    username: findAttribute(message, 'USERNAME'),
    address: findAttribute(message, 'XOR-MAPPED-ADDRESS')?.address,
  };
}

type NpmStun = { decode(octets: Buffer): { getAttribute(type: number): { value: unknown } | undefined } };
type Werift = { parseMessage(octets: Buffer): { getAttributeValue(name: string): unknown } | undefined };

function peers(): Peer[] {
  const stun = require('stun') as NpmStun;
  const werift = require(join(dirname(require.resolve('werift')), '../../ice/src/stun/message.js')) as Werift;
  return [
    {
      name: 'stun',
      decode(octets) {
        const message = stun.decode(octets);
        const username = message.getAttribute(0x0006)?.value;
        const mapped = message.getAttribute(0x0020)?.value as { address: string } | undefined;
        return {
          username: typeof username === 'string' ? username : (username as Buffer | undefined)?.toString(),
          address: mapped?.address,
        };
      },
    },
    {
      name: 'werift',
      decode(octets) {
        const message = werift.parseMessage(octets)!;
        const mapped = message.getAttributeValue('XOR-MAPPED-ADDRESS') as [string, number] | undefined;
        return {
          username: message.getAttributeValue('USERNAME') as string | undefined,
          address: mapped?.[0],
        };
      },
    },
  ];
}

async function inputs(): Promise<Buffer[]> {
  const transactionId = Uint8Array.from({ length: 12 }, (_, i) => i * 20);
  const check = encodeMessage({
    class: 'request',
    method: 'Binding',
    transactionId,
    attributes: [
      { name: 'USERNAME', value: 'evtj:h6vY' },
      { name: 'PRIORITY', value: 1_845_494_271 },
      { name: 'ICE-CONTROLLING', value: 0x932ff9b151263b36n },
      { name: 'USE-CANDIDATE', value: true },
    ],
  });
  const answer = encodeMessage({
    class: 'success',
    method: 'Binding',
    transactionId,
    attributes: [{ name: 'XOR-MAPPED-ADDRESS', value: { address: '192.0.2.1', port: 32_853 } }],
  });
  const key = shortTermKey('VOkJxbRl1RmTxUk/WvJxBt');
  const signed = [await addIntegrity(check, key), await addIntegrity(answer, key)];
  return signed.map((octets) => Buffer.from(addFingerprint(octets)));
}

const ROUNDS = 31;
const PER_ROUND = 4000;

function timeOf(decode: Peer['decode'], messages: readonly Buffer[]): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < PER_ROUND; i++) for (const octets of messages) decode(octets);
  return Number(process.hrtime.bigint() - start) / (PER_ROUND * messages.length);
}

export default async function bench(): Promise<BenchRow[]> {
  const messages = await inputs();
  const others = peers();
  for (const octets of messages) {
    for (const peer of others) {
      const [a, b] = [ours(octets), peer.decode(octets)].map((it) => JSON.stringify(it));
      if (a !== b) throw new Error(`${peer.name} reads ${b}, we read ${a}`);
    }
  }
  const times = new Map<string, number[]>();
  // In turns, so that a slow moment of the machine falls on all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, decode] of [
      ['ours', ours] as const,
      ...others.map((peer) => [peer.name, peer.decode] as const),
    ]) {
      times.set(name, [...(times.get(name) ?? []), timeOf(decode, messages)]);
    }
  }
  const median = (name: string): number => medianOf(times.get(name) ?? []);
  for (const name of times.keys()) console.log(`${name}: ${median(name).toFixed(0)} ns a message`);
  return others.map(({ name }) => ({
    name: `STUN decode: speed against ${name}`,
    unit: '×',
    bar: 1,
    sense: 'at least',
    measured: median(name) / median('ours'),
  }));
}
