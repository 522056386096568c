import type { SdpLine } from '../description';
import { isAttribute, textOf } from '../description';
import { quote } from '../errors';
import type { ATTRIBUTES } from '../grammar/attributes';
import { findAttribute } from '../grammar/attributes';
import type { LineType } from '../grammar/line-types';
import { findLineType, LINE_TYPES, MEDIA_ORDER, SESSION_ORDER } from '../grammar/line-types';
import { matchTemplate } from '../grammar/template';
import type { Report } from './report';

/** RFC 8866 §5: known letters, in order, as often as they may stand; every value by its grammar. */
export function checkLines(lines: readonly SdpLine[], level: 'session' | 'media', report: Report): void {
  const order = level === 'session' ? SESSION_ORDER : MEDIA_ORDER;
  const counts = new Map<string, number>();
  let furthest = -1;
  for (const line of lines) {
    checkLineEnd(line, report);
    const { type } = line;
    const known = findLineType(type);
    const shown = `${type}=${textOf(line)}`;
    if (!known) {
      report.error('SDP_LETTER_UNKNOWN', quote(shown), `one of ${Object.keys(LINE_TYPES).join(' ')}`, line);
      continue;
    }
    if (known[level] === '-') {
      report.error('SDP_LINE_MISPLACED', quote(shown), `${type}= at session level only`, line);
      continue;
    }
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    if (count > 1 && (known[level] === '1' || known[level] === '?')) {
      report.error('SDP_LINE_REPEATED', quote(shown), `${type}= once`, line);
    }
    // t= and r= take turns: each t= may have its own r= lines (RFC 8866 §5.10).
    const place = order.indexOf(type === 'r' ? 't' : type);
    if (place < furthest) {
      report.error('SDP_LINE_ORDER', quote(shown), `${type}= before ${order.charAt(furthest)}=`, line);
    }
    furthest = Math.max(furthest, place);
    if (isAttribute(line)) checkAttribute(line.name, line.value, line, level, report);
    else if (matchTemplate(known.template, line.value) === undefined) {
      report.error('SDP_VALUE_MALFORMED', quote(shown), `${type}=${shapeOf(known)}`, line);
    }
  }
  if (level === 'session') checkPresence(counts, lines, report);
}

function checkPresence(counts: ReadonlyMap<string, number>, lines: readonly SdpLine[], report: Report): void {
  for (const [letter, { session }] of Object.entries(LINE_TYPES)) {
    if ((session === '1' || session === '+') && !counts.has(letter)) {
      report.error('SDP_LINE_MISSING', `no ${letter}= line`, `${letter}=`);
    }
  }
  const version = lines[0];
  if (version?.type === 'v' && textOf(version) !== '0') {
    report.error('SDP_VERSION_UNKNOWN', quote(textOf(version)), '0', version);
  }
}

function checkAttribute(
  name: string,
  value: string | undefined,
  line: SdpLine,
  level: 'session' | 'media',
  report: Report,
): void {
  const known = findAttribute(name);
  if (!known)
    return report.warning(
      'SDP_ATTRIBUTE_UNKNOWN',
      quote(`a=${name}`),
      'an attribute that receivers know',
      line,
    );
  if (known.level !== 'both' && known.level !== level) {
    report.error('SDP_ATTRIBUTE_LEVEL', `a=${name} at ${level} level`, `${known.level} level`, line);
  }
  if (known.template === undefined) {
    if (value !== undefined)
      report.error('SDP_VALUE_MALFORMED', quote(`a=${name}:${value}`), `a=${name}`, line);
  } else if (value === undefined || matchTemplate(known.template, value) === undefined) {
    // A candidate has a reader of its own, which names the word at fault.
    if (name === 'candidate') return;
    report.error(
      'SDP_VALUE_MALFORMED',
      quote(value === undefined ? `a=${name}` : `a=${name}:${value}`),
      `a=${name}:${shapeOf({ template: known.template })}`,
      line,
    );
  }
}

function checkLineEnd(line: SdpLine, report: Report): void {
  if (line.end === undefined) return;
  report.warning('SDP_LINE_END', line.end === '' ? 'no line end' : 'LF alone', 'CRLF', line);
}

/** `{a:integer} {b:word}` as `<a> <b>`, for people. */
export function shapeOf({ template }: Pick<LineType, 'template'>): string {
  return template.replace(/\{(\w+):\w+\}/g, '<$1>');
}

/** Attributes that say one thing and so stand once in a section. */
const ONCE = [
  'mid',
  'ice-ufrag',
  'ice-pwd',
  'setup',
  'sctp-port',
  'max-message-size',
  'simulcast',
  'tls-id',
  'bundle-only',
  'rtcp-mux',
] as const satisfies (keyof typeof ATTRIBUTES)[];
const DIRECTIONS: readonly string[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

export function checkRepetition(lines: readonly SdpLine[], report: Report): void {
  const seen = new Set<string>();
  for (const line of lines) {
    if (!isAttribute(line)) continue;
    const key = DIRECTIONS.includes(line.name)
      ? 'a direction'
      : (ONCE as readonly string[]).includes(line.name)
        ? `a=${line.name}`
        : undefined;
    if (key === undefined) continue;
    if (seen.has(key)) report.error('SDP_ATTRIBUTE_REPEATED', `${key} again`, `${key} once`, line);
    seen.add(key);
  }
}
