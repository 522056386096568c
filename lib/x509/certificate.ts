import { AltName, Certificate, type GeneralName, type RelativeDistinguishedNames } from 'pkijs';
import { toHex } from '@/lib/bytes';
import { isCanonical } from './der-envelope';
import { X509Error } from './errors';
import type { PresentedNames } from './host-name';

/** What a certificate says (RFC 5280 §4.1), as far as this room shows it. */
export type CertificateView = PresentedNames & {
  /** As "CN=example.org, O=Example". */
  subject: string;
  issuer: string;
  serialNumber: string;
  notBeforeMs: number;
  notAfterMs: number;
  /** In DER: what `verifySignature` of the TLS room takes. */
  subjectPublicKeyInfo: Uint8Array;
};

/** GeneralName's alternatives (RFC 5280 §4.2.1.6). */
export const GENERAL_NAME = { dNSName: 2, iPAddress: 7 } as const;

/** Octets of a certificate that are read at most. */
export const MAX_CERTIFICATE_OCTETS = 2 ** 16;

/**
 * A certificate in DER to what it says (RFC 5280 §4.1).
 * @throws X509Error X509_MALFORMED
 */
export function readCertificate(der: Uint8Array): CertificateView {
  return viewOf(parseCertificate(der, 0));
}

/** A certificate in the library's form; `place` is where it stands in the chain. @throws X509Error X509_MALFORMED */
export function parseCertificate(der: Uint8Array, place: number): Certificate {
  if (der.length > MAX_CERTIFICATE_OCTETS) throw malformed(place, `${der.length} octets`);
  let certificate: Certificate;
  try {
    certificate = Certificate.fromBER(der.slice());
    if (!isCanonical(certificate, der)) throw malformed(place, 'another encoding than DER');
    const seen = new Set<string>();
    for (const { extnID, parsedValue } of certificate.extensions ?? []) {
      if (!parsedValue || 'parsingError' in parsedValue) throw malformed(place, `extension ${extnID}`);
      // Two could say two things, and each reader would believe another one (§4.2).
      if (seen.has(extnID)) throw malformed(place, `extension ${extnID} twice`);
      seen.add(extnID);
      if (parsedValue instanceof AltName && !parsedValue.altNames.every(isWellFormed))
        throw malformed(place, 'an address of neither 4 nor 16 octets');
    }
  } catch (error) {
    if (error instanceof X509Error) throw error;
    throw malformed(place, error instanceof Error ? error.message : 'no certificate');
  }
  return certificate;
}

/** An address has 4 octets or 16 (RFC 5280 §4.2.1.6). */
function isWellFormed({ type, value }: GeneralName): boolean {
  return type !== GENERAL_NAME.iPAddress || [4, 16].includes(octetsOf(value as unknown).length);
}

const malformed = (place: number, seen: string) =>
  new X509Error('X509_MALFORMED', place, seen, 'a certificate of RFC 5280');

/** What the library's form says. */
export function viewOf(certificate: Certificate): CertificateView {
  const { subject, issuer, serialNumber, notBefore, notAfter, subjectPublicKeyInfo } = certificate;
  const names = findExtension(certificate, AltName, '2.5.29.17')?.altNames ?? [];
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    serialNumber: toHex(serialNumber.valueBlock.valueHexView),
    notBeforeMs: notBefore.value.getTime(),
    notAfterMs: notAfter.value.getTime(),
    subjectPublicKeyInfo: new Uint8Array(subjectPublicKeyInfo.toSchema().toBER()),
    dnsNames: names.flatMap(({ type, value }) => (type === GENERAL_NAME.dNSName ? [String(value)] : [])),
    ipAddresses: names.flatMap(({ type, value }) =>
      type === GENERAL_NAME.iPAddress ? [octetsOf(value as unknown)] : [],
    ),
  };
}

/** An extension's value, if the certificate has it. `oid` also tells apart those that share a form. */
export function findExtension<T>(
  certificate: Certificate,
  form: abstract new (...args: never[]) => T,
  oid: string,
): T | undefined {
  const found: unknown = certificate.extensions?.find(({ extnID }) => extnID === oid)?.parsedValue;
  return found instanceof form ? found : undefined;
}

/** The octets of an OCTET STRING of the library, which types names as anything. */
export function octetsOf(value: unknown): Uint8Array {
  const { valueBlock } = value as { valueBlock: { valueHexView: Uint8Array } };
  return valueBlock.valueHexView.slice();
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

/** A distinguished name in the short form of RFC 4514. */
export function nameOf({ typesAndValues }: RelativeDistinguishedNames): string {
  return typesAndValues
    .map(({ type, value }) => `${ATTRIBUTES[type] ?? type}=${value.valueBlock.value}`)
    .join(', ');
}
