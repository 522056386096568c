import type { CipherSuite } from './cipher-suites';
import type { ClientHelloOptions } from './client-hello';
import type { TlsErrorCode } from './errors';
import type { CertificateEntry, NewSessionTicket } from './handshake';
import type { KeyShare } from './key-exchange';

/** States of RFC 8446 §A.1, and the ends. */
export type ClientState =
  | 'START'
  | 'WAIT_SH'
  | 'WAIT_EE'
  | 'WAIT_CERT_CR'
  | 'WAIT_CERT'
  | 'WAIT_CV'
  | 'WAIT_FINISHED'
  | 'CONNECTED'
  | 'CLOSED';

/** What became of early data: none was sent, the server read it, or it threw it away (RFC 8446 §4.2.10). */
export type EarlyDataFate = 'none' | 'accepted' | 'rejected';

/** What the program above hears. */
export type ClientEvent =
  /** `earlyData: 'rejected'`: nobody read it, and it is the program that knows whether to `write` it again. */
  | {
      type: 'connected';
      suite: number;
      protocol: string | undefined;
      resumed: boolean;
      earlyData: EarlyDataFate;
    }
  | { type: 'data'; data: Uint8Array }
  /** A ticket: with the PSK it can be resumed with (`resumptionOf`). */
  | { type: 'ticket'; ticket: NewSessionTicket; psk: Uint8Array; suite: CipherSuite }
  | { type: 'closed' };

/** What one step of the client brought: octets for the server, and news. */
export type ClientOutput = { send: Uint8Array; events: ClientEvent[] };

/** What a server shows to prove who it is (RFC 8446 §4.4.2, §4.4.3). */
export type CertificateClaim = {
  chain: readonly CertificateEntry[];
  scheme: number;
  signature: Uint8Array;
  signed: Uint8Array;
};

/** Why a claim is refused: the code chooses the alert (RFC 8446 §6.2). */
export type CertificateRefusal = {
  code: Extract<TlsErrorCode, `TLS_CERTIFICATE_${string}` | 'TLS_ILLEGAL_PARAMETER'>;
  seen: string;
  expected: string;
};

/** Who the client says it is when a server asks (RFC 8446 §4.3.2): a chain in DER, its own first, and who signs for it. */
export type ClientCertificate = {
  chain: readonly Uint8Array[];
  /** Schemes that the key can do, the best first. */
  schemes: readonly number[];
  /** The signature over `signed`, as `createSignature` makes it. */
  sign(scheme: number, signed: Uint8Array): Promise<Uint8Array>;
};

/** What a client is given: its hello, who judges certificates, and what it does where a server asks for more. */
export type TlsClientOptions = Omit<ClientHelloOptions, 'hasEarlyData' | 'cookie'> & {
  /**
   * Whether the chain leads to someone trusted, is for this host, and its first key made `signature` over `signed`
   * (RFC 8446 §4.4.3). X.509 is not this room's: `lib/x509` makes such a function, and `verifySignature` does the last part.
   */
  verifyCertificate(claim: CertificateClaim): Promise<boolean | CertificateRefusal>;
  /** A key pair for the group that a HelloRetryRequest names (§4.1.4); without it such a server is refused. */
  generateKeyShare?: ((group: number) => Promise<KeyShare>) | undefined;
  /** Octets to send before the server has answered, under a ticket that allows them; others may replay them (§2.3, §8). */
  earlyData?: Uint8Array | undefined;
  /** Without it a server that asks gets an empty Certificate (§4.4.2). */
  certificate?: ClientCertificate | undefined;
};
