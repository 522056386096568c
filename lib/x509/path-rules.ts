import { BitString } from 'asn1js';
import { type Certificate, BasicConstraints, ExtKeyUsage } from 'pkijs';
import { findExtension, nameOf } from './certificate';
import { X509Error } from './errors';

/** Extensions that are looked at, here or by the library; any other may not be critical (RFC 5280 §4.2). */
const KNOWN_EXTENSIONS: Readonly<Record<string, string>> = {
  '2.5.29.15': 'keyUsage',
  '2.5.29.17': 'subjectAltName',
  '2.5.29.19': 'basicConstraints',
  '2.5.29.30': 'nameConstraints',
  '2.5.29.32': 'certificatePolicies',
  '2.5.29.33': 'policyMappings',
  '2.5.29.36': 'policyConstraints',
  '2.5.29.37': 'extKeyUsage',
  '2.5.29.54': 'inhibitAnyPolicy',
};

/** Signatures by MD5 and SHA-1, which others can make as well (RFC 8446 §4.4.2.4). */
const WEAK_SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
};

const SERVER_AUTHENTICATION = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];
const V3 = 2;
const DIGITAL_SIGNATURE = 0x80;

/**
 * What a path must be for TLS beyond what the library checks: version, critical extensions, hashes, path lengths, purposes
 * (RFC 5280 §4.2, RFC 8446 §4.4.2.2). The path ends in the trust anchor, whose own signature nobody needs.
 * @throws X509Error
 */
export function checkPath(path: readonly Certificate[]): void {
  for (const [place, certificate] of path.entries()) {
    const isAnchor = place > 0 && place === path.length - 1;
    if (!isAnchor) checkForm(certificate, place);
    if (place > 0) checkPathLength(path, place);
    if (!isAnchor) checkPurpose(certificate, place);
  }
}

function checkForm({ version, extensions, signatureAlgorithm }: Certificate, place: number): void {
  if (version !== V3) throw new X509Error('X509_UNSUPPORTED', place, `version ${version + 1}`, 'version 3');
  for (const { extnID, critical } of extensions ?? [])
    if (critical && !(extnID in KNOWN_EXTENSIONS))
      throw new X509Error('X509_UNSUPPORTED', place, `critical extension ${extnID}`, 'one that is known');
  const weak = WEAK_SIGNATURES[signatureAlgorithm.algorithmId];
  if (weak) throw new X509Error('X509_SIGNATURE_WRONG', place, weak, 'SHA-256 or better');
}

/** pathLenConstraint counts the authorities between this one and the owner, but for those that renew their own key. */
function checkPathLength(path: readonly Certificate[], place: number): void {
  const most = findExtension(path[place]!, BasicConstraints, '2.5.29.19')?.pathLenConstraint;
  if (most === undefined) return;
  const between = path.slice(1, place).filter(({ subject, issuer }) => !subject.isEqual(issuer)).length;
  const allowed = typeof most === 'number' ? most : Number(most.toBigInt());
  if (between > allowed)
    throw new X509Error('X509_NOT_PERMITTED', place, `${between} authorities below`, `at most ${allowed}`);
}

function checkPurpose(certificate: Certificate, place: number): void {
  const purposes = findExtension(certificate, ExtKeyUsage, '2.5.29.37')?.keyPurposes;
  if (purposes && !purposes.some((purpose) => SERVER_AUTHENTICATION.includes(purpose)))
    throw new X509Error('X509_NOT_PERMITTED', place, `a certificate for ${purposes.join()}`, 'serverAuth');
  if (place > 0) return;
  const usage = findExtension(certificate, BitString, '2.5.29.15')?.valueBlock.valueHexView;
  if (usage && ((usage[0] ?? 0) & DIGITAL_SIGNATURE) === 0)
    throw new X509Error(
      'X509_NOT_PERMITTED',
      place,
      nameOf(certificate.subject),
      'keyUsage digitalSignature',
    );
}
