import type { Random } from '@/lib/sim';
import { createRandom, EventQueue } from '@/lib/sim';
import type { NatBehaviour } from '@/lib/protocols/nat';
import { createNat } from '@/lib/protocols/nat';
import { findAttribute } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { isSameTransportAddress } from '@/lib/protocols/udp';
import { IceAgent } from '../agent/ice-agent';
import type { IceAgentOptions, IceOutput, IceState } from '../agent/state';
import type { CandidateParts, IceCandidate } from '../candidate';
import { createCandidate, Foundations } from '../candidate';
import type { IceRole } from '../candidate-pair';
import type { ValidPair } from '../checklist';
import type { Datagram, Host, NetworkEvent, Side } from './network';
import { Network, STUN_SERVER, TURN_SERVER } from './network';

/** A host's NAT; `none`: it stands in the open. */
export type NatKind = { mapping: NatBehaviour; filtering: NatBehaviour } | 'none';

/** Who meets whom, and how. */
export type IceSimulation = {
  a: NatKind;
  b: NatKind;
  /** Both have a relay too; on unless switched off. */
  relay?: boolean;
  /** One way through the network, and through signalling. */
  delayMs?: number;
  signallingMs?: number;
  seed?: number;
  roles?: Record<Side, IceRole>;
  timers?: IceAgentOptions['timers'];
  /** When the run ends at the latest; it ends before when both agents have settled. */
  untilMs?: number;
};

/** News of an agent, with its time. */
export type AgentEvent = { atMs: number; side: Side; output: Exclude<IceOutput, { type: 'send' }> };

/** How one side ended. */
export type IceEnd = {
  state: IceState;
  role: IceRole;
  selected: Readonly<ValidPair> | undefined;
  agent: IceAgent;
};

/** A run from gathering to its end. */
export type IceTrace = {
  ends: Record<Side, IceEnd>;
  /** How the two reach each other in the end: without the relay, through it, or not at all. */
  path: 'direct' | 'relayed' | 'none';
  settledAtMs: number;
  network: readonly NetworkEvent[];
  agents: readonly AgentEvent[];
};

const HOSTS: Record<Side, TransportAddress> = {
  a: { address: '10.0.0.2', port: 5000 },
  b: { address: '192.168.1.2', port: 6000 },
};
const OUTSIDE: Record<Side, string> = { a: '203.0.113.1', b: '203.0.113.2' };
const PASSWORDS: Record<Side, { ufrag: string; password: string }> = {
  a: { ufrag: 'aaaa', password: 'a'.repeat(22) },
  b: { ufrag: 'bbbb', password: 'b'.repeat(22) },
};

/**
 * Two agents gather, tell each other their candidates as they come, and check (RFC 8445, 8838), over NATs of `lib/protocols/nat`.
 * The same input gives the same run.
 */
export function simulateIce(simulation: IceSimulation): IceTrace {
  const { delayMs = 20, signallingMs = 60, seed = 1, relay = true, untilMs = 120_000 } = simulation;
  const queue = new EventQueue();
  const random = createRandom(seed);
  const network: NetworkEvent[] = [];
  const agents: AgentEvent[] = [];
  const hosts = { a: hostOf('a', simulation.a), b: hostOf('b', simulation.b) };
  const peers = {
    a: createPeer('a', simulation, random),
    b: createPeer('b', simulation, random),
  };
  const net = new Network({
    queue,
    hosts,
    delayMs,
    deliver: (side, datagram) => receive(side, datagram),
    onEvent: (event) => network.push(event),
  });

  function act(side: Side, outputs: readonly IceOutput[]): void {
    for (const output of outputs) {
      if (output.type !== 'send') agents.push({ atMs: queue.nowMs, side, output });
      else if (output.local.address === TURN_SERVER.address) {
        net.send(side, TURN_SERVER, { kind: 'to-peer', peer: output.remote, message: output.message });
      } else net.send(side, output.remote, { kind: 'stun', message: output.message });
    }
    wake(side);
  }

  /** An agent's clock: one event at the time when it wants to be called. */
  function wake(side: Side): void {
    const peer = peers[side];
    const { nextAtMs } = peer.agent;
    if (nextAtMs === Infinity || nextAtMs >= peer.wakesAtMs) return;
    peer.wakesAtMs = nextAtMs;
    queue.schedule(Math.max(nextAtMs, queue.nowMs), () => {
      peer.wakesAtMs = Infinity;
      act(side, peer.agent.advance(queue.nowMs));
    });
  }

  function gather(side: Side): void {
    const transactionId = Uint8Array.from({ length: 12 }, () => random.integer(0, 255));
    learn(side, { type: 'host', address: hosts[side].address });
    const request = { class: 'request' as const, method: 'Binding' as const, transactionId, attributes: [] };
    net.send(side, STUN_SERVER, { kind: 'stun', message: request });
    if (relay) net.send(side, TURN_SERVER, { kind: 'allocate' });
  }

  function learn(side: Side, parts: CandidateParts): void {
    const candidate = createCandidate(parts, peers[side].foundations);
    peers[side].gathered++;
    act(side, peers[side].agent.addLocalCandidate(candidate, queue.nowMs));
    tell(side, candidate);
    if (peers[side].gathered < (relay ? 3 : 2)) return;
    act(side, peers[side].agent.endOfCandidates('local', queue.nowMs));
    tell(side, 'end');
  }

  function tell(side: Side, news: IceCandidate | 'end'): void {
    const to = side === 'a' ? 'b' : 'a';
    const { agent } = peers[to];
    queue.schedule(queue.nowMs + signallingMs, () => {
      const now = queue.nowMs;
      act(to, news === 'end' ? agent.endOfCandidates('remote', now) : agent.addRemoteCandidate(news, now));
    });
  }

  function receive(side: Side, { source, payload }: Datagram): void {
    const base = hosts[side].address;
    if (payload.kind === 'allocated') {
      return learn(side, { type: 'relay', address: payload.relayed, server: TURN_SERVER.address });
    }
    if (payload.kind === 'allocate' || payload.kind === 'to-peer') return;
    if (isSameTransportAddress(source, STUN_SERVER)) {
      const address = findAttribute(payload.message, 'XOR-MAPPED-ADDRESS') ?? base;
      return learn(side, { type: 'srflx', address, base, server: STUN_SERVER.address });
    }
    const isRelayed = payload.kind === 'from-peer';
    const local = isRelayed ? (peers[side].relayed() ?? base) : base;
    const remote = isRelayed ? payload.peer : source;
    act(side, peers[side].agent.receive(payload.message, { local, remote }, queue.nowMs));
  }

  for (const side of ['a', 'b'] as const) {
    queue.schedule(0, () => gather(side));
    const other = side === 'a' ? 'b' : 'a';
    queue.schedule(signallingMs, () =>
      act(side, peers[side].agent.setRemoteCredentials(PASSWORDS[other], queue.nowMs)),
    );
  }
  const isSettled = (): boolean =>
    [peers.a, peers.b].every(({ agent }) => agent.state === 'completed' || agent.state === 'failed');
  while (!isSettled() && (queue.nextAtMs ?? Infinity) <= untilMs) queue.step();

  const ends = { a: endOf(peers.a.agent), b: endOf(peers.b.agent) };
  return { ends, path: pathOf(ends), settledAtMs: queue.nowMs, network, agents };
}

type Peer = {
  agent: IceAgent;
  foundations: Foundations;
  gathered: number;
  wakesAtMs: number;
  relayed(): TransportAddress | undefined;
};

function createPeer(side: Side, { roles, timers }: IceSimulation, random: Random): Peer {
  const role = roles?.[side] ?? (side === 'a' ? 'controlling' : 'controlled');
  const agent = new IceAgent({ role, credentials: PASSWORDS[side], random, ...(timers ? { timers } : {}) });
  const relayed = (): TransportAddress | undefined =>
    agent.checklists[0]?.locals.find(({ type }) => type === 'relay')?.base;
  return { agent, foundations: new Foundations(), gathered: 0, wakesAtMs: Infinity, relayed };
}

function hostOf(side: Side, kind: NatKind): Host {
  if (kind === 'none') return { address: { address: OUTSIDE[side], port: HOSTS[side].port } };
  return { address: HOSTS[side], nat: createNat({ ...kind, externalAddresses: [OUTSIDE[side]] }) };
}

function endOf(agent: IceAgent): IceEnd {
  return { state: agent.state, role: agent.role, selected: agent.selectedPair(), agent };
}

function pathOf({ a, b }: Record<Side, IceEnd>): IceTrace['path'] {
  if (!a.selected || !b.selected) return 'none';
  const ends = [a.selected.local, a.selected.remote, b.selected.local, b.selected.remote];
  return ends.some(({ address }) => address.address === TURN_SERVER.address) ? 'relayed' : 'direct';
}
