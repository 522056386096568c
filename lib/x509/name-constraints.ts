import { type Certificate, type GeneralSubtree, NameConstraints } from 'pkijs';
import { findExtension, GENERAL_NAME, octetsOf } from './certificate';
import { X509Error } from './errors';
import { canonicalHost, hostAddress } from './host-name';

/**
 * Every authority of the path may vouch for this host (RFC 5280 §4.2.1.10). The library asks whether some name of the
 * certificate is permitted; here it is the one that matters.
 * @throws X509Error X509_NOT_PERMITTED
 */
export function checkNameConstraints(path: readonly Certificate[], host: string): void {
  for (const [place, certificate] of path.entries()) {
    const constraints = findExtension(certificate, NameConstraints, '2.5.29.30');
    if (place === 0 || !constraints) continue;
    const permitted = (constraints.permittedSubtrees ?? []).filter((tree) => isOfKind(tree, host));
    const excluded = (constraints.excludedSubtrees ?? []).filter((tree) => isOfKind(tree, host));
    const holds = (tree: GeneralSubtree) => isWithin(tree, host);
    if ((permitted.length > 0 && !permitted.some(holds)) || excluded.some(holds))
      throw new X509Error(
        'X509_NOT_PERMITTED',
        place,
        `an authority that may not speak for ${host}`,
        'one that may',
      );
  }
}

function isOfKind({ base }: GeneralSubtree, host: string): boolean {
  return base.type === (hostAddress(host) ? GENERAL_NAME.iPAddress : GENERAL_NAME.dNSName);
}

function isWithin({ base }: GeneralSubtree, host: string): boolean {
  const address = hostAddress(host);
  if (address) {
    const range = octetsOf(base.value);
    const mask = range.subarray(address.length);
    return (
      range.length === 2 * address.length &&
      address.every((octet, index) => ((octet ^ range[index]!) & mask[index]!) === 0)
    );
  }
  const domain = String(base.value).toLowerCase();
  const name = canonicalHost(host);
  return domain === '' || name === domain || name.endsWith(domain.startsWith('.') ? domain : `.${domain}`);
}
