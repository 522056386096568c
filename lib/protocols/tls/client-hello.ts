import { joinOctets } from '@/lib/bytes';
import { type CipherSuite, SUPPORTED_SUITES } from './cipher-suites';
import { encodeHandshake } from './encode-handshake';
import type { Extension } from './extensions';
import type { ClientHello, NewSessionTicket } from './handshake';
import type { KeyShare } from './key-exchange';
import { deriveSecret, earlySecret, finishedMac, transcriptHash } from './key-schedule';
import { NAMED_GROUPS, SIGNATURE_SCHEMES, VERSIONS } from './registry';

/** A ticket to resume with (RFC 8446 §4.2.11): its PSK, and its age as the wire hides it. */
export type Resumption = {
  identity: Uint8Array;
  obfuscatedTicketAge: number;
  psk: Uint8Array;
  suite: CipherSuite;
  /** Octets of early data that the ticket allows (§4.6.1); none without. */
  maxEarlyDataOctets?: number | undefined;
  /** What ALPN had chosen: early data is for that protocol (§4.2.10). */
  protocol?: string | undefined;
};

/** What a ticket is resumed with when it is `ageMs` old (RFC 8446 §4.2.11.1); `psk` and `suite` came beside it. */
export function resumptionOf(
  { ticket, psk, suite }: { ticket: NewSessionTicket; psk: Uint8Array; suite: CipherSuite },
  ageMs: number,
  protocol?: string,
): Resumption {
  const early = ticket.extensions.find((extension) => extension.type === 'early_data');
  return {
    identity: ticket.ticket,
    obfuscatedTicketAge: (ticket.ageAdd + ageMs) >>> 0,
    psk,
    suite,
    maxEarlyDataOctets: early?.maxEarlyDataOctets,
    protocol,
  };
}

/** What a ClientHello says, and the chance that it needs: 32 octets of random, a session id, a key pair. */
export type ClientHelloOptions = {
  serverName?: string | undefined;
  protocols?: readonly string[] | undefined;
  random: Uint8Array;
  /** 32 octets by chance make the handshake look like 1.2 to boxes on the way (RFC 8446 §D.4). */
  sessionId: Uint8Array;
  keyShare: KeyShare;
  resumption?: Resumption | undefined;
  /** Whether early data follows, for which there must be a `resumption` (§4.2.10). */
  hasEarlyData?: boolean | undefined;
  /** What a HelloRetryRequest gave to bring along (§4.2.2). */
  cookie?: Uint8Array | undefined;
};

const GROUPS = [NAMED_GROUPS.x25519, NAMED_GROUPS.secp256r1, NAMED_GROUPS.secp384r1];
const SCHEMES = [
  SIGNATURE_SCHEMES.ecdsa_secp256r1_sha256,
  SIGNATURE_SCHEMES.ecdsa_secp384r1_sha384,
  SIGNATURE_SCHEMES.rsa_pss_rsae_sha256,
  SIGNATURE_SCHEMES.rsa_pss_rsae_sha384,
  SIGNATURE_SCHEMES.ed25519,
  // For signatures in certificates only (RFC 8446 §4.2.3).
  SIGNATURE_SCHEMES.rsa_pkcs1_sha256,
  SIGNATURE_SCHEMES.rsa_pkcs1_sha384,
];

/**
 * A ClientHello for TLS 1.3, as octets with its header (RFC 8446 §4.1.2). `before` is the transcript so far, where it answers
 * a HelloRetryRequest: a binder covers that too.
 */
export async function writeClientHello(
  options: ClientHelloOptions,
  before: Uint8Array = new Uint8Array(),
): Promise<Uint8Array> {
  const { serverName, protocols, random, sessionId, keyShare, resumption, hasEarlyData, cookie } = options;
  const extensions: Extension[] = [
    ...(serverName === undefined ? [] : [{ type: 'server_name' as const, hostName: serverName }]),
    { type: 'supported_versions', versions: [VERSIONS['TLS 1.3']] },
    { type: 'supported_groups', groups: GROUPS },
    { type: 'signature_algorithms', schemes: SCHEMES },
    { type: 'key_share', entries: [{ group: keyShare.group, keyExchange: keyShare.publicKey }] },
    ...(protocols === undefined
      ? []
      : [{ type: 'application_layer_protocol_negotiation' as const, protocols: [...protocols] }]),
    ...(cookie === undefined ? [] : [{ type: 'cookie' as const, cookie }]),
    { type: 'psk_key_exchange_modes', modes: [1] },
    ...(hasEarlyData ? [{ type: 'early_data' as const, maxEarlyDataOctets: undefined }] : []),
  ];
  const hello: ClientHello = {
    type: 'client_hello',
    version: VERSIONS['TLS 1.2'],
    random,
    sessionId,
    cipherSuites: [...SUPPORTED_SUITES],
    compressionMethods: Uint8Array.of(0),
    extensions,
  };
  return resumption ? withBinder(hello, resumption, before) : encodeHandshake(hello);
}

/** The PSK stands last, and its binder covers everything before the binders (RFC 8446 §4.2.11.2). */
async function withBinder(
  hello: ClientHello,
  resumption: Resumption,
  before: Uint8Array,
): Promise<Uint8Array> {
  const { identity, obfuscatedTicketAge, psk, suite } = resumption;
  const offer: Extension = {
    type: 'pre_shared_key',
    identities: [{ identity, obfuscatedTicketAge }],
    binders: [new Uint8Array(suite.hashOctets)],
  };
  const octets = encodeHandshake({ ...hello, extensions: [...(hello.extensions ?? []), offer] });
  const bindersOctets = 2 + 1 + suite.hashOctets;
  const truncated = octets.slice(0, -bindersOctets);
  const nothing = await transcriptHash(suite, new Uint8Array());
  const binderKey = await deriveSecret(suite, await earlySecret(suite, psk), 'res binder', nothing);
  const transcript = await transcriptHash(suite, joinOctets([before, truncated]));
  const binder = await finishedMac(suite, binderKey, transcript);
  return joinOctets([octets.slice(0, -suite.hashOctets), binder]);
}
