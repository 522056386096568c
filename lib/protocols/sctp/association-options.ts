import type { SctpMessage } from './fragment';
import type { SctpPacket } from './packet';

/** States of RFC 9260 §4. */
export type AssociationState =
  | 'CLOSED'
  | 'COOKIE-WAIT'
  | 'COOKIE-ECHOED'
  | 'ESTABLISHED'
  | 'SHUTDOWN-PENDING'
  | 'SHUTDOWN-SENT'
  | 'SHUTDOWN-RECEIVED'
  | 'SHUTDOWN-ACK-SENT';

/** What the program above hears. */
export type AssociationEvent =
  | { type: 'established' }
  | { type: 'message'; message: SctpMessage }
  | { type: 'closed' }
  | { type: 'aborted'; cause: number | undefined }
  /** Nobody answered for too long. */
  | { type: 'lost' };

/** What one step brought: packets for the peer, and news. */
export type AssociationOutput = { packets: SctpPacket[]; events: AssociationEvent[] };

/** What one end of an association chooses; sizes in octets. */
export type AssociationOptions = {
  port: number;
  /** The verification tag and first TSN that this end chooses; both by chance, the tag not zero. */
  tag: number;
  initialTsn: number;
  /** Octets of a packet at most: 1,200 as WebRTC has it (RFC 8831 §5). */
  mtuBytes?: number;
  streams?: number;
  receiveBufferOctets?: number;
  sendBufferOctets?: number;
};
