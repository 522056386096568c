import type { DecodedMessage, StunMessage } from '@/lib/protocols/stun';
import { attributesOf, errorTo, findAttribute, successTo } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { isSameTransportAddress } from '@/lib/protocols/udp';
import { isChannelNumber } from '../channel-data';
import type { Allocation } from './allocation';
import { lifetimeFor } from './allocate';
import type { FilledOptions } from './options';
import { familyOf } from './options';

/** Refresh (RFC 8656 §7.3): later, or now (lifetime 0); of one family if one is named. */
export function refresh(
  request: DecodedMessage,
  allocation: Allocation,
  options: FilledOptions,
  nowMs: number,
): StunMessage {
  const family = findAttribute(request, 'REQUESTED-ADDRESS-FAMILY');
  const relays = allocation.relays.filter(
    ({ address }) => family === undefined || familyOf(address.address) === family,
  );
  if (relays.length === 0) return errorTo(request, 443);
  const asked = findAttribute(request, 'LIFETIME');
  const lifetime = asked === 0 ? 0 : lifetimeFor(asked, options.maxLifetimeSeconds);
  for (const relay of relays) relay.expiresAtMs = nowMs + lifetime * 1000;
  return successTo(request, [{ name: 'LIFETIME', value: lifetime }]);
}

/** CreatePermission (§10.2): all of the peers, or none. */
export function createPermission(
  request: DecodedMessage,
  allocation: Allocation,
  options: FilledOptions,
  nowMs: number,
): StunMessage {
  const peers = attributesOf(request, 'XOR-PEER-ADDRESS');
  if (peers.length === 0) return errorTo(request, 400);
  const refusal = peers
    .map((peer) => refusalOf(peer, allocation, options))
    .find((code) => code !== undefined);
  if (refusal !== undefined) return errorTo(request, refusal);
  if (!allocation.hasRoomFor(peers, nowMs)) return errorTo(request, 508);
  for (const peer of peers) allocation.permit(peer, nowMs);
  return successTo(request, []);
}

/** ChannelBind (§12.2): a number and a peer that have nobody else. Binding again refreshes both it and the permission. */
export function channelBind(
  request: DecodedMessage,
  allocation: Allocation,
  options: FilledOptions,
  nowMs: number,
): StunMessage {
  const channel = findAttribute(request, 'CHANNEL-NUMBER');
  const peer = findAttribute(request, 'XOR-PEER-ADDRESS');
  if (channel === undefined || peer === undefined || !isChannelNumber(channel)) return errorTo(request, 400);
  const boundPeer = allocation.peerOf(channel, nowMs);
  const boundChannel = allocation.channelOf(peer, nowMs);
  const isTaken = boundPeer !== undefined && !isSameTransportAddress(boundPeer, peer);
  if (isTaken || (boundChannel !== undefined && boundChannel !== channel)) return errorTo(request, 400);
  const refusal = refusalOf(peer, allocation, options);
  if (refusal !== undefined) return errorTo(request, refusal);
  if (!allocation.hasRoomFor([peer], nowMs)) return errorTo(request, 508);
  allocation.bind(channel, peer, nowMs);
  allocation.permit(peer, nowMs);
  return successTo(request, []);
}

function refusalOf(
  peer: TransportAddress,
  allocation: Allocation,
  options: FilledOptions,
): 443 | 403 | undefined {
  const isReachable = allocation.relays.some(
    ({ address }) => familyOf(address.address) === familyOf(peer.address),
  );
  if (!isReachable) return 443;
  return options.isPeerAllowed(peer) ? undefined : 403;
}
