import type { ConnectionConfig, Segment } from '../connection';

/** One of the two ends. */
export type EndpointName = 'client' | 'server';

/**
 * How the application at one end takes what arrived: at once; so many octets every so often, from `startMs`
 * on; or only where the script's actions say `read`.
 */
export type Reading =
  | { mode: 'at-once' }
  | { mode: 'paced'; octets: number; everyMs: number; startMs?: number }
  | { mode: 'by-hand' };

/** How one end is set up and how its application reads. */
export type EndpointScript = {
  config?: Partial<ConnectionConfig>;
  reading?: Reading;
  /** Closes as soon as the peer has closed and all of its data was read. */
  closesAfterPeer?: boolean;
};

/** A call of the user of one end. `send` takes text (UTF-8) or a number of octets to make up. */
export type ExchangeAction = { atMs: number; at: EndpointName } & (
  | { do: 'open-active' | 'open-passive' | 'close' | 'abort' | 'crash' }
  | { do: 'send'; text: string }
  | { do: 'send'; octets: number }
  | { do: 'read'; octets?: number }
);

/** What happens to a packet on its way. A delay longer than the others' is how packets change places. */
export type PacketVerdict = {
  drop?: boolean;
  /** On top of the link's delay. */
  delayMs?: number;
  /** A second copy arrives so much later than the first. */
  duplicateAfterMs?: number;
};

/** A segment that neither end of this run sent: an old duplicate, or a forgery. It arrives at `atMs`. */
export type InjectedSegment = { atMs: number; to: EndpointName; name: string; segment: Partial<Segment> };

/**
 * A whole run as plain JSON. Packets are named by sender, kind and count: "client SYN #1", "server SYN-ACK #2",
 * "client data #3", "server ACK #1", "client FIN #1", "client RST #1". A repeated packet counts on.
 */
export type ExchangeScript = {
  /** One way. */
  delayMs: number;
  client?: EndpointScript;
  server?: EndpointScript;
  actions: readonly ExchangeAction[];
  packets?: Readonly<Record<string, PacketVerdict>>;
  inject?: readonly InjectedSegment[];
  /** The run ends when nothing is left to happen, or at one of these (at most 100,000 events). */
  limits?: { events?: number; timeMs?: number };
};

/** Events of one exchange at most, whatever its script asks for. */
export const MAX_EXCHANGE_EVENTS = 100_000;
/** Virtual time and events after which an exchange is stopped. */
export const DEFAULT_EXCHANGE_LIMITS = { events: 20_000, timeMs: 900_000 };

/**
 * What the ends start from where the script says nothing: the RFC's figures' sequence numbers, 100 and 300,
 * with the ISN clock stopped so that they stay what they are.
 */
export const EXCHANGE_CONFIG: Record<EndpointName, Partial<ConnectionConfig>> = {
  client: { initialSequenceNumber: 100, isnTicksPerMs: 0 },
  server: { initialSequenceNumber: 300, isnTicksPerMs: 0 },
};
