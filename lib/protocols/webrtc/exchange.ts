import { createRandom, EventQueue } from '@/lib/sim';
import { meddle, type Fault } from './faults';
import type { MediaKind } from './offer';
import { Peer } from './peer';
import { otherPeer, type PeerId, type Signal } from './signals';
import type {
  ExchangeTrace,
  MessageKind,
  NamedDescription,
  PeerView,
  TracedMessage,
  TracedRule,
} from './trace';
import type { PathPacket } from './transport';

/** What the person at a peer does. */
export type ExchangeAction = {
  atMs: number;
  peer: PeerId;
  do: 'call' | 'add-video' | 'hold' | 'restart-ice';
};

/** What a run is made of; times in milliseconds. */
export type ExchangeOptions = {
  /** What both want to exchange from the start. */
  media: readonly MediaKind[];
  trickle: boolean;
  /** One way, through the application's server. Signals arrive in order. */
  signalingDelayMs: number;
  /** One way, from host to host. */
  pathDelayMs: number;
  gatheringMs: number;
  polite: Readonly<Record<PeerId, boolean>>;
  calls: readonly ExchangeAction[];
  /** Done once all is quiet; times count from then. */
  later?: readonly ExchangeAction[];
  fault: Fault;
  /** Names of signals that the channel loses. */
  lost?: readonly string[];
  seed?: number;
};

/** A run ends here at the latest; the longest honest one has some eighty events. */
const MAX_EVENTS = 2_000;
const QUIET_MS = 100;
const PEERS = ['ada', 'ben'] as const;

/**
 * Runs two peers over a signaling channel and a media path until nothing more happens. Deterministic: the same
 * options give the same trace. Cannot throw for any options within their types.
 */
export function runExchange(options: ExchangeOptions): ExchangeTrace {
  const queue = new EventQueue();
  const random = createRandom(options.seed ?? 1);
  const messages: TracedMessage[] = [];
  const rules: TracedRule[] = [];
  const descriptions: Record<string, NamedDescription> = {};
  const counts = new Map<string, number>();
  const nameOf = (peer: PeerId, kind: string) => {
    const key = `${peer} ${kind}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return `${key} ${count}`;
  };

  const sendSignal = (from: PeerId, signal: Signal) => {
    const name = signal.type === 'candidate' ? nameOf(from, 'candidate') : (lastNames.get(from) ?? '');
    const arriving = options.lost?.includes(name) ? null : meddle(options.fault, from, signal);
    const receivedAtMs = arriving === null ? null : queue.nowMs + options.signalingDelayMs;
    const text = textOf(signal);
    const after = arriving === null ? text : textOf(arriving);
    messages.push({
      ...{ name, from, to: otherPeer(from), way: 'signaling', kind: signal.type, sentAtMs: queue.nowMs },
      ...{ receivedAtMs, text, ...(after === text ? {} : { changedTo: after }) },
    });
    if (arriving !== null && receivedAtMs !== null)
      queue.schedule(receivedAtMs, () => peers[otherPeer(from)].receive(arriving, name));
  };
  const sendOnPath = (from: PeerId, packet: PathPacket) => {
    const receivedAtMs = queue.nowMs + options.pathDelayMs;
    const kind: MessageKind = packet.kind;
    messages.push({
      ...{ name: nameOf(from, kind), from, to: otherPeer(from), way: 'path', kind },
      ...{ sentAtMs: queue.nowMs, receivedAtMs },
    });
    queue.schedule(receivedAtMs, () => peers[otherPeer(from)].transport.receive(packet));
  };

  /** The name that a peer gave to its last description, until it is sent. */
  const lastNames = new Map<PeerId, string>();
  const createPeer = (id: PeerId): Peer =>
    new Peer(
      {
        id,
        trickle: options.trickle,
        gatheringMs: options.gatheringMs,
        polite: options.polite[id],
      },
      random,
      {
        after: (delayMs, action) => void queue.schedule(queue.nowMs + delayMs, action),
        signal: (signal) => sendSignal(id, signal),
        sendOnPath: (packet) => sendOnPath(id, packet),
        nameOf: (type) => {
          const name = nameOf(id, type);
          lastNames.set(id, name);
          return name;
        },
        keep: (description) => (descriptions[description.name] = description),
        tell: (rule, ref, values = {}) =>
          rules.push({ timeMs: queue.nowMs, peer: id, rule, ref, values, views: viewsOf() }),
      },
    );
  const peers: Record<PeerId, Peer> = { ada: createPeer('ada'), ben: createPeer('ben') };
  const viewsOf = (): Record<PeerId, PeerView> => ({ ada: peers.ada.view, ben: peers.ben.view });
  for (const id of PEERS) for (const kind of options.media) peers[id].add(kind);

  const run = (actions: readonly ExchangeAction[], fromMs: number) => {
    for (const action of actions) queue.schedule(fromMs + action.atMs, () => act(peers[action.peer], action));
    for (let count = 0; count < MAX_EVENTS && queue.step(); count++);
  };
  run(options.calls, 0);
  if (options.later) run(options.later, queue.nowMs + QUIET_MS);
  return { messages, rules, final: viewsOf(), descriptions, endMs: queue.nowMs };
}

function act(peer: Peer, { do: what }: ExchangeAction): void {
  // Who has been called meanwhile need not call: all it wants stands in the answer.
  if (what === 'call' && peer.view.currentLocal !== null) return;
  if (what === 'add-video') peer.add('video');
  if (what === 'hold') peer.hold();
  if (what === 'restart-ice') peer.restartIce();
  peer.offer();
}

function textOf(signal: Signal): string {
  return signal.type === 'candidate' ? signal.candidate : signal.sdp;
}
