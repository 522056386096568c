import { isSameOctets } from '@/lib/bytes';
import { type Certificate, CertificateChainValidationEngine } from 'pkijs';
import { nameOf } from './certificate';
import { X509Error, type X509ErrorCode } from './errors';

/** Steps from certificate to issuer that are tried at most: certificates that vouch for each other have no end. */
const MAX_STEPS = 64;

/** What the library's result codes mean here; those of policies and the rest: not permitted. */
const CODES: Readonly<Record<number, X509ErrorCode>> = {
  6: 'X509_UNSUPPORTED',
  8: 'X509_EXPIRED',
};
/** The library found no path at all. */
const NO_PATH = [-1, 60, 97];

/**
 * The path from a certificate to a trust anchor, both included, checked by the library: signatures, validity, who is an
 * authority, policies, name constraints (RFC 5280 §6.1). `chain` is what the server sent, its own first.
 * @throws X509Error
 */
export async function findPath(
  chain: readonly [Certificate, ...Certificate[]],
  trustAnchors: readonly Certificate[],
  nowMs: number,
): Promise<readonly Certificate[]> {
  const [leaf, ...others] = chain;
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [...trustAnchors],
    // The library takes the last for the one that is asked about, and drops what comes twice from the end.
    certs: [...others.filter(({ tbsView }) => !isSameOctets(tbsView, leaf.tbsView)), leaf],
    checkDate: new Date(nowMs),
  });
  let steps = 0;
  const findIssuer = engine.findIssuer.bind(engine);
  engine.findIssuer = async (certificate, itself, engineOfCrypto) =>
    ++steps > MAX_STEPS ? [] : findIssuer(certificate, itself, engineOfCrypto);
  const { result, resultCode, resultMessage, certificatePath } = await engine.verify();
  if (result && certificatePath) return certificatePath;
  if (NO_PATH.includes(resultCode)) throw await whyNoPath(chain, trustAnchors);
  throw new X509Error(CODES[resultCode] ?? 'X509_NOT_PERMITTED', 0, resultMessage, 'a path that holds');
}

/** Where the chain breaks: an issuer that is here and did not sign, or one that is not here. */
async function whyNoPath(
  chain: readonly Certificate[],
  trustAnchors: readonly Certificate[],
): Promise<X509Error> {
  for (const [place, certificate] of chain.entries()) {
    const issuers = [...chain.slice(place + 1), ...trustAnchors].filter(({ subject }) =>
      certificate.issuer.isEqual(subject),
    );
    const name = nameOf(certificate.issuer);
    if (issuers.length === 0)
      return new X509Error('X509_CA_UNKNOWN', place, name, 'a path to a trust anchor');
    const verdicts = await Promise.all(
      issuers.map((issuer) => certificate.verify(issuer).catch(() => false)),
    );
    if (!verdicts.includes(true))
      return new X509Error('X509_SIGNATURE_WRONG', place, 'another signature', `that of ${name}`);
  }
  const last = chain.length - 1;
  return new X509Error('X509_CA_UNKNOWN', last, nameOf(chain[last]!.issuer), 'a path to a trust anchor');
}
