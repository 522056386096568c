import fc from 'fast-check';
import type { Extension, HandshakeMessage } from '../index';

const octets = (minLength: number, maxLength = 40) => fc.uint8Array({ minLength, maxLength });
const uint16 = fc.integer({ min: 0, max: 0xffff });
const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '-'), minLength: 1, maxLength: 20 });

/** Extensions of a ClientHello, each at most once. */
const clientExtensions: fc.Arbitrary<Extension[]> = fc
  .tuple(
    fc.record({ type: fc.constant('server_name' as const), hostName: name }),
    fc.record({
      type: fc.constant('supported_groups' as const),
      groups: fc.array(uint16, { minLength: 1, maxLength: 6 }),
    }),
    fc.record({
      type: fc.constantFrom('signature_algorithms' as const, 'signature_algorithms_cert' as const),
      schemes: fc.array(uint16, { minLength: 1, maxLength: 6 }),
    }),
    fc.record({
      type: fc.constant('application_layer_protocol_negotiation' as const),
      protocols: fc.array(name, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('supported_versions' as const),
      versions: fc.array(uint16, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      type: fc.constant('key_share' as const),
      entries: fc.array(fc.record({ group: uint16, keyExchange: octets(1) }), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('cookie' as const), cookie: octets(1) }),
    fc.record({ type: fc.constant('unknown' as const), number: fc.constant(0x1a1a), data: octets(0) }),
    fc
      .array(fc.record({ identity: octets(1), obfuscatedTicketAge: fc.nat() }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((identities) => ({
        type: 'pre_shared_key' as const,
        identities,
        binders: identities.map(() => new Uint8Array(32)),
      })),
  )
  .chain((all) => fc.subarray(all as Extension[]));

/** Messages of every kind that 1.3 reads, and those of 1.2 that have numbers of their own. */
export const messages: fc.Arbitrary<HandshakeMessage> = fc.oneof(
  fc.record({
    type: fc.constant('client_hello' as const),
    version: uint16,
    random: octets(32, 32),
    sessionId: octets(0, 32),
    cipherSuites: fc.array(uint16, { minLength: 1, maxLength: 8 }),
    compressionMethods: octets(1, 3),
    extensions: fc.option(clientExtensions, { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('server_hello' as const),
    version: uint16,
    random: octets(32, 32),
    sessionId: octets(0, 32),
    cipherSuite: uint16,
    compressionMethod: fc.integer({ min: 0, max: 255 }),
    extensions: fc.option(
      fc.record({ group: uint16, keyExchange: octets(1) }).map((entry): Extension[] => [
        { type: 'selected_version', version: 0x0304 },
        { type: 'key_share', entries: [entry] },
        { type: 'selected_identity', index: 0 },
      ]),
      { nil: undefined },
    ),
    isRetryRequest: fc.constant(false),
  }),
  fc.record({
    type: fc.constant('certificate' as const),
    context: octets(0),
    entries: fc.array(fc.record({ certificate: octets(1), extensions: fc.constant<Extension[]>([]) }), {
      maxLength: 3,
    }),
  }),
  fc.record({ type: fc.constant('certificate_verify' as const), scheme: uint16, signature: octets(0) }),
  fc.record({ type: fc.constant('finished' as const), verifyData: octets(0, 48) }),
  fc.record({ type: fc.constant('key_update' as const), updateRequested: fc.boolean() }),
  fc.record({
    type: fc.constant('new_session_ticket' as const),
    lifetimeSeconds: fc.nat(),
    ageAdd: fc.nat(),
    nonce: octets(0, 8),
    ticket: octets(1),
    extensions: fc.constant<Extension[]>([{ type: 'early_data', maxEarlyDataOctets: 16_384 }]),
  }),
  fc.record({
    type: fc.constant('server_key_exchange' as const),
    group: uint16,
    publicKey: octets(1),
    scheme: uint16,
    signature: octets(0),
  }),
  fc.record({ type: fc.constant('client_key_exchange' as const), publicKey: octets(1) }),
);

/** Messages whose forms only 1.2 has. */
export const messages12: fc.Arbitrary<HandshakeMessage> = fc.oneof(
  fc.record({
    type: fc.constant('certificate_request_1_2' as const),
    certificateTypes: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 4 }),
    schemes: fc.array(uint16, { minLength: 1, maxLength: 6 }),
    authorities: fc.array(octets(1), { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('certificate_1_2' as const),
    certificates: fc.array(octets(1), { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('new_session_ticket_1_2' as const),
    lifetimeHintSeconds: fc.nat(),
    ticket: octets(0),
  }),
  fc.constantFrom<HandshakeMessage>({ type: 'hello_request' }, { type: 'server_hello_done' }),
);
