import { joinOctets } from '@/lib/bytes';
import type { RecordNumber } from './ack';
import { encodeFragment, fragmentMessage, type NumberedMessage } from './fragment';
import type { DtlsVersion } from './messages';
import { encodeOpenRecord, recordOverheadOctets } from './null-cipher';
import { DTLS_CONTENT_TYPES } from './registry';

/** One thing to send in a flight: a message with its epoch, or the ChangeCipherSpec of 1.2, which is none. */
export type FlightItem =
  { kind: 'message'; epoch: number; message: NumberedMessage } | { kind: 'change-cipher-spec' };

/** What goes into one record, and whether the peer has it. */
type Piece = { epoch: number; type: number; content: Uint8Array; isAcknowledged: boolean };

/** Gives each record of an epoch the next number: no two records of an epoch have the same, repetitions neither (RFC 9147 §4.2). */
export class RecordNumbers {
  private readonly next = new Map<number, number>();

  take(epoch: number): RecordNumber {
    const sequenceNumber = this.next.get(epoch) ?? 0;
    this.next.set(epoch, sequenceNumber + 1);
    return { epoch, sequenceNumber };
  }
}

/** A flight cut into pieces that fit a datagram, which remembers in which records each piece went (RFC 9147 §5.5, §7.2). */
export class OutboundFlight {
  private readonly version: DtlsVersion;
  private readonly mtuOctets: number;
  private readonly pieces: Piece[];
  private readonly sentIn = new Map<string, Piece>();

  /** @throws DtlsError DTLS_MTU_TOO_SMALL */
  constructor(version: DtlsVersion, items: readonly FlightItem[], mtuOctets: number) {
    this.version = version;
    this.mtuOctets = mtuOctets;
    this.pieces = items.flatMap((item) => this.piecesOf(item));
  }

  get isAcknowledged(): boolean {
    return this.pieces.every((piece) => piece.isAcknowledged);
  }

  /** Datagrams with everything that is not acknowledged, in new records. Message numbers and offsets stay (RFC 9147 §5.2). */
  transmit(numbers: RecordNumbers): Uint8Array[] {
    const records = this.pieces
      .filter((piece) => !piece.isAcknowledged)
      .map((piece) => {
        const number = numbers.take(piece.epoch);
        this.sentIn.set(keyOf(number), piece);
        return encodeOpenRecord(this.version, { ...number, type: piece.type, content: piece.content });
      });
    return packRecords(records, this.mtuOctets);
  }

  /** Takes an ACK in; a piece is acknowledged by any record that it went in, in any ACK (RFC 9147 §7.2). */
  acknowledge(records: readonly RecordNumber[]): void {
    for (const number of records) {
      const piece = this.sentIn.get(keyOf(number));
      if (piece) piece.isAcknowledged = true;
    }
  }

  private piecesOf(item: FlightItem): Piece[] {
    if (item.kind === 'change-cipher-spec')
      return [
        {
          epoch: 0,
          type: DTLS_CONTENT_TYPES.change_cipher_spec,
          content: Uint8Array.of(1),
          isAcknowledged: false,
        },
      ];
    const { epoch, message } = item;
    const room = this.mtuOctets - recordOverheadOctets(this.version, epoch);
    return fragmentMessage(message, room).map((fragment) => ({
      epoch,
      type: DTLS_CONTENT_TYPES.handshake,
      content: encodeFragment(fragment),
      isAcknowledged: false,
    }));
  }
}

const keyOf = ({ epoch, sequenceNumber }: RecordNumber) => `${epoch}/${sequenceNumber}`;

/** Records into as few datagrams as their order allows (RFC 9147 §4.3): as many as fit, none cut. */
export function packRecords(records: readonly Uint8Array[], mtuOctets: number): Uint8Array[] {
  const datagrams: Uint8Array[][] = [];
  let octets = Number.POSITIVE_INFINITY;
  for (const record of records) {
    if (octets + record.length > mtuOctets) {
      datagrams.push([]);
      octets = 0;
    }
    datagrams.at(-1)!.push(record);
    octets += record.length;
  }
  return datagrams.map((parts) => joinOctets(parts));
}
