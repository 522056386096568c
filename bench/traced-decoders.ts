import type { Span } from '@/lib/bytes';
import { fromHex } from '@/lib/bytes';
import { OFFER } from '@/lib/protocols/sdp/offers.fixture';
import { recordings } from '@/lib/labs/hpack/recordings';
import * as dns from '@/lib/protocols/dns';
import { HpackDecoder } from '@/lib/protocols/hpack';
import * as http1 from '@/lib/protocols/http1';
import * as http2 from '@/lib/protocols/http2';
import * as ip from '@/lib/protocols/ip';
import { QpackDecoder, QpackEncoder } from '@/lib/protocols/qpack';
import * as quic from '@/lib/protocols/quic';
import * as sctp from '@/lib/protocols/sctp';
import { parseSdp, readAllMedia } from '@/lib/protocols/sdp';
import { EventStreamParser, writeEvent } from '@/lib/protocols/sse';
import { parseDictionary, parseItem, parseList } from '@/lib/protocols/structured-fields';
import * as stun from '@/lib/protocols/stun';
import * as tcp from '@/lib/protocols/tcp';
import * as turn from '@/lib/protocols/turn';
import * as udp from '@/lib/protocols/udp';
import * as websocket from '@/lib/protocols/websocket';

/** Decodes one input, with a sink or without; what it answers is the same. */
export type TracedDecoder = (sink?: Span[]) => unknown;

/** Octets that look like content: text of a page, of which some repeats. */
const content = (octets: number) =>
  Uint8Array.from({ length: octets }, (_, i) => 0x20 + ((i * 31 + (i >>> 5)) % 95));
const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const chunksOf = (octets: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(octets.length / size) }, (_, i) =>
    octets.subarray(i * size, (i + 1) * size),
  );

const ends4 = { source: '192.0.2.1', destination: '198.51.100.7' };
const ends6 = { source: '2001:db8::1', destination: '2001:db8:0:7::22' };

function ipCases(): Record<string, TracedDecoder> {
  const ipv4 = ip.encodeIpv4(ip.createIpv4Packet({ ...ends4, protocol: 6, payload: content(1460) }));
  const ipv6 = ip.encodeIpv6(ip.createIpv6Packet({ ...ends6, protocol: 6, payload: content(1440) }));
  const whole = ip.createIpv6Packet({ ...ends6, protocol: 17, payload: content(2000) });
  const fragment = ip.encodeIpv6(ip.fragmentIpv6(whole, 1280, 7)[0]!);
  return {
    'IPv4, 1500 B': (sink) => ip.decodeIpv4(ipv4, sink),
    'IPv6, 1480 B': (sink) => ip.decodeIpv6(ipv6, sink),
    'IPv6 fragment, 1280 B': (sink) => ip.decodeIpv6(fragment, sink),
  };
}

function transportCases(): { udp: Record<string, TracedDecoder>; tcp: Record<string, TracedDecoder> } {
  const ports = { sourcePort: 51_000, destinationPort: 443 };
  const datagram = udp.encodeDatagram({ ...ports, payload: content(1200) }, ends4);
  const syn = tcp.encodeSegment(
    tcp.createSegment({
      ...ports,
      flags: tcp.flagsOf('syn'),
      options: [
        { kind: 'mss', octets: 1460 },
        { kind: 'sack-permitted' },
        { kind: 'timestamps', value: 3_000_000_000, echo: 0 },
        { kind: 'nop' },
        { kind: 'window-scale', shift: 7 },
      ],
    }),
    ends4,
  );
  const data = tcp.encodeSegment(
    tcp.createSegment({
      ...ports,
      flags: tcp.flagsOf('ack', 'psh'),
      options: [{ kind: 'nop' }, { kind: 'nop' }, { kind: 'timestamps', value: 7, echo: 3_000_000_000 }],
      payload: content(1448),
    }),
    ends4,
  );
  return {
    udp: {
      '1208 B': (sink) => udp.decodeDatagram(datagram, { addresses: ends4 }, sink),
      '1208 B, no addresses': (sink) => udp.decodeDatagram(datagram, {}, sink),
    },
    tcp: {
      SYN: (sink) => tcp.decodeSegment(syn, { addresses: ends4 }, sink),
      'SYN, no addresses': (sink) => tcp.decodeSegment(syn, {}, sink),
      '1448 B of data': (sink) => tcp.decodeSegment(data, { addresses: ends4 }, sink),
      '1448 B of data, no addresses': (sink) => tcp.decodeSegment(data, {}, sink),
    },
  };
}

function dnsCases(): Record<string, TracedDecoder> {
  const name = 'www.example.com';
  const record = { name: 'www.example.com.edge.example.net', class: 'IN', ttl: 300 } as const;
  const question = { name, type: 'A', class: 'IN' } as const;
  const edns = { udpPayloadSize: 1232, version: 0, dnssecOk: false, options: [] };
  const query = dns.encodeMessage(dns.createMessage({ id: 7, rd: true, questions: [question], edns }));
  const answer = dns.encodeMessage(
    dns.createMessage({
      ...{ id: 7, qr: true, rd: true, ra: true, questions: [question], edns },
      answers: [
        { name, class: 'IN', ttl: 300, type: 'CNAME', data: record.name },
        ...[1, 2, 3, 4].map((host) => ({ ...record, type: 'A' as const, data: `192.0.2.${host}` })),
      ],
    }),
  );
  const https = dns.encodeMessage(
    dns.createMessage({
      ...{ id: 7, qr: true, rd: true, ra: true, questions: [{ ...question, type: 'HTTPS' }], edns },
      answers: [
        {
          ...{ name, class: 'IN', ttl: 300, type: 'HTTPS' },
          data: {
            ...{ priority: 1, target: '' },
            params: [
              { key: 'alpn', value: ['h3', 'h2'] },
              { key: 'ipv4hint', value: ['192.0.2.1', '192.0.2.2'] },
              { key: 'ipv6hint', value: ['2001:db8::1'] },
            ],
          },
        },
      ],
      authorities: [{ name: 'example.com', class: 'IN', ttl: 900, type: 'NS', data: 'ns.example.com' }],
    }),
  );
  return {
    query: (sink) => dns.decodeMessage(query, sink),
    'answer of five records': (sink) => dns.decodeMessage(answer, sink),
    'HTTPS answer': (sink) => dns.decodeMessage(https, sink),
  };
}

async function stunCases(): Promise<Record<'stun' | 'turn', Record<string, TracedDecoder>>> {
  const transactionId = Uint8Array.from({ length: 12 }, (_, i) => i * 20);
  const key = stun.shortTermKey('VOkJxbRl1RmTxUk/WvJxBt');
  const signed = async (message: Parameters<typeof stun.encodeMessage>[0]) =>
    stun.addFingerprint(await stun.addIntegrity(stun.encodeMessage(message), key));
  const check = await signed({
    ...{ class: 'request', method: 'Binding', transactionId },
    attributes: [
      { name: 'USERNAME', value: 'evtj:h6vY' },
      { name: 'PRIORITY', value: 1_845_494_271 },
      { name: 'ICE-CONTROLLING', value: 0x932ff9b151263b36n },
      { name: 'USE-CANDIDATE', value: true },
    ],
  });
  const address = { address: '192.0.2.1', port: 32_853 };
  const answer = await signed({
    ...{ class: 'success', method: 'Binding', transactionId },
    attributes: [{ name: 'XOR-MAPPED-ADDRESS', value: address }],
  });
  const allocated = await signed({
    ...{ class: 'success', method: 'Allocate', transactionId },
    attributes: [
      { name: 'XOR-RELAYED-ADDRESS', value: address },
      { name: 'LIFETIME', value: 600 },
      { name: 'XOR-MAPPED-ADDRESS', value: { ...address, address: '2001:db8::7' } },
      { name: 'SOFTWARE', value: 'Roundtrip' },
    ],
  });
  const indication = stun.encodeMessage({
    ...{ class: 'indication', method: 'Data', transactionId },
    attributes: [
      { name: 'XOR-PEER-ADDRESS', value: address },
      { name: 'DATA', value: content(1000) },
    ],
  });
  const channelData = turn.encodeChannelData({ channel: 0x4001, data: content(1000) });
  return {
    stun: {
      'ICE check': (sink) => stun.decodeMessage(check, sink),
      'ICE answer': (sink) => stun.decodeMessage(answer, sink),
    },
    turn: {
      'answer to Allocate': (sink) => stun.decodeMessage(allocated, sink),
      'Data indication, 1000 B': (sink) => stun.decodeMessage(indication, sink),
      'ChannelData, 1000 B': (sink) => turn.decodeChannelData(channelData, 'udp', sink),
    },
  };
}

function sctpCases(): Record<string, TracedDecoder> {
  const packetOf = (...chunks: sctp.Chunk[]) =>
    sctp.encodePacket({ sourcePort: 5000, destinationPort: 5000, verificationTag: 0x1234_5678, chunks });
  const dataOf = (octets: number): sctp.DataChunk => ({
    ...{ kind: 'data', immediate: false, unordered: false, begin: true, end: true },
    ...{ tsn: 4_000_000_000, streamId: 1, streamSeq: 9, ppid: 51, userData: content(octets) },
  });
  const init = packetOf({
    ...{ kind: 'init', initiateTag: 7, aRwnd: 131_072, outStreams: 1024, inStreams: 2048, initialTsn: 1 },
    params: [
      { type: 0xc000, value: new Uint8Array(0) },
      { type: 0x8008, value: Uint8Array.of(130, 192) },
    ],
  });
  const sack = packetOf({
    ...{ kind: 'sack', cumulativeTsn: 3_999_999_990, aRwnd: 131_072, duplicateTsns: [] },
    gapBlocks: [{ start: 2, end: 4 }],
  });
  const [small, large] = [packetOf(dataOf(40)), packetOf(dataOf(1172))];
  const open = sctp.encodeDcep({ type: 'open', priority: 256, ordered: true, label: 'chat', protocol: '' });
  return {
    INIT: (sink) => sctp.decodePacket(init, sink),
    SACK: (sink) => sctp.decodePacket(sack, sink),
    'DATA, 40 B': (sink) => sctp.decodePacket(small, sink),
    'DATA, 1172 B': (sink) => sctp.decodePacket(large, sink),
    DATA_CHANNEL_OPEN: (sink) => sctp.decodeDcep(open, sink),
  };
}

const headers = [
  { name: 'Host', value: 'example.org' },
  { name: 'User-Agent', value: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' },
  { name: 'Accept', value: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
  { name: 'Accept-Language', value: 'en-GB,en;q=0.5' },
  { name: 'Cookie', value: 'id=31d4d96e407aad42; lang=en-GB' },
];

function http1Cases(): Record<string, TracedDecoder> {
  const request = http1.encodeRequest(
    { method: 'POST', target: '/a/b?c=d', version: '1.1', headers },
    content(500),
  );
  const fields = [
    { name: 'Date', value: 'Sat, 21 Nov 2026 15:00:00 GMT' },
    { name: 'Content-Type', value: 'text/html; charset=utf-8' },
    { name: 'Cache-Control', value: 'max-age=60' },
    { name: 'Transfer-Encoding', value: 'chunked' },
  ];
  const head = http1.encodeResponseHead({ version: '1.1', status: 200, reason: 'OK', headers: fields });
  const pieces = [0, 1, 2].map(() => http1.encodeChunk(content(1024)));
  const chunked = new Uint8Array(Buffer.concat([head, ...pieces, http1.encodeLastChunk()]));
  return {
    'request with 500 B': (sink) => http1.decodeRequests(request, {}, sink),
    'response, chunked': (sink) => http1.decodeResponses(chunked, ['GET'], false, {}, sink),
  };
}

function hpackCases(): Record<string, TracedDecoder> {
  const blocks = recordings.page.map((hex) => fromHex(hex));
  return {
    'requests of a page': (sink) => {
      const decoder = new HpackDecoder();
      return blocks.map((block) => decoder.decode(block, sink));
    },
  };
}

function http2Cases(): Record<string, TracedDecoder> {
  const block = fromHex(recordings.page[1]);
  const frames: http2.Http2Frame[] = [
    { type: 'SETTINGS', streamId: 0, ack: false, settings: [[1, 65_536] as const, [4, 6_291_456] as const] },
    { type: 'WINDOW_UPDATE', streamId: 0, increment: 15_663_105 },
    { type: 'HEADERS', streamId: 1, endStream: false, endHeaders: true, fragment: block },
    { type: 'DATA', streamId: 1, endStream: false, data: content(8192) },
    { type: 'DATA', streamId: 1, endStream: true, data: content(700) },
    { type: 'PING', streamId: 0, ack: false, opaqueData: content(8) },
  ];
  const requests = Array.from({ length: 200 }, (_, i): http2.Http2Frame => {
    return { type: 'HEADERS', streamId: 2 * i + 1, endStream: true, endHeaders: true, fragment: block };
  });
  const download = Array.from({ length: 20 }, (): http2.Http2Frame => {
    return { type: 'DATA', streamId: 1, endStream: false, data: content(16_384) };
  });
  const read = (sent: readonly http2.Http2Frame[]): TracedDecoder => {
    const octets = new Uint8Array(Buffer.concat(sent.map((frame) => http2.encodeFrame(frame))));
    return (sink) => new http2.Http2FrameReader().push(octets, sink);
  };
  return { 'six frames': read(frames), '200 HEADERS': read(requests), '20 DATA of 16 kB': read(download) };
}

function qpackCases(): Record<string, TracedDecoder> {
  const fields = headers.map(({ name, value }) => ({ name: name.toLowerCase(), value }));
  const { section } = new QpackEncoder().encodeFieldSection(0, fields);
  const settings = { maxTableCapacity: 4096, maxBlockedStreams: 16 };
  const dynamic = new QpackEncoder(settings).encodeFieldSection(0, fields);
  return {
    'static section': (sink) => new QpackDecoder().decodeFieldSection(0, section, sink),
    'encoder stream, and a section of its table': (sink) => {
      const decoder = new QpackDecoder(settings);
      decoder.pushEncoderStream(dynamic.encoderStream, sink);
      return decoder.decodeFieldSection(0, dynamic.section, sink);
    },
  };
}

async function quicCases(): Promise<Record<string, TracedDecoder>> {
  const payload = quic.encodeFrames([
    { type: 'ack', delay: 20n, ranges: [{ smallest: 90n, largest: 100n }] },
    { type: 'stream', streamId: 4n, offset: 70_000n, fin: false, data: content(900) },
    { type: 'max-data', maximum: 1_000_000n },
  ]);
  const parameters = quic.encodeTransportParameters({
    maxIdleTimeout: 30_000n,
    maxUdpPayloadSize: 1472n,
    initialMaxData: 15_728_640n,
    initialMaxStreamDataBidiLocal: 6_291_456n,
    initialMaxStreamDataBidiRemote: 6_291_456n,
    initialMaxStreamDataUni: 6_291_456n,
    initialMaxStreamsBidi: 100n,
    initialMaxStreamsUni: 103n,
    initialSourceConnectionId: content(8),
  });
  const [dcid, scid] = [content(8), content(5)];
  const keys = await quic.packetKeys((await quic.initialSecrets(dcid)).client);
  const initial = await quic.protectPacket(
    { type: 'initial', dcid, scid, packetNumber: 0, packetNumberLength: 4 },
    content(1160),
    keys,
  );
  const header = quic.decodeHeader(initial);
  if (header.type !== 'initial') throw new Error('an Initial packet was written');
  return {
    frames: (sink) => quic.decodeFrames(payload, '1-rtt', sink),
    'transport parameters': (sink) => quic.decodeTransportParameters(parameters, 'client', sink),
    'Initial header': (sink) => quic.decodeHeader(initial, {}, sink),
    'Initial packet, opened': (sink) => quic.unprotectPacket(initial, 0, header, keys, undefined, sink),
  };
}

function eventStreamCases(): Record<string, TracedDecoder> {
  const read = (text: string): TracedDecoder => {
    const chunks = chunksOf(octetsOf(text), 4096);
    return (sink) => {
      const parser = new EventStreamParser();
      return chunks.map((chunk) => parser.push(chunk, sink));
    };
  };
  const events = (count: number, eventOf: (n: number) => Parameters<typeof writeEvent>[0]): string =>
    Array.from({ length: count }, (_, n) => writeEvent(eventOf(n))).join('');
  const tick = (n: number, note: string) => ({
    ...{ type: 'tick', lastEventId: String(n) },
    data: JSON.stringify({ price: 100 + (n % 17), at: 1_700_000_000 + n, note }),
  });
  return {
    'the smallest events': read(events(50, (n) => ({ data: String(n % 10) }))),
    'small data': read(events(50, (n) => ({ data: `{"token":"word ${n}"}` }))),
    'small events with type and id': read(events(50, (n) => tick(n, 'steady'))),
    'the same, Chinese': read(events(50, (n) => tick(n, '平稳'))),
    'events of 16 kB': read(events(4, () => ({ data: 'x'.repeat(16_384) }))),
  };
}

function webSocketCases(): Record<string, TracedDecoder> {
  const cases: Record<string, TracedDecoder> = {};
  const mask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
  for (const [size, count] of [
    [125, 100],
    [16_384, 10],
    [1_048_576, 1],
  ] as const) {
    const frame = websocket.encodeFrame({ fin: true, opcode: 2, mask, payload: content(size) });
    const chunks = chunksOf(
      new Uint8Array(Buffer.concat(Array.from({ length: count }, () => frame))),
      65_536,
    );
    cases[`frames of ${size} B`] = (sink) => {
      const reader = new websocket.FrameReader({ role: 'server' });
      return chunks.map((chunk) => reader.push(chunk, sink));
    };
    cases[`messages of ${size} B`] = (sink) => {
      const reader = new websocket.MessageReader({ role: 'server' });
      return chunks.map((chunk) => reader.push(chunk, sink));
    };
  }
  return cases;
}

function structuredFieldCases(): Record<string, TracedDecoder> {
  const dictionary = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, a, b;q=0.5, c=(1 2 "three");x';
  const list = '"Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"';
  return {
    item: (sink) => parseItem('"HIT";ttl=376;detail=memory', sink),
    list: (sink) => parseList(list, sink),
    dictionary: (sink) => parseDictionary(dictionary, sink),
  };
}

/**
 * Every decoder that takes a trace sink, by room, each with inputs as they are on real wires. Rooms that decode and are
 * not here take none: nat and ice use stun's, and the rest (cookies, mime, cors, http-cache, http-auth, the handshake of
 * websocket) read field values, whose lines http1 traces.
 */
export async function tracedDecoders(): Promise<Record<string, Record<string, TracedDecoder>>> {
  return {
    ip: ipCases(),
    ...transportCases(),
    dns: dnsCases(),
    ...(await stunCases()),
    sctp: sctpCases(),
    http1: http1Cases(),
    hpack: hpackCases(),
    http2: http2Cases(),
    qpack: qpackCases(),
    quic: await quicCases(),
    'structured-fields': structuredFieldCases(),
    sse: eventStreamCases(),
    websocket: webSocketCases(),
    sdp: {
      'offer of three sections, to lines': (sink) => parseSdp(OFFER, sink),
      'offer of three sections, to fields': (sink) => readAllMedia(parseSdp(OFFER, sink)),
    },
  };
}
