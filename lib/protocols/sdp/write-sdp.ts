import type { SdpLine, SessionDescription } from './description';
import { mediaLineOf, textOf } from './description';
import { SdpError } from './errors';

const LINE_BREAK = /[\0\r\n]/;

/**
 * Sections of lines to text, each line ended by CRLF unless it says otherwise. What `parseSdp` read comes out as it
 * was, character for character.
 * @throws SdpError SDP_LINE_BREAK_IN_VALUE: a value with CR, LF or NUL would smuggle in lines of its own
 */
export function writeSdp(description: SessionDescription): string {
  let text = writeLines(description.lines);
  for (const section of description.media) {
    text += writeLine('m', mediaLineOf(section), section.end) + writeLines(section.lines);
  }
  return text;
}

function writeLines(lines: readonly SdpLine[]): string {
  let text = '';
  for (const line of lines) text += writeLine(line.type, textOf(line), line.end);
  return text;
}

function writeLine(type: string, value: string, end = '\r\n'): string {
  if (LINE_BREAK.test(value)) {
    throw new SdpError(
      'SDP_LINE_BREAK_IN_VALUE',
      { offset: 0, line: 0 },
      JSON.stringify(`${type}=${value}`),
      'one line',
    );
  }
  return `${type}=${value}${end}`;
}
