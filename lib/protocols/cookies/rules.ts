/**
 * Why a cookie was not stored or not sent, by permanent id, with the section of RFC 6265bis (draft 20) that says so.
 */
export const COOKIE_RULES = {
  'control-character': '§5.6',
  'too-long': '§5.6',
  'empty-name-and-value': '§5.7',
  'domain-not-ascii': '§5.7',
  'public-suffix': '§5.7',
  'domain-mismatch': '§5.7',
  'secure-from-insecure': '§5.7',
  'http-only-from-script': '§5.7',
  'covers-secure': '§5.7',
  'same-site-from-cross-site': '§5.7',
  'same-site-none-insecure': '§5.7',
  'prefix-secure': '§5.7',
  'prefix-host': '§5.7',
  'prefix-without-name': '§5.7',
  'covers-http-only': '§5.7',
  'other-domain': '§5.8.3',
  'other-path': '§5.8.3',
  'needs-secure': '§5.8.3',
  'hidden-from-script': '§5.8.3',
  'cross-site': '§5.8.3',
  expired: '§5.7',
  evicted: '§5.7',
} as const;

/** The id of a rule. */
export type CookieRule = keyof typeof COOKIE_RULES;

/** The section of a rule, as spans and reasons name it. */
export function cookieRuleRef(rule: CookieRule): string {
  return `RFC 6265bis ${COOKIE_RULES[rule]}`;
}
