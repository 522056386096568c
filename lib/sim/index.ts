export { EventQueue, MAX_PENDING_EVENTS, type EventHandle } from './event-queue';
export { createRandom, type Random } from './random';
export {
  createLink,
  type DropReason,
  type Link,
  type LinkCounts,
  type LinkOptions,
  type Passage,
} from './link';
export { createLossProcess, type Loss } from './loss';
export { DROPPED, MAX_QUEUED_PACKETS, Transmitter } from './transmitter';
export { Calendar } from './calendar';
export { DelayLine } from './delay-line';
export { SimError, type SimErrorCode } from './sim-error';
