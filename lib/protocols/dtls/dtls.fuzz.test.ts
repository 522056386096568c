import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { endpointsOf } from './scripts.fixture';
import {
  decodeAck,
  decodeDatagram,
  decodeDtlsAlert,
  decodeFragments,
  decodeMessage,
  DtlsError,
  encodeAck,
  encodeFragment,
  encodeMessage,
  encodePlaintextRecord,
  explainDatagram,
  fragmentMessage,
  HandshakeReassembler,
  MAX_REASSEMBLY_OCTETS,
  parseFingerprint,
} from '.';

const first = endpointsOf('1.2 with cookie').client.start(0).datagrams[0]!;
const hello = encodeMessage(
  {
    type: 'client_hello',
    version: 0xfefd,
    random: new Uint8Array(32),
    sessionId: Uint8Array.of(1, 2),
    cookie: Uint8Array.of(3, 4, 5),
    cipherSuites: [0x1301],
    compressionMethods: Uint8Array.of(0),
    extensions: [{ type: 'supported_versions', versions: [0xfefc] }],
  },
  0,
);
const ids = encodeMessage(
  { type: 'new_connection_id', connectionIds: [Uint8Array.of(1), Uint8Array.of(2, 3)], usage: 'spare' },
  1,
);
const typed = ({ msgType, body }: { msgType: number; body: Uint8Array }) => Uint8Array.of(msgType, ...body);
const errorClass = DtlsError;

fuzzDecoder('dtls datagram', {
  samples: [
    first,
    Uint8Array.of(...first, 0x2e, 0, 1, 0, 2, 3, 4, 0x3f, 9, 9, 1, 1, 0, 1, 7),
    Uint8Array.of(0x22, 1, 2, 3),
  ],
  decode: (octets) => decodeDatagram(octets, { cidOctets: 2 }, []),
  errorClass,
});

fuzzDecoder('dtls handshake fragments', {
  samples: fragmentMessage(hello, 40).map(encodeFragment),
  decode: (octets) => decodeFragments(octets, []),
  errorClass,
});

const samples = fragmentMessage({ ...hello, messageSeq: 1 }, 30).map(encodeFragment);
let reassembler = new HandshakeReassembler();
let pushed = 0;
fuzzDecoder('dtls reassembly, one for 100 inputs', {
  samples,
  decode: (octets) => {
    if (++pushed % 100 === 0) reassembler = new HandshakeReassembler();
    for (const fragment of decodeFragments(octets)) reassembler.push(fragment);
    if (reassembler.heldOctets > MAX_REASSEMBLY_OCTETS) throw new Error('it holds too much');
  },
  errorClass,
});

fuzzDecoder('dtls messages, of 1.2 and 1.3', {
  samples: [
    hello,
    ids,
    { msgType: 3, body: Uint8Array.of(0xfe, 0xff, 2, 1, 2) },
    { msgType: 9, body: Uint8Array.of(2) },
  ].map(typed),
  decode: (octets, random) => {
    const message = { msgType: octets[0] ?? 0, messageSeq: 0, body: octets.subarray(1) };
    decodeMessage(message, random.chance(0.5) ? '1.2' : '1.3', []);
  },
  errorClass,
});

fuzzDecoder('dtls ACK, alert and fingerprint', {
  samples: [
    Uint8Array.of(
      0,
      ...encodeAck([
        { epoch: 2, sequenceNumber: 1 },
        { epoch: 2, sequenceNumber: 2 },
      ]),
    ),
    Uint8Array.of(1, 2, 40),
    Uint8Array.of(2, ...new TextEncoder().encode(`sha-1 ${'0A:'.repeat(19)}0b`)),
  ],
  decode: (octets) => {
    const rest = octets.subarray(1);
    const kind = (octets[0] ?? 0) % 3;
    if (kind === 0) return decodeAck(rest, []);
    return kind === 1 ? decodeDtlsAlert(rest, []) : parseFingerprint(String.fromCharCode(...rest));
  },
  errorClass,
});

let ends = endpointsOf('1.3 without cookie', { mtuOctets: 200 });
let given = 0;
fuzzDecoder('dtls endpoint, one for 100 inputs', {
  samples: [first, ...ends.client.start(0).datagrams],
  decode: (octets) => {
    if (++given % 100 === 0) ends = endpointsOf('1.3 without cookie', { mtuOctets: 200 });
    ends.server.receive(octets, given);
    ends.client.receive(octets, given);
  },
  errorClass,
});

fuzzDecoder('dtls datagram, explained', {
  samples: [
    first,
    ...samples.map((fragment) =>
      encodePlaintextRecord({ type: 22, version: 0xfefd, epoch: 0, sequenceNumber: 1, fragment }),
    ),
  ],
  decode: (octets, random) => explainDatagram(octets, { version: random.chance(0.5) ? '1.2' : '1.3' }, []),
  errorClass,
});
