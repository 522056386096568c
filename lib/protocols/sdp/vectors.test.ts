import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import type { Candidate } from '.';
import { findLine, groupsOf, hasFlag, parseSdp, readAllMedia, readLines, readOrigin, writeSdp } from '.';

// Published descriptions, read where they lie and never copied; absent, the tests say so and are skipped.
const folder = new URL('../../../../shared/vectors/sdp/', import.meta.url);
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn('skipped: ../shared/vectors/sdp is not here');

type Case = { id: string; file: string; lines: number; media: number };
const read = (path: string) => readFileSync(new URL(path, folder), 'utf8');
const cases = isAbsent ? [] : (JSON.parse(read('index.json')) as { cases: Case[] }).cases;
const facts = isAbsent ? {} : (JSON.parse(read('facts.json')) as Record<string, unknown>);

const textOrNull = (value: number | undefined) => (value === undefined ? null : String(value));

const candidateFacts = ({ relatedAddress, relatedPort, extensions, ...rest }: Candidate) => ({
  ...rest,
  ...(relatedAddress === undefined ? {} : { raddr: relatedAddress }),
  ...(relatedPort === undefined ? {} : { rport: relatedPort }),
  ...Object.fromEntries(extensions.map(({ name, value }) => [name, value])),
});

/** The facts as the vectors state them: nothing there is null, numbers of ports are text. */
function factsOf(text: string) {
  const description = parseSdp(text);
  const session = readLines(description.lines);
  const origin = readOrigin(description);
  const readings = readAllMedia(description);
  return {
    origin: origin && [
      ...[origin.username, origin.sessionId, origin.sessionVersion],
      ...[origin.netType, origin.addressType, origin.address],
    ],
    bundle: groupsOf(description, 'BUNDLE'),
    iceLite: hasFlag(description.lines, 'ice-lite'),
    media: description.media.map((section, i) => {
      const reading = readings[i]!;
      const linesCalled = (name: string) =>
        section.lines.flatMap((line) => ('name' in line && line.name === name ? [line.value] : []));
      return {
        type: section.media,
        port: String(section.port),
        proto: section.proto,
        formats: section.formats,
        direction: readLines(section.lines).direction ?? session.direction ?? null,
        mid: reading.mid ?? null,
        iceUfrag: reading.iceUfrag ?? null,
        icePwd: reading.icePwd ?? null,
        fingerprints: reading.fingerprints.map(({ hash, fingerprint }) => [hash, fingerprint]),
        setup: reading.setup ?? null,
        rtcpMux: reading.hasRtcpMux,
        endOfCandidates: reading.hasEndOfCandidates,
        rtpmap: linesCalled('rtpmap'),
        fmtp: linesCalled('fmtp'),
        candidates: reading.candidates.map(candidateFacts),
        sctpPort: findLine(section.lines, 'sctp-port')?.value ?? null,
        sctpmap: findLine(section.lines, 'sctpmap')?.value ?? null,
        maxMessageSize: textOrNull(reading.maxMessageSize),
        connection: reading.connection ?? null,
      };
    }),
  };
}

test.skipIf(isAbsent)('every published description is read, and written back to the very text', () => {
  expect(cases.length).toBeGreaterThan(100);
  for (const { file, lines, media } of cases) {
    const text = read(file);
    const description = parseSdp(text);
    expect(writeSdp(description), file).toBe(text);
    expect(description.media.length, file).toBe(media);
    const count =
      description.lines.length + description.media.reduce((sum, it) => sum + 1 + it.lines.length, 0);
    expect(count, file).toBe(lines);
  }
});

test.skipIf(isAbsent)('what every published description says is what others read in it', () => {
  for (const { id, file } of cases) expect(factsOf(read(file)), id).toMatchObject(facts[id] as object);
});

test.skipIf(isAbsent)(
  'spans cover every octet of every description once by lines, once by what lines are made of',
  () => {
    for (const { file } of cases) {
      const text = read(file);
      const spans: Span[] = [];
      parseSdp(text, spans);
      let line = 0;
      let part = 0;
      for (const span of spans) {
        if (span.start === line && part === line) line = span.end;
        else {
          expect(span.start, `${file} ${span.name}`).toBe(part);
          part = span.end;
        }
        expect(span.ref).toMatch(/^(RFC \d+|draft-[a-z0-9-]+) §/);
      }
      expect([line, part]).toEqual([new TextEncoder().encode(text).length * 8, line]);
    }
  },
);
