import { combinedField, type HeaderField } from './fields';
import { parseParameters, splitList } from './tokens';

/** A member of an Accept field: what is accepted and how much (RFC 9110 §12.4.2: 0 not at all, to 1). */
export type Preference = {
  /** In lower case: `text/html`, `text/*`, `gzip`, `en-gb`, `*`. */
  readonly range: string;
  readonly q: number;
  /** Media type parameters before q (RFC 9110 §12.5.1). */
  readonly parameters: ReadonlyMap<string, string>;
};

// weight = OWS ";" OWS "q=" qvalue, at most three decimals
const QVALUE = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/** Members of Accept, Accept-Encoding or Accept-Language; one whose weight is none is left out. */
export function parsePreferences(value: string): Preference[] {
  const preferences: Preference[] = [];
  for (const member of splitList(value)) {
    const [range = '', ...rest] = splitList(member, ';');
    const parameters = parseParameters(rest);
    const weight = parameters.get('q') ?? '1';
    if (!QVALUE.test(weight)) continue;
    const before = rest.findIndex((part) => /^q=/i.test(part));
    const own = parseParameters(before < 0 ? rest : rest.slice(0, before));
    preferences.push({ range: range.toLowerCase(), q: Number(weight), parameters: own });
  }
  return preferences;
}

/** What is offered, how much it is wanted, and the member that said so; in order of want. */
export type Ranked = { readonly offer: string; readonly q: number; readonly by: string | undefined };

/**
 * Media types by Accept (RFC 9110 §12.5.1): the most specific range decides: with parameters, then type/subtype, then
 * type/*, then everything. Offers that are not accepted are left out; equal ones keep the server's order.
 */
export function rankMediaTypes(accept: string | undefined, offers: readonly string[]): Ranked[] {
  const preferences = accept === undefined ? undefined : parsePreferences(accept);
  return rank(offers, preferences, (offer, { range, parameters }) => {
    const [type = '', ...rest] = splitList(offer.toLowerCase(), ';');
    if (range === '*/*' || range === '*') return 1;
    if (range.endsWith('/*')) return type.startsWith(range.slice(0, -1)) ? 2 : 0;
    if (range !== type) return 0;
    const own = parseParameters(rest);
    for (const [name, value] of parameters)
      if (own.get(name)?.toLowerCase() !== value.toLowerCase()) return 0;
    return 3 + parameters.size;
  });
}

/**
 * Content codings by Accept-Encoding (RFC 9110 §12.5.3): `identity` is acceptable unless `identity;q=0` or `*;q=0`
 * says otherwise; an empty field accepts nothing else.
 */
export function rankEncodings(accept: string | undefined, offers: readonly string[]): Ranked[] {
  const preferences = accept === undefined ? undefined : parsePreferences(accept);
  const ranked = rank(offers, preferences, (offer, { range }) => {
    const coding = offer.toLowerCase().replace(/^x-(?=gzip$|compress$)/, '');
    if (range.replace(/^x-(?=gzip$|compress$)/, '') === coding) return 2;
    return range === '*' ? 1 : 0;
  });
  const isNamed = preferences?.some(({ range }) => range === 'identity' || range === '*') ?? true;
  if (isNamed || !offers.includes('identity')) return ranked;
  return [...ranked, { offer: 'identity', q: 0, by: undefined }];
}

/** Languages by Accept-Language with basic filtering (RFC 4647 §3.3.1): the longest range that fits decides. */
export function rankLanguages(accept: string | undefined, offers: readonly string[]): Ranked[] {
  const preferences = accept === undefined ? undefined : parsePreferences(accept);
  return rank(offers, preferences, (offer, { range }) => {
    const language = offer.toLowerCase();
    if (range === '*') return 1;
    return language === range || language.startsWith(`${range}-`) ? 1 + range.length : 0;
  });
}

/** Sorted by q; `specificity` 0 means that a range does not fit. */
function rank(
  offers: readonly string[],
  preferences: readonly Preference[] | undefined,
  specificity: (offer: string, preference: Preference) => number,
): Ranked[] {
  if (!preferences) return offers.map((offer) => ({ offer, q: 1, by: undefined }));
  return offers
    .map((offer) => {
      let best: { q: number; by: string | undefined; at: number } = { q: 0, by: undefined, at: 0 };
      for (const preference of preferences) {
        const at = specificity(offer, preference);
        if (at > best.at) best = { q: preference.q, by: preference.range, at };
      }
      return { offer, q: best.q, by: best.by };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q);
}

/** The preferences in a request's field, lines combined. */
export function preferencesIn(headers: readonly HeaderField[], lowerCaseName: string): Preference[] {
  return parsePreferences(combinedField(headers, lowerCaseName) ?? '');
}
