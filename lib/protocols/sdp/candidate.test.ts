import { expect, test } from 'vitest';
import { parseCandidate, SdpError, tcpTypeOf, writeCandidate } from '.';

test('RFC 8839 §5.1: a server-reflexive candidate', () => {
  const text = 'candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998';
  const candidate = parseCandidate(text);
  expect(candidate).toEqual({
    foundation: '2',
    component: 1,
    transport: 'UDP',
    priority: 1_694_498_815,
    address: '192.0.2.3',
    port: 45_664,
    type: 'srflx',
    relatedAddress: '203.0.113.141',
    relatedPort: 8998,
    extensions: [],
  });
  expect(writeCandidate(candidate)).toBe(text);
});

test.each([
  // What Chromium and Firefox write: names for addresses, TCP, and extensions of their own.
  'candidate:985394326 1 udp 2122194687 192.0.2.2 51778 typ host generation 0 ufrag kdn9 network-id 1 network-cost 50',
  'candidate:0 1 UDP 2122187007 2497c067-1012-431e-963d-083f8d49ca83.local 55967 typ host',
  'candidate:259520994 1 tcp 1518285567 fd00::2 9 typ host tcptype active generation 0',
  'candidate:842163049 1 udp 1677729535 2001:db8::1 0 typ relay raddr 0.0.0.0 rport 0 generation 0',
  'candidate:1 1 udp 1 a 1 typ host rport 5',
])('%s comes back as it was', (text) => {
  expect(writeCandidate(parseCandidate(text))).toBe(text);
  expect(parseCandidate(`a=${text}\r\n`)).toEqual(parseCandidate(text));
});

test('RFC 6544 §4.5: the type of a TCP candidate', () => {
  expect(tcpTypeOf(parseCandidate('candidate:1 1 TCP 2128609279 10.0.1.1 9 typ host tcptype active'))).toBe(
    'active',
  );
});

test.each([
  ['not a candidate', 'cand:1', 0],
  ['no foundation', 'candidate: 1 udp 1 a 1 typ host', 10],
  ['a foundation of 33 letters', `candidate:${'x'.repeat(33)} 1 udp 1 a 1 typ host`, 10],
  ['a component of 0', 'candidate:1 0 udp 1 a 1 typ host', 12],
  ['a component that is no number', 'candidate:1 x udp 1 a 1 typ host', 12],
  ['a priority of 33 bits', 'candidate:1 1 udp 4294967296 a 1 typ host', 18],
  ['two spaces', 'candidate:1 1 udp 1  1 typ host', 20],
  ['a port above 65535', 'candidate:1 1 udp 1 a 65536 typ host', 22],
  ['no typ', 'candidate:1 1 udp 1 a 1 host', 24],
  ['nothing behind typ', 'candidate:1 1 udp 1 a 1 typ', 27],
  ['an extension without its value', 'candidate:1 1 udp 1 a 1 typ host generation', 43],
])('%s is refused at its octet', (_cause, text, offset) => {
  try {
    parseCandidate(text);
  } catch (error) {
    if (!(error instanceof SdpError)) throw error;
    expect([error.code, error.offset]).toEqual(['SDP_CANDIDATE_MALFORMED', offset]);
    return;
  }
  expect.unreachable();
});
