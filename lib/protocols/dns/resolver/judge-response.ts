import type { DnsMessage, DnsQuestion, DnsRecord } from '../message';
import { canonicalName, isWithin } from '../name';

/** What a response means to a resolver (RFC 1034 §5.3.3 step 4, RFC 2308 §2). */
export type Verdict =
  /** The records, or the alias chain as far as this server knows it; `next` is where it goes on. */
  | { kind: 'answer'; records: readonly DnsRecord[] }
  | { kind: 'alias'; records: readonly DnsRecord[]; next: string }
  | { kind: 'referral'; zone: string; servers: readonly string[]; glue: readonly DnsRecord[]; ttl: number }
  | { kind: 'nodata' | 'nxdomain'; records: readonly DnsRecord[]; name: string; soa: DnsRecord | undefined }
  | { kind: 'truncated' }
  /** Nothing that can be used: another server may know better. */
  | { kind: 'useless'; reason: 'server-failure' | 'refused' | 'lame' | 'alias-loop' };

/**
 * Judges the response of a server that was asked because it knows `zone`. Records of names outside that zone are not
 * believed: whoever runs example.org has nothing to say of example.com.
 */
export function judgeResponse(response: DnsMessage, question: DnsQuestion, zone: string): Verdict {
  if (response.tc) return { kind: 'truncated' };
  if (response.rcode !== 0 && response.rcode !== 3) {
    return { kind: 'useless', reason: response.rcode === 5 ? 'refused' : 'server-failure' };
  }
  const believed = response.answers.filter(({ name }) => isWithin(name, zone));
  const chain = followAliases(believed, question);
  if (!chain) return { kind: 'useless', reason: 'alias-loop' };
  if (chain.found.length > 0) return { kind: 'answer', records: [...chain.aliases, ...chain.found] };
  const leaves = chain.aliases.length > 0 && !isWithin(chain.name, zone);
  if (leaves) return { kind: 'alias', records: chain.aliases, next: chain.name };

  const soa = response.authorities.find(({ name, type }) => type === 'SOA' && isWithin(name, zone));
  if (response.rcode === 3) return { kind: 'nxdomain', records: chain.aliases, name: chain.name, soa };
  const referral = referralOf(response, chain.name, zone);
  // With an SOA it is no referral, whatever name servers stand beside it (RFC 2308 §2.2).
  if (referral && !soa && chain.aliases.length === 0 && !response.aa) return referral;
  if (chain.aliases.length > 0 && !soa) return { kind: 'alias', records: chain.aliases, next: chain.name };
  if (soa || response.aa || response.ra)
    return { kind: 'nodata', records: chain.aliases, name: chain.name, soa };
  return { kind: 'useless', reason: 'lame' };
}

/** From the question's name along CNAMEs to records of its type; `undefined`: round in a circle. */
function followAliases(
  records: readonly DnsRecord[],
  { name: asked, type, class: recordClass }: DnsQuestion,
): { name: string; aliases: DnsRecord[]; found: DnsRecord[] } | undefined {
  const aliases: DnsRecord[] = [];
  const seen = new Set<string>();
  for (let name = asked; ;) {
    if (seen.has(canonicalName(name))) return undefined;
    seen.add(canonicalName(name));
    const here = records.filter(
      (record) => canonicalName(record.name) === canonicalName(name) && record.class === recordClass,
    );
    const found = here.filter((record) => record.type === type || type === '*');
    const alias = here.find((record) => record.type === 'CNAME');
    if (found.length > 0 || !alias) return { name, aliases, found };
    aliases.push(alias);
    name = alias.data;
  }
}

/** Name servers of a zone below ours and above the name; one that leads up or sideways leads nowhere. */
function referralOf(
  { authorities, additionals }: DnsMessage,
  name: string,
  zone: string,
): Verdict | undefined {
  const isDeeper = (cut: string): boolean =>
    isWithin(name, cut) && isWithin(cut, zone) && canonicalName(cut) !== canonicalName(zone);
  const delegation = authorities.filter((record) => record.type === 'NS' && isDeeper(record.name));
  const cut = delegation[0]?.name;
  if (cut === undefined) return undefined;
  const servers = delegation.flatMap((record) => (record.type === 'NS' ? [record.data] : []));
  const isGlue = ({ name: owner, type }: DnsRecord): boolean =>
    (type === 'A' || type === 'AAAA') &&
    isWithin(owner, zone) &&
    servers.some((server) => canonicalName(server) === canonicalName(owner));
  const ttl = Math.min(...delegation.map((record) => record.ttl));
  return { kind: 'referral', zone: cut, servers, glue: additionals.filter(isGlue), ttl };
}
