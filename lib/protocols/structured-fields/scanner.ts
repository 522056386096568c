import type { TraceSink } from '@/lib/bytes';
import { StructuredFieldError } from './errors';

/**
 * Longest field value that is read, in characters. RFC 9651 §3 counts members, not characters (1,024 of a list, strings
 * of 1,024, 16,384 octets of a byte sequence): each of those fits many times over.
 */
export const MAX_FIELD_CHARACTERS = 262_144;

/** The input of the parsing algorithms (RFC 9651 §4.2): characters taken from the left. */
export class Scanner {
  readonly text: string;
  position = 0;
  private readonly trace: TraceSink | undefined;

  constructor(text: string, trace?: TraceSink) {
    if (text.length > MAX_FIELD_CHARACTERS)
      throw new StructuredFieldError(
        'SF_TOO_LONG',
        0,
        `${text.length} characters`,
        `at most ${MAX_FIELD_CHARACTERS}`,
      );
    this.text = text;
    this.trace = trace;
  }

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The next character; empty at the end. */
  peek(): string {
    return this.text.charAt(this.position);
  }

  /** Takes the next character if it is this one. */
  takes(character: string): boolean {
    if (this.peek() !== character) return false;
    this.position++;
    return true;
  }

  /** Takes what a sticky pattern matches here, perhaps nothing. */
  match(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const matched = pattern.exec(this.text)?.[0] ?? '';
    this.position += matched.length;
    return matched;
  }

  skipSpaces(): void {
    this.match(/ */y);
  }

  /** OWS of RFC 9110: spaces and tabs. */
  skipWhiteSpace(): void {
    this.match(/[ \t]*/y);
  }

  fail(expected: string, at = this.position): never {
    const seen = this.text.charAt(at);
    if (seen === '') throw new StructuredFieldError('SF_UNEXPECTED_END', at, 'the end', expected);
    throw new StructuredFieldError('SF_UNEXPECTED_CHARACTER', at, JSON.stringify(seen), expected);
  }

  /** A span from `start` to here; one character is one octet, for a field value is ASCII. */
  span(start: number, name: string, value: string, section: string): void {
    this.trace?.push({ start: start * 8, end: this.position * 8, name, value, ref: `RFC 9651 §${section}` });
  }
}
