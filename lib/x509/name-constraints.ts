import { type Certificate, type GeneralSubtree, NameConstraints } from 'pkijs';
import { findExtension, GENERAL_NAME, octetsOf } from './certificate';
import { X509Error } from './errors';
import { canonicalHost, nameText, type PresentedNames } from './host-name';

/** A name of a certificate: of a host, or an address. */
type Name = string | Uint8Array;

/**
 * Every authority of the path may vouch for every name that the certificate presents (RFC 5280 §4.2.1.10, §6.1.3). The
 * library is content when some name is permitted.
 * @throws X509Error X509_NOT_PERMITTED
 */
export function checkNameConstraints(
  path: readonly Certificate[],
  { dnsNames, ipAddresses }: PresentedNames,
): void {
  const names: Name[] = [...dnsNames, ...ipAddresses];
  for (const [place, certificate] of path.entries()) {
    const constraints = findExtension(certificate, NameConstraints, '2.5.29.30');
    if (place === 0 || !constraints) continue;
    const wrong = names.find((name) => !isPermitted(constraints, name));
    if (wrong !== undefined)
      throw new X509Error(
        'X509_NOT_PERMITTED',
        place,
        `an authority that may not speak for ${nameText(wrong)}`,
        'one that may',
      );
  }
}

function isPermitted({ permittedSubtrees, excludedSubtrees }: NameConstraints, name: Name): boolean {
  const permitted = (permittedSubtrees ?? []).filter((tree) => isOfKind(tree, name));
  const excluded = (excludedSubtrees ?? []).filter((tree) => isOfKind(tree, name));
  const holds = (tree: GeneralSubtree) => isWithin(tree, name);
  return (permitted.length === 0 || permitted.some(holds)) && !excluded.some(holds);
}

function isOfKind({ base }: GeneralSubtree, name: Name): boolean {
  return base.type === (typeof name === 'string' ? GENERAL_NAME.dNSName : GENERAL_NAME.iPAddress);
}

function isWithin({ base }: GeneralSubtree, name: Name): boolean {
  if (typeof name !== 'string') {
    const range = octetsOf(base.value);
    const mask = range.subarray(name.length);
    return (
      range.length === 2 * name.length &&
      name.every((octet, index) => ((octet ^ range[index]!) & mask[index]!) === 0)
    );
  }
  const domain = String(base.value).toLowerCase();
  const host = canonicalHost(name);
  return domain === '' || host === domain || host.endsWith(domain.startsWith('.') ? domain : `.${domain}`);
}
