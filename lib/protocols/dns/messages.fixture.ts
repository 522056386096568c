import fc from 'fast-check';
import type { DnsMessage, DnsRecord } from '.';
import { createMessage } from '.';

const uint = (bits: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** bits - 1 });
const octets = fc.uint8Array({ maxLength: 12 });
const label = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'www', 'example', 'com', 'org', 'xn--bcher-kva', '_sip') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('with\\.dot', 'sp\\032ace', '\\000', 'back\\\\slash', 'x'.repeat(63)),
  },
);
/** Names over few labels, so that they share their ends. */
export const name = fc.array(label, { maxLength: 3 }).map((labels) => labels.join('.'));
const ipv4 = fc.array(uint(8), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.'));
const ipv6 = fc.constantFrom('::', '2001:db8::1', 'fe80::1:2', '::ffff:192.0.2.1');
const text = fc.constantFrom('', 'v=spf1 -all', 'say \\\\"x"', '\\200\\255', 'x'.repeat(255));

const data: Record<string, fc.Arbitrary<unknown>> = {
  A: ipv4,
  AAAA: ipv6,
  NS: name,
  CNAME: name,
  PTR: name,
  DNAME: name,
  MX: fc.record({ preference: uint(16), exchange: name }),
  TXT: fc.array(text, { minLength: 1, maxLength: 3 }),
  SRV: fc.record({ priority: uint(16), weight: uint(16), port: uint(16), target: name }),
  MD: name,
  MB: name,
  HINFO: fc.record({ cpu: text, os: text }),
  MINFO: fc.record({ responsible: name, errors: name }),
  SOA: fc.record({
    mname: name,
    rname: name,
    serial: uint(32),
    refresh: uint(32),
    retry: uint(32),
    expire: uint(32),
    minimum: uint(32),
  }),
  CAA: fc.record({ flags: fc.constantFrom(0, 128), tag: fc.constantFrom('issue', 'iodef'), value: text }),
  TYPE731: octets,
  DS: octets,
};
const params = fc.record(
  {
    mandatory: fc.constantFrom([1], [1, 3]),
    alpn: fc.constantFrom(['h2'], ['h3', 'h2']),
    'no-default-alpn': fc.constant(true),
    port: uint(16),
    ipv4hint: fc.array(ipv4, { minLength: 1, maxLength: 2 }),
    ech: octets,
    ipv6hint: fc.array(ipv6, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
);
data.HTTPS = data.SVCB = fc.record({ priority: uint(16), target: name, params }).map((svcb) => ({
  ...svcb,
  params: [
    ...Object.entries(svcb.params).map(([key, value]) => ({ key, value })),
    { key: 65_280, value: Uint8Array.of(1) },
  ],
}));

/** Records of every type that the room reads, and of two that it does not. */
export const record: fc.Arbitrary<DnsRecord> = fc.oneof(
  ...Object.entries(data).map(([type, arbitrary]) =>
    fc
      .record({ name, class: fc.constantFrom('IN', 'CH', 'CLASS77'), ttl: uint(32), data: arbitrary })
      .map((fields) => ({ ...fields, type }) as DnsRecord),
  ),
);

export const message: fc.Arbitrary<DnsMessage> = fc
  .record({
    id: uint(16),
    qr: fc.boolean(),
    opcode: uint(4),
    aa: fc.boolean(),
    tc: fc.boolean(),
    rd: fc.boolean(),
    ra: fc.boolean(),
    ad: fc.boolean(),
    cd: fc.boolean(),
    rcode: uint(4),
    questions: fc.array(
      fc.record({
        name,
        type: fc.constantFrom('A', 'HTTPS', '*', 'TYPE999'),
        class: fc.constantFrom('IN', 'ANY'),
      }),
      { maxLength: 2 },
    ),
    answers: fc.array(record, { maxLength: 4 }),
    authorities: fc.array(record, { maxLength: 2 }),
    additionals: fc.array(record, { maxLength: 2 }),
    edns: fc.option(
      fc.record({
        udpPayloadSize: uint(16),
        version: uint(8),
        dnssecOk: fc.boolean(),
        options: fc.array(fc.record({ code: uint(16), data: octets }), { maxLength: 2 }),
      }),
      { nil: undefined },
    ),
  })
  .map(({ edns, ...fields }) => createMessage({ ...fields, ...(edns ? { edns } : {}) }));
