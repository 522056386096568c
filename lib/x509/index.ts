// Certificates and their chains (RFC 5280, RFC 9525), read and checked by PKI.js: the one door to it. Some 90 kB gzipped, so
// what runs in a page imports this room with `import()`, when it is needed. What is real and what is left out: MODEL.md.
export { X509Error, type X509ErrorCode } from './errors';
export { type CertificateView, MAX_CERTIFICATE_OCTETS, readCertificate } from './certificate';
export { isForHost, type PresentedNames } from './host-name';
export { type ChainExpectations, MAX_CHAIN_CERTIFICATES, verifyChain } from './verify-chain';
export { createCertificateVerifier } from './certificate-verifier';
