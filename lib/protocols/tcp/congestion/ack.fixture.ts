import type { Ack } from './control';

/** An ACK with the fields that a test is about. */
export function ackOf(fields: Partial<Ack>): Ack {
  return {
    nowMs: 0,
    ackedBytes: 0,
    deliveredBytes: 0,
    flightBeforeBytes: 0,
    flightBytes: 0,
    rttMs: NaN,
    srttMs: NaN,
    deliveryRate: NaN,
    isAppLimited: false,
    totalDeliveredBytes: 0,
    deliveredAtSendBytes: 0,
    ...fields,
  };
}
