import { isDeepStrictEqual } from 'node:util';
import { parse, write } from 'sdp-transform';
import { groupsOf, parseSdp, readAllMedia, writeSdp, type MediaReading } from '../lib/protocols/sdp';
import { medianOf, type BenchRow } from './rows';

const ROUNDS = 61;
const RUNS_A_ROUND = 40;

/** An offer as Chromium writes it for ten cameras and microphones, each section with its codecs and extensions. */
function offerOf(sections: number): string {
  const lines = ['v=0', 'o=- 472271474189873107 3 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  lines.push(
    `a=group:BUNDLE ${Array.from({ length: sections }, (_, i) => i).join(' ')}`,
    'a=msid-semantic: WMS',
  );
  for (let i = 0; i < sections; i++) lines.push(...sectionOf(i));
  return lines.map((line) => `${line}\r\n`).join('');
}

function sectionOf(mid: number): string[] {
  const isAudio = mid % 2 === 0;
  const codecs = isAudio
    ? ['111 opus/48000/2', '0 PCMU/8000']
    : ['96 VP8/90000', '97 rtx/90000', '102 H264/90000'];
  const formats = codecs.map((codec) => codec.split(' ')[0] ?? '');
  return [
    `m=${isAudio ? 'audio' : 'video'} 9 UDP/TLS/RTP/SAVPF ${formats.join(' ')}`,
    'c=IN IP4 0.0.0.0',
    ...['udp 2122194687 192.0.2.2 51778', 'udp 2122265343 192.0.2.3 34477'].map(
      (address, i) => `a=candidate:98539432${i} 1 ${address} typ host generation 0 network-id ${i}`,
    ),
    'a=ice-ufrag:tYNb',
    'a=ice-pwd:p7IIU9kEYk6IooYIIvImVGIN',
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'A9').join(':')}`,
    'a=setup:actpass',
    `a=mid:${mid}`,
    ...[1, 2, 3, 4].map((id) => `a=extmap:${id} urn:ietf:params:rtp-hdrext:example-${id}`),
    'a=sendrecv',
    `a=msid:stream-${mid} track-${mid}`,
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...codecs.map((codec) => `a=rtpmap:${codec}`),
    ...formats.flatMap((format) => [
      `a=rtcp-fb:${format} transport-cc`,
      `a=fmtp:${format} minptime=10;useinbandfec=1`,
    ]),
    `a=ssrc:11346763${mid} cname:g1JEjlmNMO1xVqcs`,
  ];
}

/** What both read, in one shape: so that the two do the same work before they are timed. */
const factsOfOurs = (text: string) => {
  const description = parseSdp(text);
  const readings = readAllMedia(description);
  return {
    bundle: groupsOf(description, 'BUNDLE')[0]?.join(' '),
    media: description.media.map(({ media, port, proto, formats }, i) => ({
      media,
      port,
      proto,
      formats: formats.join(' '),
      ...ours(readings[i]!),
    })),
  };
};
const ours = (reading: MediaReading) => ({
  mid: reading.mid,
  direction: reading.direction,
  ufrag: reading.iceUfrag,
  pwd: reading.icePwd,
  setup: reading.setup,
  fingerprint: reading.fingerprints[0]?.fingerprint,
  candidates: reading.candidates.map(({ foundation, priority, address, port }) => [
    foundation,
    priority,
    address,
    port,
  ]),
  rtpmaps: reading.rtpmaps.map(({ payloadType, encodingName, clockRate }) => [
    payloadType,
    encodingName,
    clockRate,
  ]),
  fmtps: reading.fmtps.map(({ format, parameters }) => [Number(format), parameters]),
  feedback: reading.feedback.map(({ payloadType, feedback }) => [payloadType, feedback]),
  extensions: reading.headerExtensions.map(({ id, uri }) => [id, uri]),
});
const factsOfTheirs = (text: string) => {
  const session = parse(text);
  return {
    bundle: session.groups?.[0]?.mids,
    media: session.media.map((section) => ({
      media: section.type,
      port: section.port,
      proto: section.protocol,
      formats: section.payloads,
      // It reads ids that look like numbers as numbers.
      mid: section.mid === undefined ? undefined : String(section.mid),
      direction: section.direction,
      ufrag: section.iceUfrag,
      pwd: section.icePwd,
      setup: section.setup,
      fingerprint: section.fingerprint?.hash,
      candidates: section.candidates?.map(({ foundation, priority, ip, port }) => [
        String(foundation),
        priority,
        ip,
        port,
      ]),
      rtpmaps: section.rtp.map(({ payload, codec, rate }) => [payload, codec, rate]),
      fmtps: section.fmtp.map(({ payload, config }) => [payload, config]),
      feedback: section.rtcpFb?.map(({ payload, type }) => [String(payload), type]),
      extensions: section.ext?.map(({ value, uri }) => [value, uri]),
    })),
  };
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Medians of two kinds of work, taken by turns in one run, so that a busy machine slows both. */
function compare(mine: () => unknown, other: () => unknown): { mineMs: number; otherMs: number } {
  const times = { mine: [] as number[], other: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [list, work] of [
      [times.mine, mine],
      [times.other, other],
    ] as const) {
      const start = performance.now();
      for (let i = 0; i < RUNS_A_ROUND; i++) work();
      list.push((performance.now() - start) / RUNS_A_ROUND);
    }
  }
  return { mineMs: medianOf(times.mine), otherMs: medianOf(times.other) };
}

/** Parsing (to lines, and every line to its fields) and writing an offer of 20 sections, beside sdp-transform. */
export default function measureSdp(): BenchRow[] {
  const text = offerOf(20);
  const [mine, theirs] = [factsOfOurs(text), factsOfTheirs(text)];
  if (!isDeepStrictEqual(plain(mine), plain(theirs)))
    throw new Error('the two read different things: nothing to compare');
  const description = parseSdp(text);
  const session = parse(text);
  if (writeSdp(description) !== text) throw new Error('what was written is not what was read');

  const parsing = compare(
    () => readAllMedia(parseSdp(text)),
    () => parse(text),
  );
  const writing = compare(
    () => writeSdp(description),
    () => write(session),
  );
  const row = (name: string, measured: number): BenchRow => {
    return { name, unit: 'times', bar: 1, sense: 'at least', measured };
  };
  const shown = ({ mineMs, otherMs }: typeof parsing) =>
    `${mineMs.toFixed(3)} ms, the other ${otherMs.toFixed(3)} ms`;
  console.log(`SDP of 20 sections, ${text.length} octets: parse ${shown(parsing)}; write ${shown(writing)}`);
  return [
    row('SDP parse, 20 sections, every field read, beside sdp-transform', parsing.otherMs / parsing.mineMs),
    row('SDP write, 20 sections, beside sdp-transform', writing.otherMs / writing.mineMs),
  ];
}
