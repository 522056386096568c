/** HTTP authentication: the framework (RFC 9110 §11), Basic (RFC 7617) and Digest (RFC 7616). */
export { createBasicChallenge, createBasicCredentials, readBasicCredentials } from './basic';
export type { UserPass } from './basic';
export { parseChallenges, parseCredentials, writeAuthValue, writeChallenges } from './challenge';
export type { AuthValue } from './challenge';
export { algorithmOf, digestHash, digestSteps, writeNonceCount } from './digest';
export type { DigestAlgorithm, DigestInput, DigestSteps, Qop } from './digest';
export { answerDigest, chooseDigestChallenge, readDigestChallenge } from './digest-client';
export type { DigestChallenge, DigestRequest } from './digest-client';
export {
  createDigestChallenge,
  parseAuthenticationInfo,
  serverResponse,
  verifyDigest,
  writeAuthenticationInfo,
} from './digest-server';
export type { AuthenticationInfo, DigestExpectation, DigestVerdict } from './digest-server';
export { HttpAuthError } from './errors';
export type { HttpAuthErrorCode } from './errors';
export { md5 } from './md5';
