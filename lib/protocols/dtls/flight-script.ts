import { DtlsError } from './errors';
import type { NumberedMessage } from './fragment';
import type { Exchange, FlightStep, Role } from './flights';
import type { FlightItem } from './outbound-flight';
import { DTLS_HANDSHAKE_TYPES } from './registry';

/** A flight with its messages' bodies: what one end says and the other expects. */
export type ScriptedFlight = {
  sender: Role;
  isStateless: boolean;
  items: FlightItem[];
  /** message_seq of its first message, and of the one after its last. */
  firstSeq: number;
  endSeq: number;
};

/** Octets for a message's body; undefined leaves an optional message out. `flight` counts from 0. */
export type BodyOf = (name: FlightStep['name'], flight: number) => Uint8Array | undefined;

/**
 * An exchange with bodies, its messages numbered (RFC 9147 §5.2: each end counts its own from 0, through the whole handshake). The
 * ACK at the end of 1.3 is left to the state machine.
 * @throws DtlsError DTLS_FLIGHT_WRONG: a message that must be there has no body
 */
export function scriptExchange({ flights }: Exchange, bodyOf: BodyOf): ScriptedFlight[] {
  const nextSeq: Record<Role, number> = { client: 0, server: 0 };
  return flights
    .filter(({ steps }) => steps.every(({ name }) => name !== 'ack'))
    .map(({ sender, steps, isStateless = false }, index) => {
      const firstSeq = nextSeq[sender];
      const items = steps.flatMap((step): FlightItem[] => {
        if (step.name === 'change_cipher_spec') return [{ kind: 'change-cipher-spec' }];
        const body = bodyOf(step.name, index);
        if (body === undefined && step.isOptional) return [];
        if (body === undefined || step.name === 'ack')
          throw new DtlsError('DTLS_FLIGHT_WRONG', 0, `no ${step.name}`, 'its octets');
        const message: NumberedMessage = {
          msgType: DTLS_HANDSHAKE_TYPES[step.name],
          messageSeq: nextSeq[sender]++,
          body,
        };
        return [{ kind: 'message', epoch: step.epoch, message }];
      });
      return { sender, isStateless, items, firstSeq, endSeq: nextSeq[sender] };
    });
}
