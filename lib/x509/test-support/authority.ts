import {
  BasicConstraintsExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its key, in the forms that our room and Node's TLS take. */
export type Identity = {
  der: Uint8Array;
  certificatePem: string;
  keyPem: string;
  privateKey: CryptoKey;
  certificate: X509Certificate;
  keys: CryptoKeyPair;
};

/** A time at which certificates hold if nothing else was ordered: from 2020 to 2100. */
export const NOW_MS = Date.UTC(2026, 5, 1);

/** What to issue; by default a server's certificate for localhost. */
export type Order = {
  subject?: string;
  /** Names for subjectAltName; none for an authority. */
  names?: { type: 'dns' | 'ip'; value: string }[];
  notBefore?: Date;
  notAfter?: Date;
  isAuthority?: boolean;
  pathLength?: number;
  extensions?: Extension[];
  /** By default a new pair of `keyAlgorithm`. */
  keys?: CryptoKeyPair;
  keyAlgorithm?: EcKeyGenParams | RsaHashedKeyGenParams | { name: 'Ed25519' };
};

const P256: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
let serial = 1;

/** Certificates made by another library than the one that checks them. Without an issuer it signs itself. */
export async function issue(order: Order = {}, issuer?: Identity): Promise<Identity> {
  const { keyAlgorithm = P256, isAuthority = false, subject = 'CN=test' } = order;
  const keys =
    order.keys ??
    ((await crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify'])) as CryptoKeyPair);
  const usages = isAuthority ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature;
  const names = order.names ?? (isAuthority ? [] : [{ type: 'dns' as const, value: 'localhost' }]);
  const signingKeys = issuer?.keys ?? keys;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: (serial++).toString(16).padStart(4, '0'),
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    notBefore: order.notBefore ?? new Date(Date.UTC(2020, 0, 1)),
    notAfter: order.notAfter ?? new Date(Date.UTC(2100, 0, 1)),
    publicKey: keys.publicKey,
    signingKey: signingKeys.privateKey,
    signingAlgorithm: { hash: 'SHA-256', ...signingKeys.privateKey.algorithm },
    extensions: [
      new BasicConstraintsExtension(isAuthority, order.pathLength, true),
      new KeyUsagesExtension(usages, true),
      ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
      ...(order.extensions ?? []),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    der: new Uint8Array(certificate.rawData),
    certificatePem: certificate.toString('pem'),
    keyPem: PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    privateKey: keys.privateKey,
    certificate,
    keys,
  };
}

/** A root, an authority below it, and a server's certificate: what most chains look like. */
export async function issueChain(leafOrder: Order = {}) {
  const root = await issue({ subject: 'CN=Test Root', isAuthority: true });
  const middle = await issue({ subject: 'CN=Test Authority', isAuthority: true }, root);
  const leaf = await issue(leafOrder, middle);
  return { root, middle, leaf, chain: [leaf.der, middle.der] };
}
