import fc from 'fast-check';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { decodeEcdsaSignature } from './ecdsa-signature';
import {
  decodeAlert,
  decodeHandshake,
  encodeAlert,
  encodeHandshake,
  encodeRecord,
  HandshakeReader,
  NAMED_GROUPS,
  RecordReader,
  TlsError,
  writeClientHello,
} from './index';
import { messages } from './test-support/messages';
import { generateKeyShare } from './test-support/node-server';

const clientHello = await writeClientHello({
  serverName: 'example.org',
  protocols: ['h2'],
  random: new Uint8Array(32),
  sessionId: new Uint8Array(32),
  keyShare: await generateKeyShare(NAMED_GROUPS.x25519),
});
const samples = [clientHello, ...fc.sample(messages, { numRuns: 40, seed: 8446 }).map(encodeHandshake)];

fuzzDecoder('TLS handshake messages', {
  samples,
  decode: (bytes) => decodeHandshake(bytes, '1.3', []),
  errorClass: TlsError,
});
fuzzDecoder('TLS 1.2 handshake messages', {
  samples,
  decode: (bytes) => decodeHandshake(bytes, '1.2', []),
  errorClass: TlsError,
});
fuzzDecoder('TLS records', {
  samples: samples.map((fragment) => encodeRecord({ type: 22, version: 0x0303, fragment })),
  decode: (bytes) => new RecordReader().push(bytes, []),
  errorClass: TlsError,
});
fuzzDecoder('TLS messages put together from fragments', {
  samples,
  decode: (bytes, random) => {
    const reader = new HandshakeReader();
    for (let at = 0; at < bytes.length;) {
      const next = at + random.integer(1, 40);
      reader.push(bytes.slice(at, next));
      at = next;
    }
  },
  errorClass: TlsError,
});
fuzzDecoder('TLS alerts', {
  samples: [encodeAlert({ level: 'fatal', description: 40 })],
  decode: (bytes) => decodeAlert(bytes, []),
  errorClass: TlsError,
  maxOctets: 4,
});
fuzzDecoder('ECDSA signatures', {
  samples: [Uint8Array.of(0x30, 6, 2, 1, 5, 2, 1, 7)],
  decode: (bytes) => decodeEcdsaSignature(bytes, 32),
  errorClass: TlsError,
});
