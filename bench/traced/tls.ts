import {
  decodeAlert,
  decodeHandshake,
  encodeHandshake,
  encodeRecord,
  type HandshakeMessage,
  NAMED_GROUPS,
  RecordReader,
  SIGNATURE_SCHEMES,
} from '@/lib/protocols/tls';
import type { TracedDecoder, TracedRoom } from './decoder';

/** A hello of the size that browsers send, with a ticket in it. */
const clientHello: HandshakeMessage = {
  type: 'client_hello',
  version: 0x0303,
  random: new Uint8Array(32).fill(1),
  sessionId: new Uint8Array(32).fill(2),
  cipherSuites: [0x1a1a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013],
  compressionMethods: Uint8Array.of(0),
  extensions: [
    { type: 'server_name', hostName: 'www.example.org' },
    { type: 'supported_versions', versions: [0x0304, 0x0303] },
    { type: 'supported_groups', groups: Object.values(NAMED_GROUPS) },
    { type: 'signature_algorithms', schemes: Object.values(SIGNATURE_SCHEMES).slice(0, 9) },
    { type: 'key_share', entries: [{ group: NAMED_GROUPS.x25519, keyExchange: new Uint8Array(32) }] },
    { type: 'application_layer_protocol_negotiation', protocols: ['h2', 'http/1.1'] },
    { type: 'psk_key_exchange_modes', modes: [1] },
    { type: 'unknown', number: 0x2a2a, data: new Uint8Array(1) },
    {
      type: 'pre_shared_key',
      identities: [{ identity: new Uint8Array(200), obfuscatedTicketAge: 1 }],
      binders: [new Uint8Array(32)],
    },
  ],
};
const serverHello: HandshakeMessage = {
  type: 'server_hello',
  version: 0x0303,
  random: new Uint8Array(32).fill(1),
  sessionId: new Uint8Array(32).fill(2),
  cipherSuite: 0x1301,
  compressionMethod: 0,
  extensions: [
    { type: 'selected_version', version: 0x0304 },
    {
      type: 'key_share',
      entries: [{ group: NAMED_GROUPS.x25519, keyExchange: new Uint8Array(32).fill(3) }],
    },
  ],
  isRetryRequest: false,
};
const certificate: HandshakeMessage = {
  type: 'certificate',
  context: new Uint8Array(),
  entries: [900, 1100].map((octets) => ({ certificate: new Uint8Array(octets), extensions: [] })),
};
const finished: HandshakeMessage = { type: 'finished', verifyData: new Uint8Array(32) };
const ticket: HandshakeMessage = {
  type: 'new_session_ticket',
  lifetimeSeconds: 7200,
  ageAdd: 12_345,
  nonce: new Uint8Array(8),
  ticket: new Uint8Array(200),
  extensions: [{ type: 'early_data', maxEarlyDataOctets: 16_384 }],
};
const exchange12: HandshakeMessage = {
  type: 'server_key_exchange',
  group: NAMED_GROUPS.x25519,
  publicKey: new Uint8Array(32),
  scheme: SIGNATURE_SCHEMES.rsa_pss_rsae_sha256,
  signature: new Uint8Array(256),
};

const handshake = (message: HandshakeMessage, version: '1.2' | '1.3' = '1.3'): TracedDecoder => {
  const octets = encodeHandshake(message);
  return (sink) => decodeHandshake(octets, version, sink);
};
const stream = Buffer.concat(
  [22, 20, 23, 23].map((type, index) =>
    encodeRecord({ type, version: 0x0303, fragment: new Uint8Array([512, 1, 1400, 60][index]!) }),
  ),
);
const alert = Uint8Array.of(2, 47);

/** What one end of a connection reads. */
export const tlsCases = (): TracedRoom => ({
  ClientHello: handshake(clientHello),
  ServerHello: handshake(serverHello),
  Certificate: handshake(certificate),
  Finished: handshake(finished),
  NewSessionTicket: handshake(ticket),
  '1.2 ServerKeyExchange': handshake(exchange12, '1.2'),
  records: (sink) => new RecordReader().push(stream, sink),
  alert: (sink) => decodeAlert(alert, sink),
});
