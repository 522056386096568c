import type { TraceSink } from '@/lib/bytes';
import type { MediaDescription, OtherLineEnd, SdpLine, SessionDescription } from './description';
import { quote, SdpError } from './errors';
import { octetsBefore } from './octets';
import { traceLine } from './trace-line';

/** A text longer than this is refused unread; browsers write some tens of thousands for twenty sections. */
export const MAX_SDP_OCTETS = 1_048_576;
/** With more lines than this the rest is refused. */
export const MAX_SDP_LINES = 20_000;

const CR = 13;
const EQUALS = 61;
const LETTER = /^[A-Za-z]$/;
/** NUL, and a CR that ends no line: a value holds neither (RFC 8866 §9, byte-string). */
const CONTROL = /\0|\r(?!\n)/;
const MEDIA_LINE = /^(\S+) (0|[1-9]\d{0,9})(?:\/(0|[1-9]\d{0,9}))? (\S+)(?: (.*))?$/s;

/**
 * Text to sections of lines (RFC 8866 §5). Forgiving as a receiver must be: lines in an odd order, letters and
 * attributes that nobody knows, values that break their own grammar are all kept as they stand (`checkSdp` names
 * them); lines may end in LF alone. What cannot be split into lines and sections throws. `writeSdp` gives the very
 * text back. Spans, one a line and within it one a field, count the octets of the text as UTF-8.
 * @throws SdpError SDP_EMPTY, SDP_TOO_LONG, SDP_TOO_MANY_LINES, SDP_CONTROL_CHARACTER, SDP_LINE_MALFORMED,
 *   SDP_VERSION_MISSING, SDP_MEDIA_LINE_MALFORMED
 */
export function parseSdp(text: string, trace?: TraceSink): SessionDescription {
  checkText(text);
  const description: SessionDescription = { lines: [], media: [] };
  let lines = description.lines;
  let number = 0;
  let octet = 0;
  for (let start = 0; start < text.length;) {
    number++;
    if (number > MAX_SDP_LINES)
      throw fault('SDP_TOO_MANY_LINES', text, start, number, `line ${number}`, `at most ${MAX_SDP_LINES}`);
    const lineFeed = text.indexOf('\n', start);
    const hasCr = lineFeed > start && text.charCodeAt(lineFeed - 1) === CR;
    const stop = lineFeed < 0 ? text.length : hasCr ? lineFeed - 1 : lineFeed;
    const end: OtherLineEnd | undefined = lineFeed < 0 ? '' : hasCr ? undefined : '\n';
    const type = text.charAt(start);
    if (stop - start < 2 || text.charCodeAt(start + 1) !== EQUALS || !LETTER.test(type)) {
      throw fault(
        'SDP_LINE_MALFORMED',
        text,
        start,
        number,
        quote(text.slice(start, stop)),
        'a letter and "="',
      );
    }
    if (number === 1 && type !== 'v') {
      throw fault('SDP_VERSION_MISSING', text, start, number, quote(text.slice(start, stop)), '"v=0"');
    }
    const value = text.slice(start + 2, stop);
    if (type === 'm') {
      const section = parseMediaLine(value, () => ({ text, start, number }));
      if (end !== undefined) section.end = end;
      description.media.push(section);
      lines = section.lines;
    } else {
      lines.push(lineOf(type, value, end));
    }
    if (trace) octet = traceLine(trace, { octet, type, value, end: end ?? '\r\n' });
    start = lineFeed < 0 ? text.length : lineFeed + 1;
  }
  return description;
}

function lineOf(type: string, value: string, end: OtherLineEnd | undefined): SdpLine {
  if (type !== 'a') return end === undefined ? { type, value } : { type, value, end };
  const colon = value.indexOf(':');
  const line: SdpLine =
    colon < 0
      ? { type: 'a', name: value }
      : { type: 'a', name: value.slice(0, colon), value: value.slice(colon + 1) };
  if (end !== undefined) line.end = end;
  return line;
}

function parseMediaLine(
  value: string,
  at: () => { text: string; start: number; number: number },
): MediaDescription {
  const [, media, port, portCount, proto, formats] = MEDIA_LINE.exec(value) ?? [];
  if (media === undefined || port === undefined || proto === undefined) {
    const { text, start, number } = at();
    throw fault(
      'SDP_MEDIA_LINE_MALFORMED',
      text,
      start + 2,
      number,
      quote(value),
      '"<media> <port> <proto> <fmt> …"',
    );
  }
  const section: MediaDescription = {
    media,
    port: Number(port),
    proto,
    formats: formats === undefined ? [] : formats.split(' '),
    lines: [],
  };
  if (portCount !== undefined) section.portCount = Number(portCount);
  return section;
}

function checkText(text: string): void {
  if (text.length === 0) throw new SdpError('SDP_EMPTY', { offset: 0, line: 1 }, 'nothing', '"v=0"');
  if (text.length > MAX_SDP_OCTETS) {
    throw new SdpError(
      'SDP_TOO_LONG',
      { offset: MAX_SDP_OCTETS, line: 0 },
      `${text.length} characters`,
      `at most ${MAX_SDP_OCTETS}`,
    );
  }
  const control = CONTROL.exec(text);
  if (!control) return;
  const line = text.slice(0, control.index).split('\n').length;
  throw fault(
    'SDP_CONTROL_CHARACTER',
    text,
    control.index,
    line,
    control[0] === '\0' ? 'NUL' : 'CR without LF',
    'text',
  );
}

function fault(
  code: SdpError['code'],
  text: string,
  index: number,
  line: number,
  seen: string,
  expected: string,
): SdpError {
  return new SdpError(code, { offset: octetsBefore(text, index), line }, seen, expected);
}
