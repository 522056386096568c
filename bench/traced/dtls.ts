import {
  decodeAck,
  decodeDatagram,
  decodeFragments,
  decodeMessage,
  type DtlsClientHello,
  encodeAck,
  encodeFragment,
  encodeMessage,
  encodePlaintextRecord,
  encodeUnifiedHeader,
  fragmentMessage,
} from '@/lib/protocols/dtls';
import { encodeUseSrtp } from '@/lib/protocols/srtp';
import type { TracedRoom } from './decoder';

const join = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** What a browser that calls another says first. */
const hello: DtlsClientHello = {
  type: 'client_hello',
  version: 0xfefd,
  random: new Uint8Array(32).fill(7),
  sessionId: new Uint8Array(32),
  cookie: new Uint8Array(32),
  cipherSuites: [0x1301, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc009, 0xc013],
  compressionMethods: Uint8Array.of(0),
  extensions: [
    { type: 'supported_groups', groups: [0x1d, 0x17, 0x18] },
    { type: 'signature_algorithms', schemes: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501] },
    { type: 'supported_versions', versions: [0xfefc, 0xfefd] },
    { type: 'key_share', entries: [{ group: 0x1d, keyExchange: new Uint8Array(32) }] },
    { type: 'unknown', number: 14, data: encodeUseSrtp({ profiles: [7, 8, 1], mki: new Uint8Array() }) },
  ],
};
const message = encodeMessage(hello, 0);
const fragments = fragmentMessage({ ...message, body: new Uint8Array(3000) }, 400).map(encodeFragment);
const records = fragments
  .slice(0, 3)
  .map((fragment, sequenceNumber) =>
    encodePlaintextRecord({ type: 22, version: 0xfefd, epoch: 0, sequenceNumber, fragment }),
  );
const unified = [1, 2, 3].flatMap((sequenceBits) => [
  encodeUnifiedHeader({
    connectionId: undefined,
    sequenceOctets: 2,
    sequenceBits,
    epochBits: 2,
    length: 300,
  }),
  new Uint8Array(300),
]);
const datagram = join([...records, ...unified]);
const handshake = join(fragments);
const ack = encodeAck(Array.from({ length: 12 }, (_, sequenceNumber) => ({ epoch: 2, sequenceNumber })));

/** What a peer that is called reads. */
export const dtlsCases = (): TracedRoom => ({
  datagram: (sink) => decodeDatagram(datagram, {}, sink),
  fragments: (sink) => decodeFragments(handshake, sink),
  ClientHello: (sink) => decodeMessage(message, '1.3', sink),
  ACK: (sink) => decodeAck(ack, sink),
});
