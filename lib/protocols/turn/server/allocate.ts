import type { DecodedMessage, StunAttribute, StunMessage } from '@/lib/protocols/stun';
import { errorTo, findAttribute, successTo } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { toHex } from '@/lib/bytes';
import type { Allocation } from './allocation';
import type { Allocations } from './allocations';
import type { FilledOptions } from './options';
import { familyOf, TURN_LIMITS } from './options';

const UDP = 17;
const IPV4 = 1;
const IPV6 = 2;

/** An Allocate request whose sender is known (RFC 8656 §7.2, in its order): an allocation, or why not. */
export function allocate(
  request: DecodedMessage,
  client: TransportAddress,
  username: string,
  allocations: Allocations,
  options: FilledOptions,
  nowMs: number,
): StunMessage {
  const existing = allocations.ofClient(client);
  if (existing) {
    const isRetransmission = existing.transactionId === toHex(request.transactionId);
    return isRetransmission ? successFor(request, existing, client, nowMs) : errorTo(request, 437);
  }
  const transport = findAttribute(request, 'REQUESTED-TRANSPORT');
  if (transport === undefined) return errorTo(request, 400);
  if (transport !== UDP) return errorTo(request, 442);

  const token = findAttribute(request, 'RESERVATION-TOKEN');
  const evenPort = findAttribute(request, 'EVEN-PORT');
  const family = findAttribute(request, 'REQUESTED-ADDRESS-FAMILY');
  const additional = findAttribute(request, 'ADDITIONAL-ADDRESS-FAMILY');
  if (token && (evenPort ?? family ?? additional) !== undefined) return errorTo(request, 400);
  if (additional !== undefined) {
    const isWrong = additional !== IPV6 || family !== undefined || evenPort?.reserveNext === true;
    if (isWrong) return errorTo(request, 400);
  }
  const relayAddressOf = (wanted: number): string | undefined =>
    options.relayAddresses.find((address) => familyOf(address) === wanted);
  const relayAddress = relayAddressOf(family ?? IPV4);
  if (relayAddress === undefined) return errorTo(request, 440);
  if (allocations.countOf(username) >= options.quota) return errorTo(request, 486);
  if (allocations.isFull()) return errorTo(request, 508);

  const want = evenPort === undefined ? 'any' : evenPort.reserveNext ? 'pair' : 'even';
  const relayed = token ? allocations.redeem(token) : allocations.takePort(relayAddress, want);
  if (relayed === undefined) return errorTo(request, 508);
  const more: StunAttribute[] = [];
  if (want === 'pair') {
    const next = { address: relayed.address, port: relayed.port + 1 };
    more.push({ name: 'RESERVATION-TOKEN', value: allocations.reserve(next, nowMs) });
  }
  const all = [relayed];
  if (additional !== undefined) {
    const address = relayAddressOf(additional);
    const second = address === undefined ? undefined : allocations.takePort(address, 'any');
    if (second) all.push(second);
    else more.push(noSecond(address === undefined ? 440 : 508));
  }
  const lifetime = lifetimeFor(findAttribute(request, 'LIFETIME'), options.maxLifetimeSeconds);
  const allocation = allocations.add(client, username, request, all, more, nowMs + lifetime * 1000);
  return successFor(request, allocation, client, nowMs);
}

/** At least ten minutes, at most what the server allows, in between what was asked for (RFC 8656 §7.2). */
export function lifetimeFor(asked: number | undefined, maxSeconds: number): number {
  return Math.max(TURN_LIMITS.defaultLifetimeSeconds, Math.min(asked ?? 0, maxSeconds));
}

function noSecond(code: 440 | 508): StunAttribute {
  const reason = code === 440 ? 'Address Family not Supported' : 'Insufficient Capacity';
  return { name: 'ADDRESS-ERROR-CODE', value: { family: IPV6, code, reason } };
}

function successFor(
  request: StunMessage,
  allocation: Allocation,
  client: TransportAddress,
  nowMs: number,
): StunMessage {
  const remainingMs = Math.min(...allocation.relays.map(({ expiresAtMs }) => expiresAtMs)) - nowMs;
  return successTo(request, [
    ...allocation.relays.map(({ address }): StunAttribute => ({
      name: 'XOR-RELAYED-ADDRESS',
      value: address,
    })),
    { name: 'LIFETIME', value: Math.round(remainingMs / 1000) },
    { name: 'XOR-MAPPED-ADDRESS', value: client },
    ...allocation.told,
  ]);
}
