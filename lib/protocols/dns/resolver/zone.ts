import type { DnsMessage, DnsQuestion, DnsRecord, Edns } from '../message';
import { createMessage, SAFE_UDP_OCTETS } from '../message';
import { canonicalName, isWithin, parentOf } from '../name';

/** All that one server is authoritative for: a name, and the records at and below it, with those of delegations and glue. */
export type DnsZone = { origin: string; records: readonly DnsRecord[] };

/** Aliases that are followed within one zone; more are a loop. */
const MAX_ALIASES = 8;

/**
 * What an authoritative server answers from its zone (RFC 1034 §4.3.2): the records (with addresses for what they name), a referral to who knows (with glue), that
 * there are none of this type, or that there is no such name. Wildcards are left out. Who asks with EDNS is answered with it
 * (RFC 6891 §6.1.1), with BADVERS in a version that does not exist yet (§6.1.3).
 */
export function answerFromZone(zone: DnsZone, query: DnsMessage): DnsMessage {
  const { id, opcode, rd, questions } = query;
  const head = { id, qr: true, opcode, rd, questions, ...(query.edns ? { edns: ednsOf(query.edns) } : {}) };
  const [question] = questions;
  if (query.edns && query.edns.version > 0) return createMessage({ ...head, rcode: 16 });
  if (opcode !== 0) return createMessage({ ...head, rcode: 4 });
  if (questions.length !== 1 || !question) return createMessage({ ...head, rcode: 1 });
  if (!isWithin(question.name, zone.origin)) return createMessage({ ...head, rcode: 5 });

  const answers: DnsRecord[] = [];
  let { name } = question;
  for (let aliases = 0; aliases <= MAX_ALIASES; aliases++) {
    const referral = delegationFor(zone, name);
    if (referral.length > 0) {
      const additionals = addressesFor(zone, referral);
      return createMessage({ ...head, aa: answers.length > 0, answers, authorities: referral, additionals });
    }
    const here = recordsAt(zone, name);
    const found = here.filter((record) => matches(record, question));
    const alias = here.find((record) => record.type === 'CNAME');
    answers.push(...found);
    if (found.length > 0 || !alias) {
      const exists = here.length > 0 || zone.records.some((record) => isWithin(record.name, name));
      const authorities = found.length > 0 ? [] : negativeSoa(zone);
      const additionals = addressesFor(zone, found).filter((record) => !found.includes(record));
      return createMessage({ ...head, aa: true, rcode: exists ? 0 : 3, answers, authorities, additionals });
    }
    answers.push(alias);
    name = alias.data;
    if (!isWithin(name, zone.origin)) break;
  }
  return createMessage({ ...head, aa: true, answers });
}

/** What the answer says of this server; DO comes back as it was (RFC 3225 §3). */
function ednsOf({ dnssecOk }: Edns): Edns {
  return { udpPayloadSize: SAFE_UDP_OCTETS, version: 0, dnssecOk, options: [] };
}

/** The SOA that goes with a "no": its TTL says how long that may be kept (RFC 2308 §3). */
function negativeSoa({ records }: DnsZone): DnsRecord[] {
  return records.flatMap((record) =>
    record.type === 'SOA' ? [{ ...record, ttl: Math.min(record.ttl, record.data.minimum) }] : [],
  );
}

function recordsAt(zone: DnsZone, name: string): DnsRecord[] {
  return zone.records.filter((record) => canonicalName(record.name) === canonicalName(name));
}

function matches(record: DnsRecord, { type, class: recordClass }: DnsQuestion): boolean {
  return (record.type === type || type === '*') && record.class === recordClass;
}

/** The NS records of the highest cut between the zone's origin and the name. */
function delegationFor(zone: DnsZone, name: string): DnsRecord[] {
  let cut: DnsRecord[] = [];
  for (let at: string | undefined = name; at !== undefined && isWithin(at, zone.origin); at = parentOf(at)) {
    if (canonicalName(at) === canonicalName(zone.origin)) break;
    const servers = recordsAt(zone, at).filter((record) => record.type === 'NS');
    if (servers.length > 0) cut = servers;
  }
  return cut;
}

/** Addresses that whoever gets these records needs next, as far as the zone has them (RFC 1034 §4.3.2 step 6): glue. */
function addressesFor(zone: DnsZone, records: readonly DnsRecord[]): DnsRecord[] {
  const names = new Set(records.flatMap((record) => targetOf(record) ?? []).map(canonicalName));
  return [...names].flatMap((name) =>
    recordsAt(zone, name).filter(({ type }) => type === 'A' || type === 'AAAA'),
  );
}

function targetOf(record: DnsRecord): string | undefined {
  if (record.type === 'NS') return record.data;
  if (record.type === 'MX') return record.data.exchange;
  return record.type === 'SRV' ? record.data.target : undefined;
}
