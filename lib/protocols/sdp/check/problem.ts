import type { MediaDescription, SdpLine, SessionDescription } from '../description';
import { mediaLineOf, textOf } from '../description';
import { octetLength } from '../octets';
import type { ProblemCode } from './problem-codes';

/** Something in a description, or between an offer and its answer, that breaks a rule. */
export type Problem = {
  code: ProblemCode;
  /** `error`: a peer that follows the rules refuses or cannot go on. `warning`: it is dated, or will be ignored. */
  severity: 'error' | 'warning';
  /** Index of the media section; absent for the session. */
  section?: number;
  /** Counted from 1; the section's `m=` line, or 1, where what is wrong is that a line is missing. */
  line: number;
  /** First octet of that line, in what `writeSdp` writes. */
  offset: number;
  seen: string;
  expected: string;
  ref: string;
};

export type Finding = Omit<Problem, 'line' | 'offset'> & {
  /** The line at fault; the `m=` line where absent, and the first line where there is no section either. */
  at?: SdpLine | undefined;
};

/** Findings with their places, in the order of the text. */
export function locate(description: SessionDescription, findings: readonly Finding[]): Problem[] {
  if (findings.length === 0) return [];
  const places = placesOf(description);
  return findings
    .map(({ at, ...finding }): Problem => {
      const section = finding.section === undefined ? undefined : description.media[finding.section];
      const place = (at && places.get(at)) ?? (section && places.get(section)) ?? { line: 1, offset: 0 };
      return { ...finding, ...place };
    })
    .sort((a, b) => a.line - b.line);
}

/** The line (from 1) and first octet of every line and section of what `writeSdp` would write. */
export function placesOf(
  description: SessionDescription,
): Map<SdpLine | MediaDescription, { line: number; offset: number }> {
  const places = new Map<SdpLine | MediaDescription, { line: number; offset: number }>();
  let line = 0;
  let offset = 0;
  const place = (what: SdpLine | MediaDescription, text: string) => {
    places.set(what, { line: ++line, offset });
    offset += 2 + octetLength(text) + (what.end ?? '\r\n').length;
  };
  for (const it of description.lines) place(it, textOf(it));
  for (const section of description.media) {
    place(section, mediaLineOf(section));
    for (const it of section.lines) place(it, textOf(it));
  }
  return places;
}
