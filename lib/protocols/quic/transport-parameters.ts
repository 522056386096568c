import { joinOctets } from '@/lib/bytes';
import type { TraceSink } from '@/lib/bytes';
import { QuicError } from './errors';
import { MAX_CONNECTION_ID } from './header';
import { OctetReader } from './octet-reader';
import { encodeVarint } from './varint';

/** A server's other address (RFC 9000 §18.2). */
export type PreferredAddress = {
  readonly ipv4: Uint8Array;
  readonly ipv4Port: number;
  readonly ipv6: Uint8Array;
  readonly ipv6Port: number;
  readonly connectionId: Uint8Array;
  readonly statelessResetToken: Uint8Array;
};

type Kind = 'varint' | 'octets' | 'flag' | 'address';
type Row = {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  /** Clients must not send it. */
  readonly serverOnly?: boolean;
  readonly min?: bigint;
  readonly max?: bigint;
  readonly octets?: readonly [min: number, max: number];
};

const CONNECTION_ID = { kind: 'octets', octets: [0, MAX_CONNECTION_ID] } as const;

/** All parameters of RFC 9000 §18.2 by the name of their property. */
export const TRANSPORT_PARAMETERS = {
  originalDestinationConnectionId: {
    id: 0x00,
    name: 'original_destination_connection_id',
    ...CONNECTION_ID,
    serverOnly: true,
  },
  maxIdleTimeout: { id: 0x01, name: 'max_idle_timeout', kind: 'varint' },
  statelessResetToken: {
    id: 0x02,
    name: 'stateless_reset_token',
    kind: 'octets',
    octets: [16, 16],
    serverOnly: true,
  },
  maxUdpPayloadSize: { id: 0x03, name: 'max_udp_payload_size', kind: 'varint', min: 1200n },
  initialMaxData: { id: 0x04, name: 'initial_max_data', kind: 'varint' },
  initialMaxStreamDataBidiLocal: { id: 0x05, name: 'initial_max_stream_data_bidi_local', kind: 'varint' },
  initialMaxStreamDataBidiRemote: { id: 0x06, name: 'initial_max_stream_data_bidi_remote', kind: 'varint' },
  initialMaxStreamDataUni: { id: 0x07, name: 'initial_max_stream_data_uni', kind: 'varint' },
  initialMaxStreamsBidi: { id: 0x08, name: 'initial_max_streams_bidi', kind: 'varint', max: 1n << 60n },
  initialMaxStreamsUni: { id: 0x09, name: 'initial_max_streams_uni', kind: 'varint', max: 1n << 60n },
  ackDelayExponent: { id: 0x0a, name: 'ack_delay_exponent', kind: 'varint', max: 20n },
  maxAckDelay: { id: 0x0b, name: 'max_ack_delay', kind: 'varint', max: (1n << 14n) - 1n },
  disableActiveMigration: { id: 0x0c, name: 'disable_active_migration', kind: 'flag' },
  preferredAddress: { id: 0x0d, name: 'preferred_address', kind: 'address', serverOnly: true },
  activeConnectionIdLimit: { id: 0x0e, name: 'active_connection_id_limit', kind: 'varint', min: 2n },
  initialSourceConnectionId: { id: 0x0f, name: 'initial_source_connection_id', ...CONNECTION_ID },
  retrySourceConnectionId: {
    id: 0x10,
    name: 'retry_source_connection_id',
    ...CONNECTION_ID,
    serverOnly: true,
  },
} as const satisfies Record<string, Row>;

type Names = keyof typeof TRANSPORT_PARAMETERS;
type ValueOf<K extends Kind> = K extends 'varint'
  ? bigint
  : K extends 'flag'
    ? true
    : K extends 'address'
      ? PreferredAddress
      : Uint8Array;

/** The parameters that were said, and those that we do not know: they are to be ignored (RFC 9000 §7.4.2). */
export type TransportParameters = {
  readonly [Name in Names]?: ValueOf<(typeof TRANSPORT_PARAMETERS)[Name]['kind']>;
} & { readonly unknown?: readonly { readonly id: bigint; readonly value: Uint8Array }[] };

const ROWS = Object.entries(TRANSPORT_PARAMETERS) as [Names, Row][];
const BY_ID = new Map(ROWS.map(([key, row]) => [BigInt(row.id), [key, row] as const]));

/** Parameters that are read from one extension. */
const MAX_PARAMETERS = 256;

/**
 * The quic_transport_parameters extension's value (RFC 9000 §18): id, length, value, in any order, none twice.
 * @throws QuicError, all of them TRANSPORT_PARAMETER_ERROR
 */
export function decodeTransportParameters(
  octets: Uint8Array,
  sender: 'client' | 'server',
  trace?: TraceSink,
): TransportParameters {
  const reader = new OctetReader(octets, 'QUIC_PARAMETER_TRUNCATED', trace);
  reader.ref = 'RFC 9000 §18';
  const seen = new Set<bigint>();
  const read: Partial<Record<Names, unknown>> = {};
  const unknown: { id: bigint; value: Uint8Array }[] = [];
  while (reader.hasMore) {
    const start = reader.at;
    const id = reader.varint(
      'parameter id',
      (value) => BY_ID.get(value)?.[1].name ?? `0x${value.toString(16)}`,
    );
    if (seen.has(id))
      throw reader.error('QUIC_PARAMETER_REPEATED', `0x${id.toString(16)}`, 'each once', start);
    if (seen.size >= MAX_PARAMETERS)
      throw reader.error(
        'QUIC_PARAMETER_WRONG',
        seen.size + 1,
        `at most ${MAX_PARAMETERS} parameters`,
        start,
      );
    seen.add(id);
    const length = reader.length('parameter length');
    const [key, row] = BY_ID.get(id) ?? [];
    if (!key || !row) unknown.push({ id, value: reader.take(length, 'value') });
    else if (row.serverOnly === true && sender === 'client')
      throw reader.error('QUIC_PARAMETER_WRONG', row.name, 'it from servers only', start);
    else read[key] = readValue(reader, row, length);
  }
  return { ...(read as TransportParameters), ...(unknown.length > 0 && { unknown }) };
}

function readValue(
  reader: OctetReader,
  row: Row,
  length: number,
): bigint | Uint8Array | PreferredAddress | true {
  const start = reader.at;
  const end = start + length;
  const wrong = (seen: string | number | bigint, expected: string) =>
    reader.error('QUIC_PARAMETER_WRONG', `${row.name} ${seen}`, expected, start);
  switch (row.kind) {
    case 'flag':
      if (length > 0) throw wrong(`of ${length} octets`, 'no value');
      return true;
    case 'octets': {
      const [min, max] = row.octets ?? [0, 0];
      if (length < min || length > max) throw wrong(`of ${length} octets`, `${min} to ${max}`);
      return reader.take(length, row.name);
    }
    case 'varint': {
      const value = length > 0 ? reader.varint(row.name) : 0n;
      if (reader.at !== end) throw wrong(`of ${length} octets`, 'one varint');
      if ((row.min !== undefined && value < row.min) || (row.max !== undefined && value > row.max))
        throw wrong(value, `${row.min ?? 0} to ${row.max ?? '2^62 - 1'}`);
      return value;
    }
    case 'address': {
      if (length < 41 + 1) throw wrong(`of ${length} octets`, 'two addresses, a connection id and a token');
      const ipv4 = reader.take(4, 'IPv4 address');
      const ipv4Port = reader.uint(2, 'IPv4 port');
      const ipv6 = reader.take(16, 'IPv6 address');
      const ipv6Port = reader.uint(2, 'IPv6 port');
      const idLength = reader.uint(1, 'connection id length');
      if (idLength < 1 || idLength > MAX_CONNECTION_ID || idLength !== length - 41)
        throw wrong(`with an id of ${idLength} octets`, `1 to ${MAX_CONNECTION_ID}`);
      const connectionId = reader.take(idLength, 'connection id');
      const statelessResetToken = reader.take(16, 'stateless reset token');
      return { ipv4, ipv4Port, ipv6, ipv6Port, connectionId, statelessResetToken };
    }
  }
}

/** Parameters in the order of their ids, the unknown ones last (RFC 9000 §18). @throws QuicError */
export function encodeTransportParameters(parameters: TransportParameters): Uint8Array {
  const pieces: Uint8Array[] = [];
  const push = (id: bigint | number, value: Uint8Array) =>
    pieces.push(encodeVarint(id), encodeVarint(value.length), value);
  for (const [key, row] of ROWS) {
    const value: unknown = parameters[key];
    if (value === undefined) continue;
    if (typeof value === 'bigint') push(row.id, encodeVarint(value));
    else if (value instanceof Uint8Array) push(row.id, value);
    else push(row.id, value === true ? new Uint8Array(0) : encodeAddress(value as PreferredAddress));
  }
  for (const { id, value } of parameters.unknown ?? []) push(id, value);
  return joinOctets(pieces);
}

function encodeAddress(address: PreferredAddress): Uint8Array {
  const { ipv4, ipv4Port, ipv6, ipv6Port, connectionId, statelessResetToken } = address;
  if (ipv4.length !== 4 || ipv6.length !== 16 || statelessResetToken.length !== 16)
    throw new QuicError('QUIC_FIELD_OUT_OF_RANGE', 0, 'another length', '4, 16 and 16 octets');
  const port = (value: number) => Uint8Array.of(value >>> 8, value & 0xff);
  const id = joinOctets([Uint8Array.of(connectionId.length), connectionId]);
  return joinOctets([ipv4, port(ipv4Port), ipv6, port(ipv6Port), id, statelessResetToken]);
}
