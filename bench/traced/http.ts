import { fromHex } from '@/lib/bytes';
import { recordings } from '@/lib/labs/hpack/recordings';
import { HpackDecoder } from '@/lib/protocols/hpack';
import * as http1 from '@/lib/protocols/http1';
import * as http2 from '@/lib/protocols/http2';
import { QpackDecoder, QpackEncoder } from '@/lib/protocols/qpack';
import { parseDictionary, parseItem, parseList } from '@/lib/protocols/structured-fields';
import { content, type TracedDecoder, type TracedRoom } from './decoder';

const headers = [
  { name: 'Host', value: 'example.org' },
  { name: 'User-Agent', value: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' },
  { name: 'Accept', value: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
  { name: 'Accept-Language', value: 'en-GB,en;q=0.5' },
  { name: 'Cookie', value: 'id=31d4d96e407aad42; lang=en-GB' },
];

/** A request and a chunked response. */
export function http1Cases(): TracedRoom {
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

/** Blocks as Chromium sent them. */
export function hpackCases(): TracedRoom {
  const blocks = recordings.page.map((hex) => fromHex(hex));
  return {
    'requests of a page': (sink) => {
      const decoder = new HpackDecoder();
      return blocks.map((block) => decoder.decode(block, sink));
    },
  };
}

/** Frames, small and large. */
export function http2Cases(): TracedRoom {
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

/** A field section, with a dynamic table and without. */
export function qpackCases(): TracedRoom {
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

/** Values of Cache-Status, Sec-CH-UA and the like. */
export function structuredFieldCases(): TracedRoom {
  const dictionary = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, a, b;q=0.5, c=(1 2 "three");x';
  const list = '"Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"';
  return {
    item: (sink) => parseItem('"HIT";ttl=376;detail=memory', sink),
    list: (sink) => parseList(list, sink),
    dictionary: (sink) => parseDictionary(dictionary, sink),
  };
}
