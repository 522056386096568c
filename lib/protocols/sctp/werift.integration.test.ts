import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  Association,
  type AssociationEvent,
  type AssociationOutput,
  decodePacket,
  encodePacket,
  PPID,
} from './index';

/** What is used of werift's SCTP, which its package does not name as an entry. */
type Transport = { onData?: (octets: Buffer) => void; send(octets: Buffer): Promise<void>; close(): void };
type WeriftSctp = {
  start(port: number): Promise<void>;
  send(streamId: number, ppid: number, data: Buffer): Promise<void>;
  onReceive: { subscribe(listener: (streamId: number, ppid: number, data: Buffer) => void): void };
  stop(): Promise<void>;
};
const werift = join(import.meta.dirname, '../../../node_modules/werift/lib/sctp/src/index.js');
const { SCTP } = createRequire(import.meta.url)(werift) as {
  SCTP: Record<'client' | 'server', (transport: Transport, port: number) => WeriftSctp>;
};

/** Our end and werift's, joined in memory: what one sends the other is handed in the next turn. */
function connect(theirRole: 'client' | 'server') {
  const ours = new Association({ port: 5000, tag: 0x12345678, initialTsn: 0xfffffffa });
  const events: AssociationEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const take = ({ packets, events: news }: AssociationOutput): void => {
    events.push(...news);
    for (const packet of packets) setImmediate(() => transport.onData?.(Buffer.from(encodePacket(packet))));
    clearTimeout(timer);
    if (ours.nextTimerMs !== undefined)
      timer = setTimeout(
        () => take(ours.advance(performance.now())),
        Math.max(0, ours.nextTimerMs - performance.now()),
      );
  };
  const transport: Transport = {
    send: async (octets) => {
      const packet = decodePacket(octets);
      expect(packet.checksumValid).toBe(true);
      setImmediate(() => take(ours.receive(packet, performance.now())));
    },
    close: () => undefined,
  };
  const theirs = SCTP[theirRole](transport, 5000);
  return { ours, theirs, events, take, stop: () => clearTimeout(timer) };
}

test.each(['client', 'server'] as const)('talks both ways to werift as the %s', async (theirRole) => {
  const { ours, theirs, events, take, stop } = connect(theirRole);
  const heard: [number, number, Buffer][] = [];
  theirs.onReceive.subscribe((...message) => heard.push(message));
  await theirs.start(5000);
  if (theirRole === 'server') take(ours.open(performance.now()));
  await expect.poll(() => events).toContainEqual({ type: 'established' });

  const large = Uint8Array.from({ length: 50_000 }, (_, index) => index % 251);
  take(ours.send({ streamId: 2, ppid: PPID.binary, unordered: false, data: large }, performance.now()));
  await expect.poll(() => heard.length, { timeout: 5000 }).toBe(1);
  expect(heard[0]!.slice(0, 2)).toEqual([2, PPID.binary]);
  expect(Buffer.compare(heard[0]![2], large)).toBe(0);

  await theirs.send(3, PPID.string, Buffer.from(large));
  const messages = () => events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
  await expect.poll(() => messages().length, { timeout: 5000 }).toBe(1);
  expect(messages()[0]).toMatchObject({ streamId: 3, ppid: PPID.string });
  expect(Buffer.compare(messages()[0]!.data, large)).toBe(0);
  await theirs.stop();
  stop();
});
