import { createRequire } from 'node:module';
import { encodeFrame, FrameReader, MessageReader } from '@/lib/protocols/websocket';
import { medianOf, type BenchRow } from './rows';

/**
 * Our frames against those of `ws`, masked, both in JavaScript: ws takes a native masker if there is one (Node's own or
 * `bufferutil`), so both are put out of its reach before it is loaded.
 */
const ROUNDS = 15;
const SIZES = [
  { name: '125 B', octets: 125, times: 8000 },
  { name: '16 kB', octets: 16_384, times: 400 },
  { name: '1 MB', octets: 1_048_576, times: 8 },
];
const KEY = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
/** As a socket hands octets over. */
const CHUNK = 65_536;

type Peer = {
  frame(data: Uint8Array, options: object): Buffer[];
  createReceiver(onMessage: (data: Uint8Array) => void): { push(chunk: Uint8Array): void };
};

async function loadWs(): Promise<Peer> {
  process.env.WS_NO_BUFFER_UTIL = '1';
  const require = createRequire(import.meta.url);
  const http = require('node:http') as Record<string, unknown>;
  if (http.websocketMask !== undefined) throw new Error('this Node has a native masker, which ws would use');
  const path = require.resolve('ws').replace(/[^/]+$/, 'lib/');
  const Sender = require(`${path}sender.js`) as { frame: Peer['frame'] };
  type Writable = {
    write(chunk: Uint8Array): void;
    on(event: string, heard: (data: Uint8Array) => void): void;
  };
  const Receiver = require(`${path}receiver.js`) as new (options: object) => Writable;
  return {
    frame: (data, options) => Sender.frame(data, options),
    createReceiver(onMessage) {
      const receiver = new Receiver({ isServer: true, allowSynchronousEvents: true, maxPayload: 2 ** 26 });
      receiver.on('message', onMessage);
      return { push: (chunk) => receiver.write(chunk) };
    },
  };
}

function millisecondsOf(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

/** Both in turn, so that what else the machine does falls on both; the ratio of the medians. */
function ratioOf(ours: () => void, theirs: () => void): number {
  for (let i = 0; i < 3; i++) [ours, theirs].forEach((act) => act());
  const times = Array.from({ length: ROUNDS }, () => [millisecondsOf(ours), millisecondsOf(theirs)] as const);
  const [our, their] = [medianOf(times.map(([ms]) => ms)), medianOf(times.map(([, ms]) => ms))];
  console.log(`   ours ${our.toFixed(2)} ms, ws ${their.toFixed(2)} ms`);
  return their / our;
}

const row = (name: string, measured: number): BenchRow => ({
  name,
  unit: '× ws',
  bar: 1,
  sense: 'at least',
  measured,
});

function chunksOf(octets: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < octets.length; at += CHUNK) chunks.push(octets.subarray(at, at + CHUNK));
  return chunks;
}

export default async function measureWebSocket(): Promise<BenchRow[]> {
  const ws = await loadWs();
  const rows: BenchRow[] = [];
  for (const { name, octets, times } of SIZES) {
    const payload = Buffer.from(Uint8Array.from({ length: octets }, (_, i) => (i * 31) & 0xff));
    // The caller's octets stay as they are with both; ws gets the key without drawing it.
    const options = { fin: true, rsv1: false, opcode: 2, mask: true, readOnly: true };
    const withKey = {
      ...options,
      maskBuffer: Buffer.alloc(4),
      generateMask: (mask: Buffer) => mask.set(KEY),
    };
    const writeOurs = () => encodeFrame({ fin: true, opcode: 2, mask: KEY, payload });
    const one = Buffer.from(writeOurs());
    if (!one.equals(Buffer.concat(ws.frame(payload, withKey))))
      throw new Error('they write different octets');
    const repeat = (act: () => unknown) => () => {
      for (let i = 0; i < times; i++) act();
    };
    rows.push(
      row(
        `write a frame, ${name}`,
        ratioOf(
          repeat(writeOurs),
          repeat(() => ws.frame(payload, withKey)),
        ),
      ),
    );

    const stream = Buffer.concat(Array.from({ length: times }, () => one));
    let heard = 0;
    const hear = (data: Uint8Array) => {
      heard += data.length;
    };
    const check = (who: string, act: () => void) => () => {
      heard = 0;
      act();
      if (heard !== octets * times) throw new Error(`${who} read ${heard} octets`);
    };
    // ws takes the mask off in place, so each side gets chunks of its own each time; the copies are not timed.
    let chunks: Buffer[] = [];
    const theirs = check('ws', () => {
      const receiver = ws.createReceiver(hear);
      for (const chunk of chunks) receiver.push(chunk);
    });
    const ours = check('FrameReader', () => {
      const reader = new FrameReader({ role: 'server' });
      for (const chunk of chunks) for (const frame of reader.push(chunk)) hear(frame.payload);
    });
    const messages = check('MessageReader', () => {
      const reader = new MessageReader({ role: 'server' });
      for (const chunk of chunks) {
        for (const event of reader.push(chunk)) if (event.type === 'message') hear(event.data as Uint8Array);
      }
    });
    const fresh = (act: () => void) => () => {
      chunks = chunksOf(Buffer.from(stream));
      return millisecondsOf(act);
    };
    const timed = [ours, theirs, messages].map(fresh);
    for (let i = 0; i < 3; i++) timed.forEach((act) => act());
    const rounds = Array.from({ length: ROUNDS }, () => timed.map((act) => act()));
    const [our = 0, their = 0, message = 0] = timed.map((_, i) => medianOf(rounds.map((ms) => ms[i]!)));
    console.log(
      `   ${name}: frames ${our.toFixed(2)}, messages ${message.toFixed(2)}, ws ${their.toFixed(2)} ms`,
    );
    rows.push(row(`read frames, ${name}`, their / our), row(`read messages, ${name}`, their / message));
  }
  return rows;
}
