/**
 * The rules that decisions rest on, each with the section that says so. Ids are permanent: labs and texts name them.
 */
export const CACHE_RULES = {
  'nothing-stored': 'RFC 9111 §4',
  'method-not-served': 'RFC 9111 §4',
  'url-differs': 'RFC 9111 §4',
  'vary-star': 'RFC 9111 §4.1',
  'vary-differs': 'RFC 9111 §4.1',
  'vary-matches': 'RFC 9111 §4.1',
  'lifetime-s-maxage': 'RFC 9111 §5.2.2.10',
  'lifetime-max-age': 'RFC 9111 §5.2.2.1',
  'lifetime-expires': 'RFC 9111 §5.3',
  'lifetime-heuristic': 'RFC 9111 §4.2.2',
  'lifetime-none': 'RFC 9111 §4.2.1',
  fresh: 'RFC 9111 §4.2',
  stale: 'RFC 9111 §4.2',
  'request-no-cache': 'RFC 9111 §5.2.1.4',
  'request-pragma-no-cache': 'RFC 9111 §5.4',
  'request-max-age': 'RFC 9111 §5.2.1.1',
  'request-min-fresh': 'RFC 9111 §5.2.1.3',
  'request-max-stale': 'RFC 9111 §5.2.1.2',
  'request-only-if-cached': 'RFC 9111 §5.2.1.7',
  'request-reload': 'RFC 8246 §2',
  immutable: 'RFC 8246 §2',
  'response-no-cache': 'RFC 9111 §5.2.2.4',
  'must-revalidate': 'RFC 9111 §5.2.2.2',
  'proxy-revalidate': 'RFC 9111 §5.2.2.8',
  's-maxage-revalidate': 'RFC 9111 §5.2.2.10',
  'stale-while-revalidate': 'RFC 5861 §3',
  'stale-if-error': 'RFC 5861 §4',
  'stale-when-disconnected': 'RFC 9111 §4.2.4',
  'stale-forbidden': 'RFC 9111 §4.2.4',
  'validate-etag': 'RFC 9111 §4.3.1',
  'validate-last-modified': 'RFC 9111 §4.3.1',
  'no-validator': 'RFC 9111 §4.3.1',
  'method-not-storable': 'RFC 9111 §3',
  'post-content-location': 'RFC 9110 §9.3.3',
  'status-not-final': 'RFC 9111 §3',
  'status-partial': 'RFC 9111 §3.3',
  'status-not-modified': 'RFC 9111 §4.3.4',
  'must-understand': 'RFC 9111 §5.2.2.3',
  'request-no-store': 'RFC 9111 §5.2.1.5',
  'response-no-store': 'RFC 9111 §5.2.2.5',
  'response-private': 'RFC 9111 §5.2.2.7',
  authorization: 'RFC 9111 §3.5',
  'store-explicit': 'RFC 9111 §3',
  'store-heuristic': 'RFC 9111 §3',
  'not-cacheable': 'RFC 9111 §3',
  'unsafe-method': 'RFC 9111 §4.4',
} as const;

/** The id of a rule. */
export type CacheRule = keyof typeof CACHE_RULES;

/** Why a decision fell as it did, as data: the rule, where it stands, and the values that it was applied to. */
export type Reason = {
  readonly rule: CacheRule;
  readonly section: string;
  readonly values: Readonly<Record<string, string | number>>;
};

const NO_VALUES: Reason['values'] = {};

/** One reason. */
export function reason(rule: CacheRule, values: Reason['values'] = NO_VALUES): Reason {
  return { rule, section: CACHE_RULES[rule], values };
}
