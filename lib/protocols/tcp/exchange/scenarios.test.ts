import { expect, test } from 'vitest';
import { decodeSegment } from '../segment';
import type { ExchangeAction, ExchangeScript, ExchangeTrace } from '.';
import { EXCHANGE_SOCKETS, fromWire, packetOctets, runExchange } from '.';

const opening: ExchangeAction[] = [
  { atMs: 0, at: 'server', do: 'open-passive' },
  { atMs: 0, at: 'client', do: 'open-active' },
];

function run(script: Partial<ExchangeScript>, ...actions: ExchangeAction[]): ExchangeTrace {
  return runExchange({ delayMs: 50, ...script, actions: [...opening, ...actions] });
}

function sentAt(trace: ExchangeTrace, prefix: string): number[] {
  return trace.packets.filter(({ name }) => name.startsWith(prefix)).map(({ sentAtMs }) => sentAtMs);
}

function hasRule(trace: ExchangeTrace, endpoint: string, rule: string): boolean {
  return trace.rules.some((each) => each.endpoint === endpoint && each.rule === rule);
}

test('a lost SYN goes again after 1, 2, 4, 8 and 16 seconds, then the open is given up (RFC 6298 §5.5)', () => {
  const names = [1, 2, 3, 4, 5, 6].map((n) => [`client SYN #${n}`, { drop: true }] as const);
  const trace = run({ packets: Object.fromEntries(names) });
  expect(sentAt(trace, 'client SYN')).toEqual([0, 1000, 3000, 7000, 15_000, 31_000]);
  expect(trace.effects).toContainEqual({ type: 'timed-out', endpoint: 'client', timeMs: 63_000 });
});

test('a lost SYN-ACK: both sides repeat theirs, and the connection opens', () => {
  const trace = run({ packets: { 'server SYN-ACK #1': { drop: true } } });
  expect(trace.packets.find(({ name }) => name === 'client SYN #2')?.isRepeat).toBe(true);
  expect(hasRule(trace, 'server', 'sequence.unacceptable')).toBe(true);
  expect([trace.final.client.state, trace.final.server.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
});

test('after a lost SYN the timeout for data starts at 3 seconds (RFC 6298 §5.7)', () => {
  const trace = run({ packets: { 'client SYN #1': { drop: true } } });
  expect(trace.final.client.rtt.rtoMs).toBe(3000);
});

test('the last ACK of a close is lost: TIME-WAIT answers the FIN again and starts anew', () => {
  const trace = run(
    { packets: { 'client ACK #2': { drop: true } }, server: { closesAfterPeer: true } },
    { atMs: 500, at: 'client', do: 'close' },
  );
  expect(hasRule(trace, 'client', 'time-wait.fin-again')).toBe(true);
  expect(sentAt(trace, 'server FIN')).toEqual([550, 1550]);
  const timeWait = trace.states.find(({ state }) => state === 'TIME-WAIT');
  expect(timeWait).toMatchObject({ fromMs: 600, toMs: 1600 + 240_000 });
  expect(trace.final.server.state).toBe('CLOSED');
});

test('half-close: after the client closed, the server goes on sending and the client reads it', () => {
  const trace = run(
    {},
    { atMs: 500, at: 'client', do: 'close' },
    { atMs: 800, at: 'server', do: 'send', text: 'still here' },
    { atMs: 1500, at: 'server', do: 'close' },
  );
  expect(trace.read.client).toBe('still here');
});

test('a CLOSE in SYN-RECEIVED sends the FIN before the handshake is over (Figure 5), also when the SYN-ACK is lost', () => {
  for (const packets of [{}, { 'server SYN-ACK #1': { drop: true } }]) {
    const trace = run(
      { packets, client: { closesAfterPeer: true } },
      { atMs: 60, at: 'server', do: 'close' },
    );
    const states = trace.states.filter(({ endpoint }) => endpoint === 'server').map(({ state }) => state);
    expect(states.slice(2)).toEqual(['SYN-RECEIVED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED']);
    expect(trace.final.client.state).toBe('CLOSED');
  }
});

test('a SYN to a port where nobody listens is refused at once (§3.10.7.1)', () => {
  const trace = runExchange({ delayMs: 50, actions: [{ atMs: 0, at: 'client', do: 'open-active' }] });
  expect(trace.packets[1]?.segment).toMatchObject({ rst: true, seq: 0, ack: 101 });
  expect(trace.effects).toContainEqual({ type: 'refused', endpoint: 'client', timeMs: 100 });
});

test('an old RST beside the exact number draws a challenge ACK and harms nothing (RFC 5961 §3.2)', () => {
  const old = { rst: true, seq: 150 };
  const trace = run({ inject: [{ atMs: 500, to: 'server', name: 'forged RST', segment: old }] });
  expect(hasRule(trace, 'server', 'rst.challenge')).toBe(true);
  expect(trace.final.server.state).toBe('ESTABLISHED');
  const exact = { rst: true, seq: 101 };
  const killed = run({ inject: [{ atMs: 500, to: 'server', name: 'forged RST', segment: exact }] });
  expect(hasRule(killed, 'server', 'rst.exact')).toBe(true);
});

test('a forged ACK of something never sent is answered and dropped with its data (§3.10.7.4)', () => {
  const segment = { seq: 101, ack: 9999, data: 'evil', wnd: 1000 };
  const trace = run({ inject: [{ atMs: 500, to: 'server', name: 'forgery', segment }] });
  expect(hasRule(trace, 'server', 'ack.not-yet-sent')).toBe(true);
  expect(trace.read.server).toBe('');
});

const smallBuffer = { receiveBufferOctets: 1000, mss: 500, delayedAck: false };

test('a lost window update is healed by a zero-window probe (RFC 9293 §3.8.6.1)', () => {
  const script: Partial<ExchangeScript> = {
    client: { config: { mss: 500 } },
    server: { config: smallBuffer, reading: { mode: 'by-hand' } },
    packets: { 'server ACK #3': { drop: true } },
  };
  const trace = run(
    script,
    { atMs: 200, at: 'client', do: 'send', octets: 1500 },
    { atMs: 600, at: 'server', do: 'read' },
    { atMs: 9000, at: 'server', do: 'read' },
  );
  expect(trace.packets.find(({ name }) => name === 'server ACK #3')).toMatchObject({
    fate: 'lost',
    windowOctets: 1000,
  });
  expect(hasRule(trace, 'client', 'persist.probe')).toBe(true);
  expect(trace.read.server).toBe(trace.sent.client);
});

test('probes go on for as long as they are acknowledged: no reset after three (correction 7)', () => {
  const trace = run(
    {
      client: { config: { mss: 500, dataRetries: 3 } },
      server: { config: smallBuffer, reading: { mode: 'by-hand' } },
      limits: { timeMs: 600_000 },
    },
    { atMs: 200, at: 'client', do: 'send', octets: 1500 },
  );
  const probes = trace.rules.filter(({ rule }) => rule === 'persist.probe').map(({ timeMs }) => timeMs);
  expect(probes.length).toBeGreaterThan(10);
  expect(probes.slice(0, 4).map((time, i) => time - (probes[i - 1] ?? time))).toEqual([0, 2000, 4000, 8000]);
  expect(trace.final.client.state).toBe('ESTABLISHED');
});

test("Nagle's algorithm meets delayed ACKs: the second small write waits 200 ms; with either off it does not", () => {
  const writes: ExchangeAction[] = [
    { atMs: 200, at: 'client', do: 'send', octets: 100 },
    { atMs: 201, at: 'client', do: 'send', octets: 100 },
  ];
  const secondAt = (config: object): number | undefined =>
    sentAt(run({ client: { config }, server: { config } }, ...writes), 'client data')[1];
  expect(secondAt({})).toBe(200 + 50 + 200 + 50);
  expect(secondAt({ delayedAck: false })).toBe(300);
  expect(secondAt({ nagle: false })).toBe(201);
});

test('silly window: with avoidance off at both ends segments shrink to what each read frees', () => {
  const sizes = (avoid: boolean): number[] => {
    const config = { senderSillyWindowAvoidance: avoid, receiverSillyWindowAvoidance: avoid, nagle: avoid };
    const trace = run(
      {
        client: { config: { ...config, mss: 500 } },
        server: {
          config: { ...smallBuffer, ...config },
          reading: { mode: 'paced', octets: 20, everyMs: 10 },
        },
      },
      { atMs: 200, at: 'client', do: 'send', octets: 3000 },
    );
    expect(trace.read.server).toBe(trace.sent.client);
    return trace.packets
      .filter(({ name }) => name.startsWith('client data'))
      .map((p) => p.segment.data.length);
  };
  expect(Math.min(...sizes(true))).toBeGreaterThanOrEqual(500);
  expect(Math.min(...sizes(false))).toBe(20);
});

test('a window above 65,535 octets needs scaling, and both ends must offer it (RFC 7323 §2.2)', () => {
  const big = { receiveBufferOctets: 1_000_000, windowScale: 7 };
  const sizeSeen = (client: object): number =>
    run(
      { client: { config: client }, server: { config: big } },
      { atMs: 200, at: 'client', do: 'send', octets: 9000 },
    ).final.client.sndWnd;
  expect(sizeSeen({ windowScale: 0 })).toBeGreaterThan(900_000);
  expect(sizeSeen({})).toBeLessThanOrEqual(65_535);
});

test('the window in a SYN is never scaled, also when two SYNs cross (RFC 7323 §2.2)', () => {
  const config = { receiveBufferOctets: 4096, windowScale: 7 };
  const ends = { client: { config }, server: { config } };
  expect(run(ends).final.client.sndWnd).toBe(4096);
  const crossing: ExchangeAction[] = [
    { atMs: 0, at: 'client', do: 'open-active' },
    { atMs: 0, at: 'server', do: 'open-active' },
  ];
  const { final } = runExchange({ delayMs: 50, ...ends, actions: crossing });
  expect([final.client.sndWnd, final.server.sndWnd]).toEqual([4096, 4096]);
});

test('three duplicate ACKs bring a lost segment back without a timeout (RFC 5681 §3.2)', () => {
  const trace = run(
    { packets: { 'client data #2': { drop: true } } },
    { atMs: 200, at: 'client', do: 'send', octets: 1460 * 6 },
  );
  expect(hasRule(trace, 'client', 'retransmission.fast')).toBe(true);
  expect(hasRule(trace, 'client', 'retransmission.timeout')).toBe(false);
  expect(trace.read.server).toBe(trace.sent.client);
});

test('data in a plain SYN is kept until the handshake ends; with a cookie it is read at once (RFC 7413)', () => {
  const readAt = (client: object, server: object): number | undefined =>
    runExchange({
      delayMs: 50,
      client: { config: client },
      server: { config: server },
      actions: [
        { atMs: 0, at: 'server', do: 'open-passive' },
        { atMs: 0, at: 'client', do: 'send', text: 'GET /' },
        { atMs: 0, at: 'client', do: 'open-active' },
      ],
    }).effects.find(({ type, endpoint }) => type === 'read' && endpoint === 'server')?.timeMs;
  expect(readAt({ dataInSyn: true }, {})).toBe(150);
  expect(readAt({ fastOpenCookie: 'c0ffee00' }, { fastOpenCookieForPeer: 'c0ffee00' })).toBe(50);
  expect(readAt({ fastOpenCookie: 'bad0bad0' }, { fastOpenCookieForPeer: 'c0ffee00' })).toBe(150);
  expect(readAt({ fastOpenCookie: '' }, { fastOpenCookieForPeer: 'c0ffee00' })).toBe(150);
});

test('the first connection asks for a Fast Open cookie and keeps it for the next', () => {
  const trace = run({
    client: { config: { fastOpenCookie: '' } },
    server: { config: { fastOpenCookieForPeer: 'c0ffee00' } },
  });
  expect(trace.final.client.fastOpenCookie).toBe('c0ffee00');
});

test('an abort sends a reset, and the peer learns of it', () => {
  const trace = run({}, { atMs: 500, at: 'client', do: 'abort' });
  expect(trace.packets.at(-1)?.name).toBe('client RST #1');
  expect(trace.effects).toContainEqual({ type: 'reset', endpoint: 'server', timeMs: 550 });
});

test('every packet encodes to octets that decode to the same segment, checksum right', () => {
  const trace = run(
    { client: { config: { windowScale: 7, fastOpenCookie: '' } } },
    { atMs: 200, at: 'client', do: 'send', text: 'héllo' },
  );
  for (const packet of trace.packets) {
    const addresses = {
      source: EXCHANGE_SOCKETS[packet.from].address,
      destination: EXCHANGE_SOCKETS[packet.to].address,
    };
    const decoded = decodeSegment(packetOctets(packet), { addresses });
    expect(decoded?.checksumIsRight).toBe(true);
    expect(decoded && fromWire(decoded)).toEqual(packet.segment);
  }
});

test('the same script gives the same trace, and limits end a run', () => {
  const script: ExchangeScript = {
    delayMs: 50,
    actions: [...opening, { atMs: 1, at: 'client', do: 'send', octets: 9 }],
  };
  expect(runExchange(script)).toEqual(runExchange(script));
  expect(runExchange({ ...script, limits: { events: 3 } }).ended).toBe('event-limit');
  expect(runExchange({ ...script, limits: { timeMs: 60 } })).toMatchObject({
    ended: 'time-limit',
    endMs: 60,
  });
});
