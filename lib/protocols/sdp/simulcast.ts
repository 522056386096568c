import { readAttribute } from './grammar/attributes';

/** One stream is a choice of encodings, the first that suits; `~` before a name says that it starts paused. */
export type SimulcastStream = { rid: string; isPaused: boolean }[];

/** Which streams are sent, and which received, at the same time (RFC 8853 §5.1). */
export type Simulcast = { send: SimulcastStream[]; recv: SimulcastStream[] };

/**
 * `send 1;~2,3 recv c` is two streams sent, the second as 2 (paused) or 3, and one received. Undefined where the value
 * breaks the grammar, as the older drafts' forms do.
 */
export function readSimulcast(value: string | undefined): Simulcast | undefined {
  const fields = readAttribute('simulcast', value);
  if (!fields) return undefined;
  const simulcast: Simulcast = { send: [], recv: [] };
  const { direction, streams, otherDirection, otherStreams } = fields;
  for (const [way, list] of [
    [direction, streams],
    [otherDirection, otherStreams],
  ]) {
    if (way === undefined || list === undefined) continue;
    if ((way !== 'send' && way !== 'recv') || simulcast[way].length > 0) return undefined;
    for (const stream of list.split(';')) simulcast[way].push(streamOf(stream));
  }
  const isWhole = [...simulcast.send, ...simulcast.recv]
    .flat()
    .every(({ rid }) => /^[A-Za-z0-9_-]+$/.test(rid));
  return isWhole ? simulcast : undefined;
}

/** The value of an `a=simulcast:` line. */
export function writeSimulcast({ send, recv }: Simulcast): string {
  const parts: string[] = [];
  if (send.length > 0) parts.push(`send ${send.map(writeStream).join(';')}`);
  if (recv.length > 0) parts.push(`recv ${recv.map(writeStream).join(';')}`);
  return parts.join(' ');
}

function streamOf(text: string): SimulcastStream {
  return text.split(',').map((name) => {
    const isPaused = name.startsWith('~');
    return { rid: isPaused ? name.slice(1) : name, isPaused };
  });
}

function writeStream(stream: SimulcastStream): string {
  return stream.map(({ rid, isPaused }) => (isPaused ? `~${rid}` : rid)).join(',');
}
