import * as dns from '@/lib/protocols/dns';
import * as ip from '@/lib/protocols/ip';
import * as tcp from '@/lib/protocols/tcp';
import * as udp from '@/lib/protocols/udp';
import { content, type TracedRoom } from './decoder';

const ends4 = { source: '192.0.2.1', destination: '198.51.100.7' };
const ends6 = { source: '2001:db8::1', destination: '2001:db8:0:7::22' };

/** IP packets, fragments. */
export function ipCases(): TracedRoom {
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

/** Datagrams and segments; without addresses no checksum is summed. */
export function transportCases(): { udp: TracedRoom; tcp: TracedRoom } {
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

/** A query and answers. */
export function dnsCases(): TracedRoom {
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
