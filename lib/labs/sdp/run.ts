import type { Span } from '@/lib/bytes';
import {
  checkSdp,
  readAllMedia,
  SdpError,
  type MediaReading,
  type Problem,
  type SessionDescription,
} from '@/lib/protocols/sdp';
import type { MessageRef } from '@/lib/text/text';
import { alignLines } from './align';
import { answerOffer, onTheWire, readOffer, type Outcome } from './answerer';
import { changesBetween, type Change } from './changes';
import type { SdpParams } from './lab';
import { meaningOf } from './meaning';
import { recordings } from './recordings';

/** More lines than this are not read: a page of them helps nobody. */
export const MAX_LINES = 240;

/** A part of a line and where in it: `a=rtpmap:` … `96`, `opus`, `48000`. */
export type LinePart = { name: string; text: string };

export type OfferLine = {
  text: string;
  status: 'kept' | 'added' | 'removed';
  /** Counted from 1 in the offer as it stands; 0 for a line that was removed. */
  number: number;
  /** Of the media section, from 0; -1 for the session. */
  section: number;
  /** What it says, as a sentence; and where that is written. Of removed lines what they said. */
  said: MessageRef;
  ref: string;
  parts: readonly LinePart[];
};

export type SdpResult = {
  /** The offer as it stands, and as it was; LF between lines. */
  text: string;
  baseline: string;
  lines: readonly OfferLine[];
  /** Undefined where the text cannot be read at all; `outcome` then says why. */
  offer: SessionDescription | undefined;
  readings: readonly MediaReading[];
  problems: readonly Problem[];
  changes: readonly Change[];
  outcome: Outcome;
};

/** Reads the offer as an answerer would, and says what it finds. Never throws. */
export function runSdp(params: SdpParams): SdpResult {
  const baseline = clean(params.offer === 'own' ? params.own : recordings[params.offer]);
  const text = params.text === '' ? baseline : clean(params.text);
  const spans: Span[] = [];
  const offer = attempt(text, spans);
  const was = attempt(baseline);
  const isRead = !('kind' in offer);
  const readings = isRead ? readAllMedia(offer) : [];
  return {
    text,
    baseline,
    lines: linesOf(baseline, text, readings, spans),
    offer: isRead ? offer : undefined,
    readings,
    problems: isRead ? checkSdp(offer, { profile: 'webrtc' }) : [],
    changes: isRead && !('kind' in was) && text !== baseline ? changesBetween(was, offer) : [],
    outcome: isRead ? answerOffer(offer) : offer,
  };
}

/** What was pasted may have CRLF, and empty lines at its end. */
function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/^\n+|\n+$/g, '');
}

function attempt(
  text: string,
  trace?: Span[],
): SessionDescription | Extract<Outcome, { kind: 'unreadable' }> {
  const count = text.split('\n').length;
  if (count > MAX_LINES) {
    return {
      kind: 'unreadable',
      code: 'SDP_LAB_TOO_LONG',
      line: MAX_LINES + 1,
      seen: `${count}`,
      expected: `${MAX_LINES}`,
    };
  }
  try {
    return readOffer(text, trace);
  } catch (error) {
    if (!(error instanceof SdpError)) throw error;
    const { code, line, seen, expected } = error;
    return { kind: 'unreadable', code, line, seen, expected };
  }
}

function linesOf(
  baseline: string,
  text: string,
  readings: readonly MediaReading[],
  spans: readonly Span[],
): OfferLine[] {
  const parts = partsOf(text, spans);
  let number = 0;
  let section = -1;
  return alignLines(baseline.split('\n').slice(0, MAX_LINES), text.split('\n').slice(0, MAX_LINES)).map(
    (line) => {
      const isThere = line.status !== 'removed';
      if (isThere) number++;
      if (isThere && line.text.startsWith('m=')) section++;
      const { said, ref } = meaningOf(line.text, readings[section]);
      return {
        ...line,
        number: isThere ? number : 0,
        section,
        said,
        ref,
        parts: isThere ? (parts[number - 1] ?? []) : [],
      };
    },
  );
}

/** The spans of the room, put back to the lines that they are of; separators and line ends are not shown. */
function partsOf(text: string, spans: readonly Span[]): LinePart[][] {
  const starts = new Map<number, number>();
  let octet = 0;
  const encoder = new TextEncoder();
  onTheWire(text)
    .split('\r\n')
    .forEach((line, i) => {
      starts.set(octet * 8, i);
      octet += encoder.encode(line).length + 2;
    });
  const parts: LinePart[][] = [];
  let line = -1;
  let end = -1;
  for (const span of spans) {
    if (span.start >= end && starts.has(span.start)) {
      line = starts.get(span.start) ?? line;
      end = span.end;
      parts[line] = [];
    } else if (!['separator', 'line end', 'type', 'attribute'].includes(span.name)) {
      parts[line]?.push({ name: span.name, text: span.value });
    }
  }
  return parts;
}
