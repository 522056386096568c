import { type CertificateView, parseCertificate, viewOf } from './certificate';
import { X509Error } from './errors';
import { findPath } from './find-path';
import { isForHost, nameText } from './host-name';
import { checkNameConstraints } from './name-constraints';
import { checkPath } from './path-rules';

/** Whom to trust (certificates in DER), for which host, at what time. */
export type ChainExpectations = { trustAnchors: readonly Uint8Array[]; host: string; nowMs: number };

/** Certificates in a chain that are read at most. */
export const MAX_CHAIN_CERTIFICATES = 10;

/**
 * Whether a server's chain, its own certificate first, leads to a trust anchor and is for this host now (RFC 5280 §6.1,
 * RFC 9525 §6). Answers what its own certificate says.
 * @throws X509Error
 */
export async function verifyChain(
  chain: readonly Uint8Array[],
  { trustAnchors, host, nowMs }: ChainExpectations,
): Promise<CertificateView> {
  if (chain.length > MAX_CHAIN_CERTIFICATES)
    throw new X509Error(
      'X509_UNSUPPORTED',
      MAX_CHAIN_CERTIFICATES,
      `${chain.length} certificates`,
      `at most ${MAX_CHAIN_CERTIFICATES}`,
    );
  const [leaf, ...others] = chain.map(parseCertificate);
  if (!leaf) throw new X509Error('X509_MALFORMED', 0, 'an empty chain', 'a certificate');
  const path = await findPath([leaf, ...others], trustAnchors.map(parseCertificate), nowMs);
  checkPath(path);
  const view = viewOf(leaf);
  const names = [...view.dnsNames, ...view.ipAddresses].map(nameText).join(', ') || 'no name';
  if (!isForHost(view, host)) throw new X509Error('X509_HOST_WRONG', 0, names, host);
  checkNameConstraints(path, view);
  return view;
}
