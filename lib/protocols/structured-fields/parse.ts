import type { Span, TraceSink } from '@/lib/bytes';
import { StructuredFieldError } from './errors';
import { parseBareItem } from './parse-bare-item';
import { Scanner } from './scanner';
import { traceSeparators } from './separators';
import type { BareItem, Dictionary, InnerList, Item, List, Member, Parameters } from './types';

// Several field lines of one name are joined with ", " first (RFC 9651 §4.2). Values are text of one character an octet.

/** An Item field (RFC 9651 §4.2.3). @throws StructuredFieldError */
export function parseItem(text: string, trace?: TraceSink): Item {
  return whole(text, trace, readItem);
}

/** A List field; an empty one is an empty list (§4.2.1). @throws StructuredFieldError */
export function parseList(text: string, trace?: TraceSink): List {
  return whole(text, trace, (scanner) => {
    const members: Member[] = [];
    eachMember(scanner, () => members.push(readMember(scanner)));
    return members;
  });
}

/** A Dictionary field; a key that comes twice has its last value, in its first place (§4.2.2). @throws StructuredFieldError */
export function parseDictionary(text: string, trace?: TraceSink): Dictionary {
  return whole(text, trace, (scanner) => {
    const members = new Map<string, Member>();
    eachMember(scanner, () => {
      const key = readKey(scanner);
      members.set(
        key,
        scanner.takes('=') ? readMember(scanner) : { bare: TRUE, params: readParameters(scanner) },
      );
    });
    return members;
  });
}

const TRUE: BareItem = { type: 'boolean', value: true };

/** Spaces around a field are no part of it; anything else behind it is an error. */
function whole<T>(text: string, trace: TraceSink | undefined, read: (scanner: Scanner) => T): T {
  if (!trace) return readWhole(new Scanner(text), read);
  const spans: Span[] = [];
  const scanner = new Scanner(text, spans);
  // Behind an error nothing is known.
  let end = 0;
  try {
    const value = readWhole(scanner, read);
    end = scanner.position;
    return value;
  } finally {
    traceSeparators(trace, text, spans, end);
  }
}

function readWhole<T>(scanner: Scanner, read: (scanner: Scanner) => T): T {
  scanner.skipSpaces();
  const value = read(scanner);
  scanner.skipSpaces();
  if (scanner.isAtEnd) return value;
  const seen = JSON.stringify(scanner.peek());
  throw new StructuredFieldError('SF_TRAILING_CHARACTERS', scanner.position, seen, 'the end');
}

function eachMember(scanner: Scanner, read: () => void): void {
  while (!scanner.isAtEnd) {
    read();
    scanner.skipWhiteSpace();
    if (scanner.peek() === '') return;
    if (!scanner.takes(',')) scanner.fail('a comma');
    scanner.skipWhiteSpace();
    if (scanner.peek() === '')
      throw new StructuredFieldError(
        'SF_TRAILING_COMMA',
        scanner.position,
        'the end',
        'a member after the comma',
      );
  }
}

function readMember(scanner: Scanner): Member {
  return scanner.peek() === '(' ? readInnerList(scanner) : readItem(scanner);
}

/** §4.2.1.2 */
function readInnerList(scanner: Scanner): InnerList {
  const start = scanner.position;
  scanner.takes('(');
  const items: Item[] = [];
  for (;;) {
    scanner.skipSpaces();
    if (scanner.takes(')')) {
      scanner.span(start, 'inner list', `${items.length} items`, '3.1.1');
      return { items, params: readParameters(scanner) };
    }
    items.push(readItem(scanner));
    if (!/[ )]/.test(scanner.peek())) return scanner.fail('a space or the closing parenthesis');
  }
}

function readItem(scanner: Scanner): Item {
  return { bare: parseBareItem(scanner), params: readParameters(scanner) };
}

/** §4.2.3.2 */
function readParameters(scanner: Scanner): Parameters {
  const params = new Map<string, BareItem>();
  while (scanner.takes(';')) {
    scanner.skipSpaces();
    const key = readKey(scanner);
    params.set(key, scanner.takes('=') ? parseBareItem(scanner) : TRUE);
  }
  return params;
}

/** §4.2.3.3 */
function readKey(scanner: Scanner): string {
  const start = scanner.position;
  const key = scanner.match(/[a-z*][a-z0-9_\-.*]*/y);
  if (key === '') return scanner.fail('a key: a lower-case letter or * first');
  scanner.span(start, 'key', key, '3.1.2');
  return key;
}
