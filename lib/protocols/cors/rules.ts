/** What the checks rest on, by permanent id, with the section of the Fetch standard. */
export const CORS_RULES = {
  'same-origin': 'Fetch §4.1',
  'mode-same-origin': 'Fetch §4.1',
  'mode-no-cors': 'Fetch §4.1',
  'scheme-data': 'Fetch §4.1',
  'url-has-credentials': 'Fetch §5.4',
  'method-safelisted': 'Fetch §2.2.1',
  'method-not-safelisted': 'Fetch §2.2.1',
  'method-forbidden': 'Fetch §2.2.1',
  'header-not-safelisted': 'Fetch §2.2.2',
  'headers-too-long': 'Fetch §2.2.2',
  'use-cors-preflight': 'Fetch §4.1',
  'preflight-cached': 'Fetch §4.9',
  'origin-missing': 'Fetch §4.10',
  'origin-several': 'Fetch §4.10',
  'origin-wildcard-with-credentials': 'Fetch §4.10',
  'origin-differs': 'Fetch §4.10',
  'origin-allowed': 'Fetch §4.10',
  'credentials-not-allowed': 'Fetch §4.10',
  'preflight-status': 'Fetch §4.8',
  'preflight-list-malformed': 'Fetch §4.8',
  'method-not-allowed': 'Fetch §4.8',
  'header-not-allowed': 'Fetch §4.8',
  'authorization-not-named': 'Fetch §4.8',
  'preflight-passed': 'Fetch §4.8',
} as const;

/** The id of a rule. */
export type CorsRule = keyof typeof CORS_RULES;

/** Why, as data: the rule, where it stands, and what it was applied to. */
export type CorsReason = {
  readonly rule: CorsRule;
  readonly section: string;
  readonly values: Readonly<Record<string, string | number>>;
};

/** One reason. */
export function corsReason(rule: CorsRule, values: CorsReason['values'] = {}): CorsReason {
  return { rule, section: CORS_RULES[rule], values };
}
