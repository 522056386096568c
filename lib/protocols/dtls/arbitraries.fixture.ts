import fc from 'fast-check';
import type { Extension } from '@/lib/protocols/tls';
import type { DtlsMessage, HandshakeFragment, NumberedMessage, PlaintextRecord, UnifiedHeader } from '.';

const octets = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });

export const plaintextRecords: fc.Arbitrary<PlaintextRecord> = fc.record({
  form: fc.constant('plaintext' as const),
  type: fc.constantFrom(20, 21, 22, 23, 24, 26),
  version: fc.constantFrom(0xfeff, 0xfefd),
  epoch: fc.nat(0xffff),
  sequenceNumber: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  connectionId: fc.constant(undefined),
  fragment: octets(0, 60),
});

/** Headers with connection ids of so many octets, or none. */
export const unifiedHeaders = (cidOctets: number): fc.Arbitrary<UnifiedHeader> =>
  fc
    .record({
      connectionId:
        cidOctets === 0 ? fc.constant(undefined) : fc.option(octets(cidOctets), { nil: undefined }),
      sequenceOctets: fc.constantFrom(1 as const, 2 as const),
      sequence: fc.nat(0xffff),
      epochBits: fc.nat(3),
      length: fc.nat(60),
    })
    .map(({ sequence, ...header }) => ({ ...header, sequenceBits: sequence % 256 ** header.sequenceOctets }));

export const numberedMessages: fc.Arbitrary<NumberedMessage> = fc.record({
  msgType: fc.nat(255),
  messageSeq: fc.nat(0xffff),
  body: octets(0, 400),
});

export const fragments: fc.Arbitrary<HandshakeFragment> = fc
  .record({ message: numberedMessages, from: fc.nat(399), octets: fc.integer({ min: 1, max: 400 }) })
  .map(({ message: { body, ...head }, from, octets: count }) => {
    const fragmentOffset = Math.min(from, Math.max(0, body.length - 1));
    const fragment = body.subarray(fragmentOffset, fragmentOffset + count);
    return { ...head, length: body.length, fragmentOffset, fragment };
  });

const uint16 = fc.nat(0xffff);

/** Messages of DTLS's own, and some of TLS's. */
export const messages: fc.Arbitrary<DtlsMessage> = fc.oneof(
  fc.record({
    type: fc.constant('client_hello' as const),
    version: fc.constant(0xfefd),
    random: octets(32),
    sessionId: octets(0, 32),
    cookie: octets(0, 255),
    cipherSuites: fc.array(uint16, { minLength: 1, maxLength: 9 }),
    compressionMethods: fc.constant(Uint8Array.of(0)),
    extensions: fc.option(
      fc.constant<Extension[]>([
        { type: 'supported_versions', versions: [0xfefc, 0xfefd] },
        { type: 'cookie', cookie: Uint8Array.of(1, 2) },
        { type: 'unknown', number: 14, data: Uint8Array.of(0, 2, 0, 1, 0) },
      ]),
      { nil: undefined },
    ),
  }),
  fc.record({
    type: fc.constant('hello_verify_request' as const),
    version: fc.constantFrom(0xfeff, 0xfefd),
    cookie: octets(0, 255),
  }),
  fc.record({ type: fc.constant('request_connection_id' as const), count: fc.nat(255) }),
  fc.record({
    type: fc.constant('new_connection_id' as const),
    connectionIds: fc.array(octets(0, 20), { maxLength: 5 }),
    usage: fc.constantFrom('immediate' as const, 'spare' as const),
  }),
  fc.record({ type: fc.constant('finished' as const), verifyData: octets(0, 48) }),
  fc.record({ type: fc.constant('certificate_verify' as const), scheme: uint16, signature: octets(0, 80) }),
  fc.constant({ type: 'server_hello_done' as const }),
);
