import { expect, test } from 'vitest';
import { createRandom } from '@/lib/sim';
import type { DnsMessage, DnsQuestion, DnsZone, ResolverOptions, ResolverOutput } from '.';
import { answerFromZone, createMessage, decodeMessage, DnsCache, encodeMessage, Resolution } from '.';
import { a, cname, ns, soa } from './records.fixture';

/** An Internet of five servers, by address. */
const SERVERS: Record<string, DnsZone> = {
  '198.51.100.1': {
    origin: '',
    records: [
      ns('com', 'ns.com'),
      a('ns.com', '198.51.100.2'),
      ns('org', 'ns.org'),
      a('ns.org', '198.51.100.3'),
    ],
  },
  '198.51.100.2': {
    origin: 'com',
    // example.com has glue; glueless.com is served from another tree.
    records: [
      soa('com'),
      ns('example.com', 'ns.example.com'),
      a('ns.example.com', '198.51.100.4'),
      ns('glueless.com', 'ns.example.org'),
    ],
  },
  '198.51.100.3': {
    origin: 'org',
    records: [soa('org'), ns('example.org', 'ns.example.org'), a('ns.example.org', '198.51.100.5')],
  },
  '198.51.100.4': {
    origin: 'example.com',
    records: [
      soa('example.com'),
      a('www.example.com', '192.0.2.1'),
      a('www.example.com', '192.0.2.2'),
      cname('alias.example.com', 'www.example.com'),
      cname('away.example.com', 'www.example.org'),
      cname('loop.example.com', 'loop2.example.com'),
      cname('loop2.example.com', 'loop.example.com'),
      a('deep.empty.example.com', '192.0.2.9'),
    ],
  },
  '198.51.100.5': {
    origin: 'example.org',
    records: [soa('example.org'), a('ns.example.org', '198.51.100.5'), a('www.example.org', '192.0.2.7')],
  },
};
SERVERS['198.51.100.6'] = {
  origin: 'glueless.com',
  records: [soa('glueless.com'), a('www.glueless.com', '192.0.2.8')],
};

type Run = { output: ResolverOutput; asked: string[] };
type Tamper = (response: DnsMessage, server: string, transport: string) => DnsMessage | undefined;

const root = { zone: '', name: 'root', address: '198.51.100.1' };
const question = (name: string, type: DnsQuestion['type'] = 'A'): DnsQuestion => ({
  name,
  type,
  class: 'IN',
});
const optionsWith = (cache = new DnsCache(), more: Partial<ResolverOptions> = {}): ResolverOptions => ({
  cache,
  random: createRandom(1034),
  servers: [root],
  ...more,
});

function resolve(asked: DnsQuestion, options = optionsWith(), nowMs = 0, tamper: Tamper = (it) => it): Run {
  const resolution = new Resolution(asked, options);
  const queries: string[] = [];
  let output = resolution.start(nowMs);
  while (output.type === 'query') {
    const { server, message, transport } = output;
    queries.push(`${server.address} ${message.questions[0]?.name}${transport === 'tcp' ? ' tcp' : ''}`);
    const query = decodeMessage(encodeMessage(message));
    const zones =
      server.address === '198.51.100.5'
        ? [SERVERS['198.51.100.5']!, SERVERS['198.51.100.6']!]
        : [SERVERS[server.address]!];
    const zone = zones.find(({ origin }) => query.questions[0]!.name.endsWith(origin)) ?? zones[0]!;
    const response = tamper(answerFromZone(zone, query), server.address, transport);
    output = response
      ? (resolution.receive(decodeMessage(encodeMessage(response)), server.address, nowMs) ??
        resolution.timeout(nowMs))
      : resolution.timeout(nowMs);
  }
  return { output, asked: queries };
}
const addressesOf = ({ output }: Run): string[] =>
  output.type === 'answer'
    ? output.records.flatMap((each) => (each.type === 'A' ? [each.data] : []))
    : [output.type];

test('RFC 1034 §5.3.3: from the root down, by referrals with glue', () => {
  const run = resolve(question('www.example.com'));
  expect(addressesOf(run)).toEqual(['192.0.2.1', '192.0.2.2']);
  expect(run.asked).toEqual([
    '198.51.100.1 www.example.com',
    '198.51.100.2 www.example.com',
    '198.51.100.4 www.example.com',
  ]);
});

test('a second question begins where the first led, and the same question asks nobody', () => {
  const options = optionsWith();
  resolve(question('www.example.com'), options);
  expect(resolve(question('deep.empty.example.com'), options, 1000).asked).toEqual([
    '198.51.100.4 deep.empty.example.com',
  ]);
  const again = resolve(question('WWW.example.com'), options, 100_000);
  expect([again.asked, again.output]).toMatchObject([
    [],
    { type: 'answer', fromCache: true, records: [{ ttl: 200 }, { ttl: 200 }] },
  ]);
  expect(resolve(question('www.example.com'), options, 300_000).asked.length).toBe(3);
});

test('a name server without glue has to be found first', () => {
  const run = resolve(question('www.glueless.com'));
  expect(addressesOf(run)).toEqual(['192.0.2.8']);
  expect(run.asked.map((each) => each.split(' ')[1])).toEqual([
    ...['www.glueless.com', 'www.glueless.com'],
    ...['ns.example.org', 'ns.example.org', 'ns.example.org', 'www.glueless.com'],
  ]);
});

test('RFC 1034 §3.6.2: aliases are followed, within a zone and out of it', () => {
  expect(resolve(question('alias.example.com')).output).toMatchObject({
    records: [{ type: 'CNAME' }, { type: 'A' }, { type: 'A' }],
  });
  const away = resolve(question('away.example.com'));
  expect([addressesOf(away), away.asked.length]).toEqual([['192.0.2.7'], 6]);
  const options = optionsWith();
  resolve(question('away.example.com'), options);
  expect(resolve(question('away.example.com'), options, 1000)).toMatchObject({
    asked: [],
    output: { records: [{ type: 'CNAME' }, { type: 'A' }] },
  });
});

test('aliases in a circle end', () => {
  expect(resolve(question('loop.example.com')).output).toEqual({
    type: 'failure',
    reason: 'no-server-answers',
  });
});

test('RFC 2308 §2, §5: "no such name" and "no such record" are different, and both are kept', () => {
  const options = optionsWith();
  const none = resolve(question('nowhere.example.com'), options);
  expect(none.output).toMatchObject({ type: 'answer', rcode: 3, records: [], fromCache: false });
  // For every type: the name is not there.
  expect(resolve(question('nowhere.example.com', 'AAAA'), options, 59_000)).toMatchObject({
    asked: [],
    output: { rcode: 3, fromCache: true },
  });
  expect(resolve(question('nowhere.example.com'), options, 60_000).asked.length).toBe(1);
  const nodata = resolve(question('www.example.com', 'AAAA'), options);
  expect(nodata.output).toMatchObject({ type: 'answer', rcode: 0, records: [] });
  expect(resolve(question('www.example.com', 'AAAA'), options, 1000).asked).toEqual([]);
  expect(resolve(question('www.example.com', 'A'), options, 1000).asked.length).toBe(1);
  // A name that only has names below it exists (RFC 8020 §2, RFC 4592 §2.2.2).
  expect(resolve(question('empty.example.com'), options).output).toMatchObject({ rcode: 0, records: [] });
});

test('RFC 2308 §2.2: "no such record" with name servers beside the SOA is not a referral', () => {
  for (const recursive of [true, false]) {
    const run = resolve(
      question('www.example.com', 'AAAA'),
      optionsWith(undefined, { recursive }),
      0,
      (it) => ({
        ...it,
        aa: false,
        ra: recursive,
        answers: [],
        authorities: [soa('example.com'), ns('example.com', 'ns.example.com')],
        additionals: [],
      }),
    );
    expect(run.output).toMatchObject({ type: 'answer', rcode: 0, records: [] });
    expect(run.asked.length).toBe(1);
  }
});

test('RFC 2308 §5: without an SOA a "no" is not kept; nor is a TTL of 0', () => {
  const options = optionsWith();
  const strip: Tamper = (response) => ({
    ...response,
    authorities: response.authorities.filter(({ type }) => type !== 'SOA'),
  });
  expect(resolve(question('nowhere.example.com'), options, 0, strip).output).toMatchObject({ rcode: 3 });
  expect(resolve(question('nowhere.example.com'), options).asked.length).toBe(1);
  const cache = new DnsCache();
  cache.store(
    [
      { ...a('x', '192.0.2.1'), ttl: 0 },
      { ...a('y', '192.0.2.1'), ttl: 0x80000000 },
    ],
    0,
  );
  expect(cache.size).toBe(0);
});

test('RFC 7766 §5: what was cut is asked for again over TCP', () => {
  const cut: Tamper = (response, server, transport) =>
    server === '198.51.100.4' && transport === 'udp' ? { ...response, tc: true, answers: [] } : response;
  const run = resolve(question('www.example.com'), optionsWith(), 0, cut);
  expect([addressesOf(run), run.asked.at(-1)]).toEqual([
    ['192.0.2.1', '192.0.2.2'],
    '198.51.100.4 www.example.com tcp',
  ]);
});

test('who says nothing, refuses or fails is passed over', () => {
  const second = { zone: '', name: 'root2', address: '198.51.100.1' };
  for (const tamper of [
    () => undefined,
    (response: DnsMessage) => ({ ...response, rcode: 5 }),
    (response: DnsMessage) => ({ ...response, rcode: 2 }),
  ]) {
    let times = 0;
    const once: Tamper = (response) => (times++ === 0 ? tamper(response) : response);
    expect(
      addressesOf(
        resolve(question('www.example.com'), optionsWith(undefined, { servers: [root, second] }), 0, once),
      ),
    ).toEqual(['192.0.2.1', '192.0.2.2']);
  }
  expect(resolve(question('www.example.com'), optionsWith(), 0, () => undefined).output).toEqual({
    type: 'failure',
    reason: 'no-server-answers',
  });
});

test('RFC 5452 §9.1: another id, question or sender is not the answer', () => {
  const resolution = new Resolution(question('www.example.com'), optionsWith());
  const output = resolution.start(0);
  if (output.type !== 'query') throw new Error(output.type);
  const good = answerFromZone(SERVERS['198.51.100.1']!, output.message);
  const from = output.server.address;
  expect(resolution.receive({ ...good, id: good.id ^ 1 }, from, 0)).toBe(undefined);
  expect(resolution.receive({ ...good, questions: [question('other.example.com')] }, from, 0)).toBe(
    undefined,
  );
  expect(resolution.receive(good, '198.51.100.99', 0)).toBe(undefined);
  expect(resolution.receive(output.message, from, 0)).toBe(undefined);
  expect(resolution.receive(good, from, 0)?.type).toBe('query');
});

test('nobody is believed about names outside the zone (cache poisoning)', () => {
  const options = optionsWith();
  const lie: Tamper = (response, server) =>
    server === '198.51.100.4'
      ? {
          ...response,
          answers: [...response.answers, a('www.example.org', '203.0.113.66')],
          additionals: [a('ns.org', '203.0.113.66')],
        }
      : response;
  resolve(question('www.example.com'), options, 0, lie);
  expect(addressesOf(resolve(question('www.example.org'), options))).toEqual(['192.0.2.7']);
});

test('a server that refers in circles does not keep a resolver busy', () => {
  const circle: Tamper = (response) => ({
    ...response,
    aa: false,
    answers: [],
    authorities: [ns('com', 'ns.com')],
    additionals: [],
  });
  const run = resolve(question('www.example.com'), optionsWith(), 0, circle);
  expect(run.output.type).toBe('failure');
  expect(run.asked.length).toBeLessThanOrEqual(64);
});

test('a host asks a resolver, which answers the whole of it', () => {
  const server = { zone: '', name: 'resolver', address: '192.0.2.53' };
  const resolution = new Resolution(
    question('alias.example.com'),
    optionsWith(undefined, { servers: [server], recursive: true }),
  );
  const output = resolution.start(0);
  if (output.type !== 'query') throw new Error(output.type);
  expect(output.message.rd).toBe(true);
  const answers = [cname('alias.example.com', 'www.example.com'), a('www.example.com', '192.0.2.1')];
  const response = createMessage({ ...output.message, qr: true, ra: true, answers });
  expect(resolution.receive(response, '192.0.2.53', 0)).toMatchObject({
    type: 'answer',
    rcode: 0,
    records: answers,
  });
});

test('a full cache forgets what was not used for the longest time', () => {
  const cache = new DnsCache(2);
  cache.store([a('one', '192.0.2.1'), a('two', '192.0.2.2')], 0);
  cache.find(question('one'), 1000);
  cache.store([a('three', '192.0.2.3')], 1000);
  expect(['one', 'two', 'three'].map((name) => cache.find(question(name), 2000)?.kind)).toEqual([
    'records',
    undefined,
    'records',
  ]);
});
