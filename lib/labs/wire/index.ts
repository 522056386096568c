/** Octets of a lab sent to a real peer, and its answer. */
export {
  receivedOctets,
  WIRE_DEADLINE_MS,
  WIRE_MAX_OCTETS,
  WIRE_MAX_PARTS,
  WIRE_PEERS,
  WIRE_SUBPROTOCOLS,
} from './answer';
export type { WireAnswer, WireChunk, WireEvent, WireField, WirePeer } from './answer';
export type { LabWire, WireReading } from './contract';
export { readByProtocol } from './read-by-protocol';
