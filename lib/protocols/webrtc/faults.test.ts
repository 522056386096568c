import { expect, test } from 'vitest';
import { meddle, type Fault, type Signal } from '.';

const answer: Signal = {
  type: 'answer',
  sdp: 'v=0\r\na=fingerprint:sha-256 0F:22\r\na=setup:active\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\na=end-of-candidates\r\n',
};
const candidate: Signal = {
  type: 'candidate',
  candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
  sdpMid: '0',
  usernameFragment: 'x',
};
const after = (fault: Fault, signal: Signal = answer) => {
  const arriving = meddle(fault, 'ben', signal);
  return arriving && 'sdp' in arriving ? arriving.sdp : arriving;
};

test('each fault changes what it names and nothing else', () => {
  expect(meddle('none', 'ben', answer)).toBe(answer);
  expect(after('drop-answer')).toBeNull();
  expect(after('fingerprint')).toBe(answer.sdp.replace('0F:22', 'F0:22'));
  expect(after('both-active')).toBe(answer.sdp.replace('active', 'passive'));
  expect(after('answer-actpass')).toBe(answer.sdp.replace('active', 'actpass'));
  expect(after('strip-candidates')).toBe('v=0\r\na=fingerprint:sha-256 0F:22\r\na=setup:active\r\n');
  expect(meddle('strip-ada', 'ben', candidate)).toBe(candidate);
  expect(meddle('strip-ada', 'ada', candidate)).toBeNull();
});

test('a changed fingerprint is another one, whatever it was', () => {
  for (const octet of ['00', 'FF', 'a0', '7f'])
    expect(
      after('fingerprint', { type: 'answer', sdp: `a=fingerprint:sha-256 ${octet}:01\n` }),
    ).not.toContain(`${octet}:`);
});
