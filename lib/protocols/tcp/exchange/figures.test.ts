import { expect, test } from 'vitest';
import type { ExchangeAction, ExchangeScript, ExchangeTrace } from '.';
import { runExchange } from '.';

/** "100 ms client→server SYN seq=100" and so on: a run as the RFC's figures write it. */
function ladder(trace: ExchangeTrace): string[] {
  return trace.packets.map(({ from, segment: s }) => {
    const control = [s.syn && 'SYN', s.fin && 'FIN', s.rst && 'RST', s.ack !== null && 'ACK'].filter(Boolean);
    const ack = s.ack === null ? '' : `<ACK=${s.ack}>`;
    const data = s.data === '' ? '' : `<DATA=${s.data.length}>`;
    return `${from} <SEQ=${s.seq}>${ack}<CTL=${control.join(',')}>${data}`;
  });
}

function statesOf(trace: ExchangeTrace, endpoint: 'client' | 'server'): string[] {
  return trace.states.filter((interval) => interval.endpoint === endpoint).map(({ state }) => state);
}

function rulesOf(trace: ExchangeTrace, endpoint: 'client' | 'server'): string[] {
  return trace.rules.filter((rule) => rule.endpoint === endpoint).map(({ rule }) => rule);
}

const immediate = { config: { delayedAck: false } };
const opening: ExchangeAction[] = [
  { atMs: 0, at: 'server', do: 'open-passive' },
  { atMs: 0, at: 'client', do: 'open-active' },
];
const base: ExchangeScript = { delayMs: 50, client: immediate, server: immediate, actions: opening };

test('RFC 9293 Figure 6: basic three-way handshake, then data', () => {
  const trace = runExchange({
    ...base,
    actions: [...opening, { atMs: 120, at: 'client', do: 'send', octets: 10 }],
  });
  expect(ladder(trace)).toEqual([
    'client <SEQ=100><CTL=SYN>',
    'server <SEQ=300><ACK=101><CTL=SYN,ACK>',
    'client <SEQ=101><ACK=301><CTL=ACK>',
    'client <SEQ=101><ACK=301><CTL=ACK><DATA=10>',
    'server <SEQ=301><ACK=111><CTL=ACK>',
  ]);
  expect(statesOf(trace, 'client')).toEqual(['CLOSED', 'SYN-SENT', 'ESTABLISHED']);
  expect(statesOf(trace, 'server')).toEqual(['CLOSED', 'LISTEN', 'SYN-RECEIVED', 'ESTABLISHED']);
  expect(trace.read.server).toBe('abcdefghij');
});

test('RFC 9293 Figure 7: simultaneous connection synchronization', () => {
  const trace = runExchange({
    ...base,
    actions: [
      { atMs: 0, at: 'client', do: 'open-active' },
      { atMs: 10, at: 'server', do: 'open-active' },
    ],
  });
  expect(ladder(trace)).toEqual([
    'client <SEQ=100><CTL=SYN>',
    'server <SEQ=300><CTL=SYN>',
    'server <SEQ=300><ACK=101><CTL=SYN,ACK>',
    'client <SEQ=100><ACK=301><CTL=SYN,ACK>',
  ]);
  for (const endpoint of ['client', 'server'] as const) {
    expect(statesOf(trace, endpoint)).toEqual(['CLOSED', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED']);
  }
});

test('RFC 9293 Figure 8: recovery from an old duplicate SYN', () => {
  const trace = runExchange({
    ...base,
    packets: { 'client SYN #1': { delayMs: 200 } },
    inject: [{ atMs: 20, to: 'server', name: 'old SYN', segment: { seq: 90, syn: true, wnd: 4096 } }],
  });
  expect(ladder(trace)).toEqual([
    'client <SEQ=100><CTL=SYN>',
    'client <SEQ=90><CTL=SYN>', // the old one
    'server <SEQ=300><ACK=91><CTL=SYN,ACK>',
    'client <SEQ=91><CTL=RST>',
    'server <SEQ=300><ACK=101><CTL=SYN,ACK>',
    'client <SEQ=101><ACK=301><CTL=ACK>',
  ]);
  expect(rulesOf(trace, 'client')).toContain('syn-sent.ack-unacceptable');
  expect(statesOf(trace, 'server')).toEqual([
    'CLOSED',
    'LISTEN',
    'SYN-RECEIVED',
    'LISTEN',
    'SYN-RECEIVED',
    'ESTABLISHED',
  ]);
});

test('RFC 9293 Figure 9: half-open connection discovery', () => {
  const trace = runExchange({
    ...base,
    actions: [
      ...opening,
      { atMs: 1000, at: 'client', do: 'crash' },
      { atMs: 2000, at: 'client', do: 'open-active' },
    ],
    client: { config: { delayedAck: false, isnTicksPerMs: 1 } },
  });
  expect(ladder(trace).slice(3, 6)).toEqual([
    'client <SEQ=2100><CTL=SYN>',
    'server <SEQ=301><ACK=101><CTL=ACK>',
    'client <SEQ=101><CTL=RST>',
  ]);
  expect(rulesOf(trace, 'server')).toContain('syn.challenge');
  expect(trace.effects).toContainEqual({ type: 'reset', endpoint: 'server', timeMs: 2150 });
});

test('RFC 9293 Figure 10: the active side causes half-open connection discovery', () => {
  const trace = runExchange({
    ...base,
    actions: [
      ...opening,
      { atMs: 1000, at: 'client', do: 'crash' },
      { atMs: 2000, at: 'server', do: 'send', octets: 10 },
    ],
  });
  expect(ladder(trace).slice(3)).toEqual([
    'server <SEQ=301><ACK=101><CTL=ACK><DATA=10>',
    'client <SEQ=101><CTL=RST>',
  ]);
  expect(rulesOf(trace, 'client')).toContain('closed.reset');
  expect(trace.final.server.state).toBe('CLOSED');
});

test('RFC 9293 Figure 11: an old duplicate SYN initiates a reset on two passive sockets', () => {
  const trace = runExchange({
    ...base,
    actions: [
      { atMs: 0, at: 'client', do: 'open-passive' },
      { atMs: 0, at: 'server', do: 'open-passive' },
    ],
    inject: [{ atMs: 10, to: 'server', name: 'old SYN', segment: { seq: 90, syn: true } }],
  });
  expect(ladder(trace)).toEqual([
    'client <SEQ=90><CTL=SYN>',
    'server <SEQ=300><ACK=91><CTL=SYN,ACK>',
    'client <SEQ=91><CTL=RST>',
  ]);
  expect(rulesOf(trace, 'client')).toContain('listen.ack-reset');
  expect(trace.final.client.state).toBe('LISTEN');
  expect(trace.final.server.state).toBe('LISTEN');
});

test('RFC 9293 Figure 12: normal close sequence', () => {
  const trace = runExchange({
    ...base,
    server: { config: { delayedAck: false }, closesAfterPeer: true },
    actions: [...opening, { atMs: 500, at: 'client', do: 'close' }],
  });
  expect(ladder(trace).slice(3)).toEqual([
    'client <SEQ=101><ACK=301><CTL=FIN,ACK>',
    'server <SEQ=301><ACK=102><CTL=ACK>',
    'server <SEQ=301><ACK=102><CTL=FIN,ACK>',
    'client <SEQ=102><ACK=302><CTL=ACK>',
  ]);
  expect(statesOf(trace, 'client').slice(3)).toEqual(['FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED']);
  expect(statesOf(trace, 'server').slice(4)).toEqual(['CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
  const timeWait = trace.states.find(({ state }) => state === 'TIME-WAIT');
  expect(timeWait && timeWait.toMs - timeWait.fromMs).toBe(240_000);
});

test('RFC 9293 Figure 13: simultaneous close sequence', () => {
  const trace = runExchange({
    ...base,
    actions: [...opening, { atMs: 500, at: 'client', do: 'close' }, { atMs: 500, at: 'server', do: 'close' }],
  });
  expect(ladder(trace).slice(3)).toEqual([
    'client <SEQ=101><ACK=301><CTL=FIN,ACK>',
    'server <SEQ=301><ACK=101><CTL=FIN,ACK>',
    'server <SEQ=302><ACK=102><CTL=ACK>',
    'client <SEQ=102><ACK=302><CTL=ACK>',
  ]);
  expect(statesOf(trace, 'client').slice(3)).toEqual(['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT', 'CLOSED']);
  expect(statesOf(trace, 'server').slice(4)).toEqual(['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT', 'CLOSED']);
});
