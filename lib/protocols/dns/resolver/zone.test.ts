import { expect, test } from 'vitest';
import type { DnsMessage, DnsQuestion, DnsRecord, DnsZone } from '..';
import { answerFromZone, createMessage } from '..';
import { a, base, cname, ns, soa } from '../records.fixture';

const question = (name: string, type: DnsQuestion['type'] = 'A'): DnsQuestion => ({
  name,
  type,
  class: 'IN',
});

/** The root zone of RFC 1034 §6.1, as far as its queries ask; the alias stays in the zone. */
const ROOT_1034: DnsZone = {
  origin: '',
  records: [
    soa(''),
    ns('MIL', 'SRI-NIC.ARPA'),
    ns('MIL', 'A.ISI.EDU'),
    ns('EDU', 'SRI-NIC.ARPA'),
    a('A.ISI.EDU', '26.3.0.103'),
    a('SRI-NIC.ARPA', '26.0.0.73'),
    a('SRI-NIC.ARPA', '10.0.0.51'),
    { ...base, name: 'SRI-NIC.ARPA', type: 'MX', data: { preference: 0, exchange: 'SRI-NIC.ARPA' } },
    { ...base, name: 'SRI-NIC.ARPA', type: 'HINFO', data: { cpu: 'DEC-2060', os: 'TOPS20' } },
    cname('USC-ISIC.ARPA', 'ACC.ARPA'),
    a('ACC.ARPA', '26.6.0.65'),
  ],
};
const typesOf = (records: readonly DnsRecord[]): string => records.map(({ type }) => type).join(' ');
test.each([
  ['§6.2.1', 'SRI-NIC.ARPA', 'A', true, 0, 'A A', '', ''],
  ['§6.2.2', 'SRI-NIC.ARPA', '*', true, 0, 'A A MX HINFO', '', ''],
  ['§6.2.3', 'SRI-NIC.ARPA', 'MX', true, 0, 'MX', '', 'A A'],
  ['§6.2.4', 'SRI-NIC.ARPA', 'NS', true, 0, '', 'SOA', ''],
  ['§6.2.5', 'SIR-NIC.ARPA', 'A', true, 3, '', 'SOA', ''],
  ['§6.2.6', 'BRL.MIL', 'A', false, 0, '', 'NS NS', 'A A A'],
  ['§6.2.7', 'USC-ISIC.ARPA', 'A', true, 0, 'CNAME A', '', ''],
  ['§6.2.8', 'USC-ISIC.ARPA', 'CNAME', true, 0, 'CNAME', '', ''],
] as const)('RFC 1034 %s: %s %s', (_section, name, type, aa, rcode, answers, authorities, additionals) => {
  const response = answerFromZone(ROOT_1034, createMessage({ questions: [question(name, type)] }));
  const sections = [response.answers, response.authorities, response.additionals].map(typesOf);
  expect([response.aa, response.rcode, ...sections]).toEqual([aa, rcode, answers, authorities, additionals]);
});

test('RFC 2308 §3: the SOA of a "no" says how long that may be kept', () => {
  const zone = { origin: 'example.com', records: [{ ...soa('example.com', 60), ttl: 300 }] };
  const response = answerFromZone(zone, createMessage({ questions: [question('nope.example.com')] }));
  expect([response.rcode, response.authorities[0]?.ttl]).toEqual([3, 60]);
});

test('RFC 6891 §6.1.1, §6.1.3: who asks with EDNS is answered with it, or with BADVERS', () => {
  const zone = ROOT_1034;
  const ask = (version: number): DnsMessage => {
    const edns = { udpPayloadSize: 4096, version, dnssecOk: true, options: [] };
    return answerFromZone(zone, createMessage({ questions: [question('SRI-NIC.ARPA')], edns }));
  };
  expect(ask(0)).toMatchObject({ rcode: 0, edns: { version: 0, dnssecOk: true } });
  expect(ask(1)).toMatchObject({ rcode: 16, answers: [], edns: { version: 0 } });
  expect(answerFromZone(zone, createMessage({ questions: [question('SRI-NIC.ARPA')] })).edns).toBe(undefined);
});
