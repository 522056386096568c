import type { DecodedMessage, StunMessage } from '@/lib/protocols/stun';
import {
  addFingerprint,
  addIntegrity,
  answerToUnknown,
  checkFingerprint,
  decodeMessage,
  encodeMessage,
  errorTo,
  findAttribute,
  StunError,
  successTo,
} from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { writeTransportAddress } from '@/lib/protocols/udp';
import { decodeChannelData, encodeChannelData } from '../channel-data';
import { TurnError } from '../errors';
import { allocate } from './allocate';
import type { Allocation } from './allocation';
import { Allocations } from './allocations';
import type { Authentication } from './authenticate';
import { authenticate } from './authenticate';
import { Nonces } from './nonces';
import type { FilledOptions, TurnServerOptions } from './options';
import { familyOf, fillOptions } from './options';
import { channelBind, createPermission, refresh } from './requests';

/** What the server wants sent: octets to a client, or a datagram from a relayed address to a peer. */
export type TurnOutput =
  | { to: 'client'; client: TransportAddress; octets: Uint8Array }
  | {
      to: 'peer';
      relayed: TransportAddress;
      peer: TransportAddress;
      data: Uint8Array;
      dontFragment: boolean;
    };

/** An allocation as it is shown. */
export type TurnAllocation = {
  client: TransportAddress;
  username: string;
  relayed: readonly { address: TransportAddress; expiresAtMs: number }[];
};

/**
 * A TURN server (RFC 8656) as a state machine: what arrives goes in with the time, what is to be sent comes out. It has no
 * socket and no clock; time must not run back. Clients reach it over UDP, or over TCP (`clientTransport`): then what arrives
 * is cut into frames as `TurnStreamReader` does, and what is to be sent may be written to the stream as it is.
 */
export class TurnServer {
  readonly #options: FilledOptions;
  readonly #allocations: Allocations;
  readonly #nonces: Nonces;

  constructor(options: TurnServerOptions) {
    this.#options = fillOptions(options);
    this.#allocations = new Allocations(this.#options);
    this.#nonces = new Nonces(this.#options.random);
  }

  /** A datagram (or a frame) of a client. Asynchronous because WebCrypto is; what is malformed is dropped. */
  async receive(client: TransportAddress, octets: Uint8Array, nowMs: number): Promise<TurnOutput[]> {
    try {
      if (octets[0] !== undefined && octets[0] >= 0x40) return this.#channelData(client, octets, nowMs);
      const message = decodeMessage(octets);
      if (!message || checkFingerprint(octets) === false) return [];
      if (message.class === 'indication') return this.#send(client, message, nowMs);
      return message.class === 'request' ? await this.#request(client, message, octets, nowMs) : [];
    } catch (error) {
      if (error instanceof StunError || error instanceof TurnError) return [];
      throw error;
    }
  }

  /** A datagram that a peer sent to a relayed address (§11.3, §12.7): to the client, if the client permitted the peer. */
  fromPeer(relayed: TransportAddress, peer: TransportAddress, data: Uint8Array, nowMs: number): TurnOutput[] {
    this.#allocations.expire(nowMs);
    const allocation = this.#allocations.ofRelayed(relayed);
    if (!allocation?.isPermitted(peer, nowMs)) return [];
    const channel = allocation.channelOf(peer, nowMs);
    if (channel !== undefined) {
      const octets = encodeChannelData({ channel, data }, this.#options.clientTransport);
      return [{ to: 'client', client: allocation.client, octets }];
    }
    const indication = encodeMessage({
      class: 'indication',
      method: 'Data',
      transactionId: Uint8Array.from({ length: 12 }, () => this.#options.random.integer(0, 255)),
      attributes: [
        { name: 'XOR-PEER-ADDRESS', value: peer },
        { name: 'DATA', value: data },
      ],
    });
    return [{ to: 'client', client: allocation.client, octets: indication }];
  }

  /** What lives now. */
  allocations(nowMs: number): TurnAllocation[] {
    this.#allocations.expire(nowMs);
    return this.#allocations.all().map(({ client, username, relays }) => ({
      client,
      username,
      relayed: relays.map((relay) => ({ ...relay })),
    }));
  }

  async #request(
    client: TransportAddress,
    request: DecodedMessage,
    octets: Uint8Array,
    nowMs: number,
  ): Promise<TurnOutput[]> {
    const isBinding = request.method === 'Binding';
    // "Any errors are silently discarded": a method that is not this server's is one (RFC 8489 §6.3).
    if (!isBinding && request.method !== 'Allocate' && !HANDLERS.has(request.method)) return [];
    const clientKey = writeTransportAddress(client);
    const who = isBinding
      ? undefined
      : await authenticate(request, octets, this.#options, this.#nonces, clientKey, nowMs);
    this.#allocations.expire(nowMs);
    const response = this.#answer(client, request, who, nowMs);
    // An allocation that a refresh ended is over now, not when someone next asks.
    this.#allocations.expire(nowMs);
    let answer = encodeMessage(response);
    if (who && 'key' in who) answer = await addIntegrity(answer, who.key, who.algorithm);
    if (findAttribute(request, 'FINGERPRINT') !== undefined) answer = addFingerprint(answer);
    return [{ to: 'client', client, octets: answer }];
  }

  #answer(
    client: TransportAddress,
    request: DecodedMessage,
    who: Authentication | undefined,
    nowMs: number,
  ): StunMessage {
    if (who && 'refused' in who) return who.refused;
    const unknown = answerToUnknown(request);
    if (unknown?.action === 'answer') return unknown.response;
    if (!who) return successTo(request, [{ name: 'XOR-MAPPED-ADDRESS', value: client }]);
    if (request.method === 'Allocate') {
      return allocate(request, client, who.username, this.#allocations, this.#options, nowMs);
    }
    const allocation = this.#allocations.ofClient(client);
    if (!allocation) return errorTo(request, 437);
    if (allocation.username !== who.username) return errorTo(request, 441);
    const handle = HANDLERS.get(request.method)!; // others were dropped in #request
    return handle(request, allocation, this.#options, nowMs);
  }

  /** A Send indication (§11.2): nobody answers one, so whatever is wrong with it, it is dropped. */
  #send(client: TransportAddress, message: DecodedMessage, nowMs: number): TurnOutput[] {
    const peer = findAttribute(message, 'XOR-PEER-ADDRESS');
    const data = findAttribute(message, 'DATA');
    if (message.method !== 'Send' || answerToUnknown(message) || !peer || !data) return [];
    const dontFragment = findAttribute(message, 'DONT-FRAGMENT') === true;
    const allocation = this.#liveAllocation(client, nowMs);
    if (!allocation?.isPermitted(peer, nowMs)) return [];
    return relayTo(allocation, peer, data, dontFragment);
  }

  #channelData(client: TransportAddress, octets: Uint8Array, nowMs: number): TurnOutput[] {
    const frame = decodeChannelData(octets);
    const allocation = this.#liveAllocation(client, nowMs);
    const peer = frame && allocation?.peerOf(frame.channel, nowMs);
    return frame && allocation && peer ? relayTo(allocation, peer, frame.data, false) : [];
  }

  #liveAllocation(client: TransportAddress, nowMs: number): Allocation | undefined {
    this.#allocations.expire(nowMs);
    return this.#allocations.ofClient(client);
  }
}

const HANDLERS = new Map<
  StunMessage['method'],
  (request: DecodedMessage, allocation: Allocation, options: FilledOptions, nowMs: number) => StunMessage
>([
  ['Refresh', refresh],
  ['CreatePermission', createPermission],
  ['ChannelBind', channelBind],
]);

function relayTo(
  allocation: Allocation,
  peer: TransportAddress,
  data: Uint8Array,
  dontFragment: boolean,
): TurnOutput[] {
  const relay = allocation.relays.find(({ address }) => familyOf(address.address) === familyOf(peer.address));
  return relay ? [{ to: 'peer', relayed: relay.address, peer, data, dontFragment }] : [];
}
