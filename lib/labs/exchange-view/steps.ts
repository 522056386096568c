import type { EndpointName, ExchangeTrace, TcpRuleId, TcpState } from '@/lib/protocols/tcp';
import { packetKind, segmentLength } from '@/lib/protocols/tcp';
import type { Step } from '../define-lab';

export type EndpointStates = Readonly<Record<EndpointName, TcpState>>;

/** A step of an exchange: a rule that decided, a packet that was lost, or the end. */
export type ExchangeStep = Step & {
  timeMs: number;
  rule: TcpRuleId | null;
  /** Where the rule stands: "RFC 9293 §3.10.7.3". */
  ref: string | null;
  /** Where both ends are after it, and the edges of the state diagram taken so far, as `from>to`. */
  states: EndpointStates;
  taken: readonly string[];
};

/** Rules that keep the books: they happen at nearly every segment and decide nothing that is told here. */
const BOOKKEEPING: ReadonlySet<TcpRuleId> = new Set<TcpRuleId>([
  'rtt.sample',
  'retransmission.front',
  'window.update',
  'window.opened',
  'ack.advances',
  'delayed-ack.wait',
  'delayed-ack.timeout',
  'nagle.hold',
  'sws.sender-hold',
  'sws.override',
  'sws.receiver-hold',
  'syn-received.crossing-syn',
  'ack.missing',
]);

/** Sequence numbers are names, not amounts: they are written without separators. */
const NUMBERS_AS_NAMES: ReadonlySet<string> = new Set(['seq', 'ack', 'irs', 'iss', 'rcvNxt', 'sndNxt']);

export type ExchangeStepsOptions = {
  /** One way; a lost packet is missed so long after it was sent. */
  delayMs: number;
  /** What came before is not told, and is the zero of the steps' clock. */
  fromMs?: number;
  end: Step['text'];
};

/**
 * An exchange told in sentences, in the order of time. Messages are at `labs.exchange-view.rules.<rule>`, with `who` (client or
 * server), the states `before` and `after`, the numbers of the rule's note and the `segSeq`, `segAck` and
 * `segOctets` of the packet that came; at `lost` beside them; and what `end` names.
 */
export function exchangeSteps(trace: ExchangeTrace, options: ExchangeStepsOptions): ExchangeStep[] {
  const { delayMs, fromMs = 0, end } = options;
  let states: EndpointStates = { client: 'CLOSED', server: 'CLOSED' };
  let taken: readonly string[] = [];
  const told: ExchangeStep[] = [];
  const losses = trace.packets
    .filter(({ fate, sentAtMs }) => fate === 'lost' && sentAtMs >= fromMs)
    .map((packet) => ({ packet, atMs: packet.sentAtMs + delayMs }))
    .sort((a, b) => a.atMs - b.atMs);

  const add = (timeMs: number, text: Step['text'], rule: ExchangeStep['rule'], ref: string | null): void => {
    told.push({ timeMs: timeMs - fromMs, text, rule, ref, states, taken });
  };
  const addLossesBefore = (timeMs: number): void => {
    for (let next = losses[0]; next && next.atMs < timeMs; next = losses[0]) {
      const { from, to, segment } = next.packet;
      const values = { who: from, peer: to, kind: packetKind(segment), seq: String(segment.seq) };
      add(next.atMs, { key: 'labs.exchange-view.lost', values }, null, null);
      losses.shift();
    }
  };

  for (const note of trace.rules) {
    if (note.timeMs >= fromMs) addLossesBefore(note.timeMs);
    if (note.from !== note.to) taken = [...taken, `${note.from}>${note.to}`];
    states = { ...states, [note.endpoint]: note.rule === 'crash' ? 'CLOSED' : note.to };
    if (note.timeMs < fromMs || BOOKKEEPING.has(note.rule)) continue;
    const segment = note.packet === null ? undefined : trace.packets[note.packet]?.segment;
    const values = {
      who: note.endpoint,
      before: note.from,
      after: note.to,
      segSeq: String(segment?.seq ?? ''),
      segAck: String(segment?.ack ?? ''),
      segOctets: segment ? segmentLength(segment) : 0,
      kind: segment ? packetKind(segment) : '',
      ...namesIn(note.values),
    };
    add(note.timeMs, { key: `labs.exchange-view.rules.${note.rule}`, values }, note.rule, note.ref);
  }
  addLossesBefore(Number.POSITIVE_INFINITY);
  const lastMs = Math.max(trace.endMs, fromMs, (told.at(-1)?.timeMs ?? 0) + fromMs);
  const cut = { key: 'labs.exchange-view.cut', values: {} };
  add(lastMs, trace.ended === 'quiet' ? end : cut, null, null);
  return told;
}

function namesIn(values: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, NUMBERS_AS_NAMES.has(key) ? String(value) : value]),
  );
}

/** When an end first was in a state, on the exchange's clock; undefined: never. */
export function firstTimeIn(
  trace: ExchangeTrace,
  endpoint: EndpointName,
  state: TcpState,
): number | undefined {
  return trace.states.find((interval) => interval.endpoint === endpoint && interval.state === state)?.fromMs;
}

/** Did this rule apply at this end (or at either)? */
export function hasRule(trace: ExchangeTrace, rule: TcpRuleId, endpoint?: EndpointName): boolean {
  return trace.rules.some((note) => note.rule === rule && (!endpoint || note.endpoint === endpoint));
}
