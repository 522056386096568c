/** Traversal Using Relays around NAT (RFC 8656): ChannelData, framing, and a server as a state machine. */
export { CHANNEL_NUMBERS, decodeChannelData, encodeChannelData, isChannelNumber } from './channel-data';
export type { ChannelData, TurnTransport } from './channel-data';
export { FIRST_OCTETS, protocolOfDatagram } from './demultiplex';
export type { SharedPortProtocol } from './demultiplex';
export { TurnError } from './errors';
export type { TurnErrorCode } from './errors';
export { TURN_LIMITS } from './server/options';
export type { TurnServerOptions } from './server/options';
export { TurnServer } from './server/turn-server';
export type { TurnAllocation, TurnOutput } from './server/turn-server';
export { MAX_TURN_FRAME, TurnStreamReader } from './stream-reader';
export type { TurnFrame } from './stream-reader';
