/** Two connections over a link that a script breaks: what the handshake, window and teardown labs run. */
export { runExchange } from './run-exchange';
export { packetKind } from './packet-name';
export { MAX_FLOOD_SYNS, runFlood } from './run-flood';
export type { FloodPacket, FloodScript, FloodTrace } from './run-flood';
export { DEFAULT_EXCHANGE_LIMITS, EXCHANGE_CONFIG, MAX_EXCHANGE_EVENTS } from './script';
export type {
  EndpointName,
  EndpointScript,
  ExchangeAction,
  ExchangeScript,
  InjectedSegment,
  PacketVerdict,
  Reading,
} from './script';
export type {
  ExchangeEffect,
  ExchangePacket,
  ExchangeRule,
  ExchangeTrace,
  StateInterval,
  TimerSpan,
  WindowSample,
} from './trace';
export {
  byteStringOf,
  byteStringOfText,
  EXCHANGE_SOCKETS,
  fromWire,
  octetsOf,
  packetOctets,
  toWire,
} from './wire';
