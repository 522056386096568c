import {
  createEventSource,
  EventStreamParser,
  judgeAnswer,
  requestFields,
  stepEventSource,
  writeEvent,
  type EventSourceState,
} from '@/lib/protocols/sse';
import { EventQueue } from '@/lib/sim';
import type { LiveParams } from './lab';
import type { ShownField } from './told';

/** How much news there is in a run. */
export const EVENTS = 12;
/** A browser that is refused or cut tries again; this many attempts are more than any params need. */
const MAX_ATTEMPTS = 200;

export type Message = {
  id: string;
  from: 'browser' | 'server';
  kind: 'request' | 'answer' | 'event';
  sentMs: number;
  /** Undefined: lost. */
  receivedMs: number | undefined;
  connection: number;
  /** Of an event. */
  n?: number;
  replayed?: boolean;
  /** Of an answer. */
  status?: number;
  /** Of a request, as it arrives. */
  fields?: readonly ShownField[];
};

export type Change = { atMs: number; readyState: EventSourceState['readyState'] };

export type Simulation = {
  messages: readonly Message[];
  /** Numbers of the events that the page got, in order. */
  received: readonly { n: number; atMs: number; replayed: boolean }[];
  changes: readonly Change[];
  client: EventSourceState;
  /** What the server wrote on each connection. */
  written: readonly string[];
};

type Connection = {
  index: number;
  isAlive: boolean;
  parser: EventStreamParser;
  held: { block: string; message: Message }[];
};

/** News by the clock, a link that breaks once, and a browser that comes back: HTML §9.2.3 with real octets. */
export function simulate(params: LiveParams): Simulation {
  const { delayMs, cutAtMs, outageMs } = params;
  const queue = new EventQueue();
  const messages: Message[] = [];
  const received: { n: number; atMs: number; replayed: boolean }[] = [];
  const changes: Change[] = [{ atMs: 0, readyState: 'connecting' }];
  const written: (string | undefined)[] = [];
  let client = createEventSource();
  let current: Connection | undefined;
  let published = 0;
  let attempts = 0;

  const isDown = (atMs: number) => cutAtMs > 0 && atMs >= cutAtMs && atMs < cutAtMs + outageMs;
  const note = (message: Message): Message => (messages.push(message), message);
  const turn = (next: EventSourceState) => {
    if (next.readyState !== client.readyState)
      changes.push({ atMs: queue.nowMs, readyState: next.readyState });
    client = next;
  };
  const comeBack = () => {
    turn(stepEventSource(client, { kind: 'lost' }));
    if (client.readyState === 'closed' || attempts >= MAX_ATTEMPTS) return;
    queue.schedule(queue.nowMs + client.reconnectionTimeMs, ask);
  };

  function ask(): void {
    const index = attempts++;
    const fields = requestFields(client.lastEventId);
    const message = note({
      id: `request-${index}`,
      from: 'browser',
      kind: 'request',
      sentMs: queue.nowMs,
      receivedMs: undefined,
      connection: index,
      fields,
    });
    const parser = new EventStreamParser({ lastEventId: client.lastEventId });
    const connection: Connection = { index, isAlive: true, parser, held: [] };
    current = connection;
    if (isDown(queue.nowMs)) {
      connection.isAlive = false;
      comeBack();
      return;
    }
    arrive(connection, message, () => answer(connection, fields));
  }

  /** Runs `then` when the message gets there, if the connection still stands. */
  function arrive(connection: Connection, message: Message, then: () => void): void {
    queue.schedule(queue.nowMs + delayMs, () => {
      if (!connection.isAlive) return;
      message.receivedMs = queue.nowMs;
      then();
    });
  }

  function answer(connection: Connection, fields: readonly ShownField[]): void {
    const status = connection.index === 0 || params.answer === 'stream' ? 200 : Number(params.answer);
    const contentType = status === 200 ? 'text/event-stream' : 'text/plain';
    const message = note({
      id: `answer-${connection.index}`,
      from: 'server',
      kind: 'answer',
      sentMs: queue.nowMs,
      receivedMs: undefined,
      connection: connection.index,
      status,
    });
    arrive(connection, message, () => turn(stepEventSource(client, { kind: 'answer', status, contentType })));
    if (judgeAnswer({ status, contentType }).kind === 'failed') {
      current = undefined;
      return;
    }
    written[connection.index] = '';
    write(connection, writeEvent({ retryMs: params.retryMs }), undefined);
    const seen = fields.find(({ name }) => name === 'Last-Event-ID')?.value;
    if (seen === undefined) return;
    const oldest = Math.max(Number(seen) + 1, published - params.keep + 1);
    for (let n = oldest; n <= published; n++) tell(connection, n, true);
  }

  function tell(connection: Connection, n: number, replayed: boolean): void {
    const block = writeEvent({ ...(params.ids && { lastEventId: String(n) }), data: `news ${n}` });
    const message: Message = {
      id: `event-${connection.index}-${n}`,
      from: 'server',
      kind: 'event',
      sentMs: queue.nowMs,
      receivedMs: undefined,
      connection: connection.index,
      n,
      replayed,
    };
    write(connection, block, note(message));
  }

  /** Through the proxy, which hands on what it has once it has enough. */
  function write(connection: Connection, block: string, message: Message | undefined): void {
    written[connection.index] = (written[connection.index] ?? '') + block;
    const blank: Message = {
      id: '',
      from: 'server',
      kind: 'event',
      sentMs: queue.nowMs,
      receivedMs: undefined,
      connection: connection.index,
    };
    connection.held.push({ block, message: message ?? blank });
    const octets = connection.held.reduce((sum, held) => sum + held.block.length, 0);
    if (octets < params.proxyOctets) return;
    for (const { block: sent, message: one } of connection.held.splice(0)) {
      arrive(connection, one, () => read(connection, sent, one));
    }
  }

  function read({ parser }: Connection, block: string, { n, replayed = false }: Message): void {
    const events = parser.push(new TextEncoder().encode(block));
    turn(
      stepEventSource(client, {
        kind: 'read',
        lastEventId: parser.lastEventId,
        reconnectionTimeMs: parser.reconnectionTimeMs,
      }),
    );
    if (n !== undefined && events.length > 0) received.push({ n, atMs: queue.nowMs, replayed });
  }

  for (let n = 1; n <= EVENTS; n++) {
    queue.schedule(n * params.everyMs, () => {
      published = n;
      if (current?.isAlive && written[current.index] !== undefined) tell(current, n, false);
    });
  }
  if (cutAtMs > 0) {
    queue.schedule(cutAtMs, () => {
      if (!current?.isAlive) return;
      current.isAlive = false;
      comeBack();
    });
  }
  queue.schedule(0, ask);
  while (queue.step());
  return { messages, received, changes, client, written: Array.from(written, (text) => text ?? '') };
}
