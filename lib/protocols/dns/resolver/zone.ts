import type { DnsMessage, DnsQuestion, DnsRecord } from '../message';
import { createMessage } from '../message';
import { canonicalName, isWithin, parentOf } from '../name';

/** All that one server is authoritative for: a name, and the records at and below it, with those of delegations and glue. */
export type DnsZone = { origin: string; records: readonly DnsRecord[] };

/** Aliases that are followed within one zone; more are a loop. */
const MAX_ALIASES = 8;

/**
 * What an authoritative server answers from its zone (RFC 1034 §4.3.2): the records, a referral to who knows (with glue), that
 * there are none of this type, or that there is no such name. Wildcards are left out.
 */
export function answerFromZone(zone: DnsZone, query: DnsMessage): DnsMessage {
  const head = { id: query.id, qr: true, opcode: query.opcode, rd: query.rd, questions: query.questions };
  const [question] = query.questions;
  if (query.opcode !== 0) return createMessage({ ...head, rcode: 4 });
  if (query.questions.length !== 1 || !question) return createMessage({ ...head, rcode: 1 });
  if (!isWithin(question.name, zone.origin)) return createMessage({ ...head, rcode: 5 });

  const answers: DnsRecord[] = [];
  let { name } = question;
  for (let aliases = 0; aliases <= MAX_ALIASES; aliases++) {
    const referral = delegationFor(zone, name);
    if (referral.length > 0) {
      const additionals = glueFor(zone, referral);
      return createMessage({ ...head, aa: answers.length > 0, answers, authorities: referral, additionals });
    }
    const here = recordsAt(zone, name);
    const found = here.filter((record) => matches(record, question));
    const alias = here.find((record) => record.type === 'CNAME');
    answers.push(...found);
    if (found.length > 0 || !alias) {
      const exists = here.length > 0 || zone.records.some((record) => isWithin(record.name, name));
      const authorities = found.length > 0 ? [] : zone.records.filter((record) => record.type === 'SOA');
      return createMessage({ ...head, aa: true, rcode: exists ? 0 : 3, answers, authorities });
    }
    answers.push(alias);
    name = alias.data;
    if (!isWithin(name, zone.origin)) break;
  }
  return createMessage({ ...head, aa: true, answers });
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

function glueFor(zone: DnsZone, referral: readonly DnsRecord[]): DnsRecord[] {
  return referral.flatMap((record) =>
    record.type === 'NS'
      ? recordsAt(zone, record.data).filter(({ type }) => type === 'A' || type === 'AAAA')
      : [],
  );
}
