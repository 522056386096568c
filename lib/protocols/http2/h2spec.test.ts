import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CLIENT_PREFACE, ERROR_CODES, Http2Connection, Http2FrameReader, type Http2Frame } from '.';
import { h2specCases, opening, ping } from './h2spec.fixture';

const file = new URL('../../../../shared/vectors/http2/h2spec-cases.json', import.meta.url);
const isAbsent = !existsSync(file);
if (isAbsent) console.warn('skipped: ../shared/vectors/http2 is not here');

type Case = { id: string; description: string; verify: string | null; errors: string[] };
const cases = isAbsent ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }).cases;

/** A server of our room that answers every request with 200 and a body of 9 octets, and what it sent to a client. */
function serve(parts: readonly Uint8Array[]): { frames: Http2Frame[]; server: Http2Connection } {
  const server = new Http2Connection({ role: 'server', settings: { maxConcurrentStreams: 100 } });
  const reader = new Http2FrameReader();
  const frames: Http2Frame[] = [];
  for (const part of parts) {
    for (const event of server.receive(part)) {
      if ((event.type !== 'headers' && event.type !== 'data') || !event.endStream) continue;
      server.sendHeaders(event.streamId, [{ name: ':status', value: '200' }], { endStream: false });
      server.sendData(event.streamId, new TextEncoder().encode('some text'), { endStream: true });
    }
    frames.push(...reader.push(server.takeOutput()));
  }
  return { frames, server };
}

const codesOf = (errors: readonly string[]): number[] =>
  errors.map((name) => {
    const wire =
      name === 'No' ? 'NO_ERROR' : `${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}_ERROR`;
    const found = Object.entries(ERROR_CODES).find(
      ([known]) => known === wire || known === wire.replace('_ERROR', ''),
    );
    if (!found) throw new Error(`no code for ${name}`);
    return found[1];
  });

/** As h2spec judges. */
function judge({ verify, errors }: Case, frames: readonly Http2Frame[]): boolean {
  const codes = codesOf(errors);
  const goaways = frames.flatMap((frame) => (frame.type === 'GOAWAY' ? [frame.errorCode] : []));
  const resets = frames.flatMap((frame) => (frame.type === 'RST_STREAM' ? [frame.errorCode] : []));
  const isFailed = goaways.length > 0;
  const pong = frames.some((frame) => frame.type === 'PING' && frame.ack);
  const fits = (code: number | undefined) => code !== undefined && codes.includes(code);
  switch (verify) {
    case 'VerifyConnectionError':
      return fits(goaways[0]);
    case 'VerifyStreamError':
      return fits(resets[0]) || fits(goaways[0]);
    case 'VerifyConnectionClose':
      return isFailed;
    case 'VerifyHeadersFrame':
      return frames.some(({ type }) => type === 'HEADERS') && !isFailed;
    case 'VerifySettingsFrameWithAck':
      return frames.filter((frame) => frame.type === 'SETTINGS' && frame.ack).length >= 2;
    case 'VerifyPingFrameWithAck':
      return pong && !isFailed;
    case 'VerifyPingFrameOrConnectionClose':
      return pong || isFailed;
    case 'VerifyEventType':
      return !isFailed && resets.length === 0;
    default:
      return codes.length === 0 ? !isFailed : fits(resets[0]) || fits(goaways[0]);
  }
}

test.skipIf(isAbsent)('every case of h2spec has its octets here', () => {
  const ids = cases.map(({ id }) => id).filter((id) => id !== 'http2/3.5/2');
  expect(Object.keys(h2specCases).sort()).toEqual(ids.sort());
});

test.for(cases.filter(({ id }) => id in h2specCases))('h2spec $id: $description', (it) => {
  const { frames } = serve([opening, ...(h2specCases[it.id] ?? []), ping()]);
  expect({ ok: judge(it, frames), frames: frames.map(({ type }) => type) }).toMatchObject({ ok: true });
});

test('h2spec http2/3.5/2: sends invalid connection preface', () => {
  const { frames, server } = serve([new TextEncoder().encode('INVALID CONNECTION PREFACE\r\n\r\n')]);
  expect(frames.at(-1)).toMatchObject({ type: 'GOAWAY', errorCode: ERROR_CODES.PROTOCOL_ERROR });
  expect(server.isFailed).toBe(true);
});

test('h2spec http2/6.5.3/1 and 6.9: content comes as credit does', () => {
  const sizes = (id: string) => {
    const { frames } = serve([opening, ...(h2specCases[id] ?? [])]);
    return frames.flatMap((frame) => (frame.type === 'DATA' ? [frame.data.length] : []));
  };
  expect(sizes('http2/6.5.3/1')).toEqual([1]);
  expect(sizes('http2/6.9.1/1')).toEqual([1]);
  expect(sizes('http2/6.9.2/1')).toEqual([1]);
  // 3 sent, the window falls to -1, and 2 more make it 1.
  expect(sizes('http2/6.9.2/2')).toEqual([3, 1]);
});

test('the same cases cut into single octets end the same', () => {
  for (const [id, parts] of Object.entries(h2specCases)) {
    if (parts.some(({ length }) => length > 1_000)) continue;
    const whole = serve([opening, ...parts, ping()]);
    const cut = [opening, ...parts, ping()].flatMap((part) =>
      Array.from(part, (octet) => Uint8Array.of(octet)),
    );
    expect({ id, frames: serve(cut).frames }).toEqual({ id, frames: whole.frames });
  }
  expect(CLIENT_PREFACE).toHaveLength(24);
});
