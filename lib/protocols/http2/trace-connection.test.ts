import { describe, expect, test } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { CLIENT_PREFACE, encodeFrame, traceConnection } from '.';

describe('traceConnection', () => {
  test('explains a client’s first octets down to HPACK', () => {
    const headers = encodeFrame({
      ...{ type: 'HEADERS', streamId: 1, endStream: true, endHeaders: true },
      fragment: fromHex('828684'),
      padding: new Uint8Array(2),
    });
    const settings = encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [[2, 0]] });
    const { frames, spans, error } = traceConnection(
      Uint8Array.of(...CLIENT_PREFACE, ...settings, ...headers),
      { from: 'client' },
    );
    expect(error).toBeUndefined();
    expect(frames.map(({ frame, start }) => [frame.type, start])).toEqual([
      ['SETTINGS', 24],
      ['HEADERS', 39],
    ]);
    expect(frames[1]?.fields?.map(({ value }) => value)).toEqual(['GET', 'http', '/']);
    const method = spans.find(({ value }) => value === ':method: GET');
    expect(method).toMatchObject({ start: 49 * 8, end: 50 * 8, ref: 'RFC 7541 §6.1' });
  });

  test('names the octet at which it stops', () => {
    const trace = traceConnection(new TextEncoder().encode('PRI * HTTP/1.1\r\n'), { from: 'client' });
    expect(trace.error).toMatchObject({ code: 'HTTP2_PREFACE_WRONG', offset: 11 });
  });

  test.for([
    // The preface and an empty SETTINGS are 33 octets.
    ['000007 06 00 00000000 00000000000000', 'HTTP2_LENGTH_WRONG', 33],
    ['000001 09 04 00000001 82', 'HTTP2_CONTINUATION_UNEXPECTED', 33],
    ['000002 01 05 00000001 8280', 'HPACK_INDEX_ZERO', 43],
    ['000004 01 0d 00000001 01828000', 'HPACK_INDEX_ZERO', 44],
    ['000002 01 01 00000001 8286 000002 09 04 00000001 8480', 'HPACK_INDEX_ZERO', 54],
    ['000002 01 01 00000001 8286 000001 09 04 00000001 40', 'HPACK_INTEGER_TRUNCATED', 54],
  ] as const)('%s ends with %s at octet %d of all', ([hex, code, offset]) => {
    const settings = encodeFrame({ type: 'SETTINGS', streamId: 0, ack: false, settings: [] });
    const octets = Uint8Array.of(...CLIENT_PREFACE, ...settings, ...fromHex(hex));
    expect(traceConnection(octets, { from: 'client' }).error).toMatchObject({ code, offset });
  });
});
