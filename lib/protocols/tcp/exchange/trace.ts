import type { Connection, Effect, RuleNote, Segment, TcpState, TimerName } from '../connection';
import type { EndpointName } from './script';

/** A packet from its sending to its end. */
export type ExchangePacket = {
  index: number;
  /** Stable: "client SYN #1". */
  name: string;
  from: EndpointName;
  to: EndpointName;
  injected: boolean;
  segment: Segment;
  /** The window in octets, scaled; the `wnd` of the segment is what the wire says. */
  windowOctets: number;
  /** All of its sequence numbers were sent before. */
  isRepeat: boolean;
  sentAtMs: number;
  /** One a copy; none: the packet was lost. Times after the end of the run are not here. */
  arrivedAtMs: number[];
  fate: 'arrived' | 'lost' | 'under-way';
};

/** A rule that applied at an end, and the packet whose arrival set it off, if one did. */
export type ExchangeRule = RuleNote & { endpoint: EndpointName; packet: number | null };

/** A state and how long an end was in it. */
export type StateInterval = { endpoint: EndpointName; state: TcpState; fromMs: number; toMs: number };

/** A timer from when it was set to when it went off or was stopped. */
export type TimerSpan = {
  endpoint: EndpointName;
  timer: TimerName;
  fromMs: number;
  dueMs: number;
  toMs: number;
  outcome: 'fired' | 'stopped' | 'running';
};

/** What an application heard from its TCP, and when. */
export type ExchangeEffect = Effect & { endpoint: EndpointName; timeMs: number };

/** One end's window and buffers, each time one of them changed. All but the sequence numbers in octets. */
export type WindowSample = {
  endpoint: EndpointName;
  timeMs: number;
  sndUna: number;
  sndNxt: number;
  sndWnd: number;
  rcvNxt: number;
  rcvWnd: number;
  unsent: number;
  unread: number;
  held: number;
};

/** What a run leaves behind, each list in the order of time; plain JSON. */
export type ExchangeTrace = {
  packets: ExchangePacket[];
  states: StateInterval[];
  rules: ExchangeRule[];
  timers: TimerSpan[];
  effects: ExchangeEffect[];
  windows: WindowSample[];
  /** Everything that each application read, one octet a character; and everything that it sent. */
  read: Record<EndpointName, string>;
  sent: Record<EndpointName, string>;
  final: Record<EndpointName, Connection>;
  endMs: number;
  ended: 'quiet' | 'time-limit' | 'event-limit';
};
