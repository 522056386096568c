import type { Server } from 'node:net';
import type { WireEvent, WireField } from '@/lib/labs/wire';

/** Takes down what a peer's API reports; time is added here. Bounded: the rest is dropped. */
export type Report = (event: Untimed<WireEvent>) => void;

type Untimed<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;

/** A server that serves one connection and reports what it understands. It is made for one run. */
export type CreatePeer = (report: Report) => Server;

/** Node's flat list of names and values as fields. */
export function fieldsOf(raw: readonly string[], sensitive: readonly string[] = []): WireField[] {
  const fields: WireField[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? '';
    fields.push({ name, value: raw[i + 1] ?? '', ...(sensitive.includes(name) ? { sensitive: true } : {}) });
  }
  return fields;
}

/** The stable code of an error of Node's or ws's; its message might name the host. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
