/** Cross-origin resource sharing: the checks of the Fetch standard, with reasons as data. */
export { checkPreflight, corsCheck, exposedHeaders, refusals } from './check';
export type { CorsResponse, CorsVerdict, PreflightGrant } from './check';
export { findPreflight, MAX_PREFLIGHT_SECONDS, rememberPreflight } from './preflight-cache';
export type { PreflightEntry } from './preflight-cache';
export { includesCredentials, originOf, planRequest, preflightRequest } from './request';
export type { CorsPlan, CorsRequest } from './request';
export { CORS_RULES, corsReason } from './rules';
export type { CorsReason, CorsRule } from './rules';
export {
  isExposedHeader,
  isForbiddenMethod,
  isForbiddenRequestHeader,
  isSafelistedHeader,
  normaliseMethod,
  SAFELISTED_METHODS,
  unsafeHeaderNames,
} from './safelist';
