import type { CipherSuite } from './cipher-suites';
import type { Resumption } from './client-hello';
import { TlsError } from './errors';
import type { Extension } from './extensions';
import type { ClientHello } from './handshake';
import { EXTENSION_TYPES } from './registry';
import { checkExtensions, findExtension } from './server-hello';

/** What of ours a server may answer here; of others it knows nothing (RFC 8446 §4.2). */
const ALLOWED = [
  EXTENSION_TYPES.server_name,
  EXTENSION_TYPES.supported_groups,
  EXTENSION_TYPES.application_layer_protocol_negotiation,
  EXTENSION_TYPES.early_data,
];

/**
 * The protocol that the server chose (RFC 7301 §3.1), if any.
 * @throws TlsError TLS_EXTENSION_UNSOLICITED, TLS_ILLEGAL_PARAMETER
 */
export function chosenProtocol(answer: readonly Extension[], hello: ClientHello): string | undefined {
  checkExtensions(answer, hello, ALLOWED);
  const chosen = findExtension(answer, 'application_layer_protocol_negotiation')?.protocols;
  if (!chosen) return undefined;
  const offered = findExtension(hello.extensions, 'application_layer_protocol_negotiation')?.protocols;
  if (chosen.length === 1 && offered?.includes(chosen[0]!)) return chosen[0];
  throw new TlsError('TLS_ILLEGAL_PARAMETER', 0, chosen.join(), 'one of the protocols that we offered');
}

/**
 * Whether the server takes our early data: it may only on the terms of the ticket (RFC 8446 §4.2.10). `resumption` is the one
 * that the server accepted.
 * @throws TlsError TLS_ILLEGAL_PARAMETER
 */
export function acceptsEarlyData(
  answer: readonly Extension[],
  suite: CipherSuite,
  protocol: string | undefined,
  resumption: Resumption | undefined,
): boolean {
  if (!findExtension(answer, 'early_data')) return false;
  const isOnItsTerms = resumption?.suite.number === suite.number && resumption.protocol === protocol;
  if (isOnItsTerms) return true;
  throw new TlsError('TLS_ILLEGAL_PARAMETER', 0, 'early_data', 'the suite and protocol of the ticket');
}
