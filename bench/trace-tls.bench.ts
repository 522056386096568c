import type { Span } from '@/lib/bytes';
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
import { medianOf, type BenchRow } from './rows';

/** Many short runs: a busy machine then spoils some of them and not the middle one. */
const RUNS = 61;
const DECODES = 500;

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

const handshake = (message: HandshakeMessage, version: '1.2' | '1.3' = '1.3') => {
  const octets = encodeHandshake(message);
  return (trace?: Span[]) => decodeHandshake(octets, version, trace);
};
const stream = Buffer.concat(
  [22, 20, 23, 23].map((type, index) =>
    encodeRecord({ type, version: 0x0303, fragment: new Uint8Array([512, 1, 1400, 60][index]!) }),
  ),
);
const alert = Uint8Array.of(2, 47);

const decoders: Record<string, (trace?: Span[]) => unknown> = {
  'tls ClientHello': handshake(clientHello),
  'tls ServerHello': handshake(serverHello),
  'tls Certificate': handshake(certificate),
  'tls Finished': handshake(finished),
  'tls NewSessionTicket': handshake(ticket),
  'tls 1.2 ServerKeyExchange': handshake(exchange12, '1.2'),
  'tls records': (trace) => new RecordReader().push(stream, trace),
  'tls alert': (trace) => decodeAlert(alert, trace),
};

/** Decoding with a sink against decoding without, in turn; what is decoded is the same. */
export default function measureTraces(): Promise<BenchRow[]> {
  const rows = Object.entries(decoders).map(([name, decode]): BenchRow => {
    const spans: Span[] = [];
    if (JSON.stringify(decode()) !== JSON.stringify(decode(spans)) || spans.length === 0)
      throw new Error(`${name}: the sink changes what is decoded, or gets nothing`);
    const time = (run: () => unknown) => {
      const startMs = performance.now();
      for (let i = 0; i < DECODES; i++) run();
      return performance.now() - startMs;
    };
    const [plain, traced]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      plain.push(time(() => decode()));
      traced.push(time(() => decode([])));
    }
    return {
      name: `${name} decoded with a trace sink, against without`,
      unit: '×',
      bar: 5,
      sense: 'at most',
      measured: medianOf(traced) / medianOf(plain),
    };
  });
  return Promise.resolve(rows);
}
