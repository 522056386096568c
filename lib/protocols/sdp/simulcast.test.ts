import { expect, test } from 'vitest';
import { readSimulcast, writeSimulcast } from '.';

test('RFC 8853 §6.6.2: streams, alternatives, and those that start paused', () => {
  const text = 'send 1;2;~4,3 recv c';
  const simulcast = readSimulcast(text);
  expect(
    simulcast?.send.map((stream) => stream.map(({ rid, isPaused }) => (isPaused ? `paused ${rid}` : rid))),
  ).toEqual([['1'], ['2'], ['paused 4', '3']]);
  expect(simulcast?.recv).toEqual([[{ rid: 'c', isPaused: false }]]);
  expect(simulcast && writeSimulcast(simulcast)).toBe(text);
});

test.each(['', 'send', 'both 1', 'send 1 send 2', 'send 1;;2', 'send 1,~', ' send rid=1', 'send 1 recv'])(
  '%j is none',
  (text) => {
    expect(readSimulcast(text)).toBe(undefined);
  },
);
