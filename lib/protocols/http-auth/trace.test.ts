import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import type { Span } from '@/lib/bytes';
import { HttpAuthError, parseChallenges, parseCredentials, readBasicCredentials } from '.';

const shown = (spans: Span[]) => spans.map(({ name, value, ref }) => [name, value, ref]);

test('RFC 9110 §11.6.1: what each octet of challenges is', () => {
  const spans: Span[] = [];
  const text = 'Basic realm="simple", Newauth type=1, title="Login to \\"apps\\""';
  expect(parseChallenges(text, spans)).toEqual(parseChallenges(text));
  const equals = ['delimiter', '=', 'RFC 9110 §11.2'];
  const comma = ['delimiter', ',', 'RFC 9110 §5.6.1'];
  const space = ['white space', ' ', 'RFC 9110 §5.6.3'];
  expect(shown(spans)).toEqual([
    ['scheme', 'Basic', 'RFC 9110 §11.1'],
    space,
    ['parameter name', 'realm', 'RFC 9110 §11.5'],
    equals,
    ['parameter value', 'simple', 'RFC 9110 §11.5'],
    comma,
    space,
    ['scheme', 'Newauth', 'RFC 9110 §11.1'],
    space,
    ['parameter name', 'type', 'RFC 9110 §11.2'],
    equals,
    ['parameter value', '1', 'RFC 9110 §11.2'],
    comma,
    space,
    ['parameter name', 'title', 'RFC 9110 §11.2'],
    equals,
    ['parameter value', 'Login to "apps"', 'RFC 9110 §11.2'],
  ]);
  expectCover(spans, text.length);
  expect(spans.at(-1)?.note).toBe('quoted string, RFC 9110 §5.6.4');
});

test('RFC 7617 §2: what each octet of Basic credentials is, in the field and under the base64', () => {
  const [spans, inner]: [Span[], Span[]] = [[], []];
  readBasicCredentials(parseCredentials('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==', spans), inner);
  expect(shown(spans)).toEqual([
    ['scheme', 'Basic', 'RFC 9110 §11.1'],
    ['white space', ' ', 'RFC 9110 §5.6.3'],
    ['token68', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'RFC 9110 §11.2'],
  ]);
  expect(inner).toEqual([
    { start: 0, end: 56, name: 'user-id', value: 'Aladdin', ref: 'RFC 7617 §2' },
    { start: 56, end: 64, name: 'delimiter', value: ':', ref: 'RFC 7617 §2' },
    { start: 64, end: 152, name: 'password', value: 'open sesame', ref: 'RFC 7617 §2' },
  ]);
});

test('RFC 7617 §2.1: octets under the base64 are counted in UTF-8', () => {
  const spans: Span[] = [];
  readBasicCredentials(parseCredentials('Basic dGVzdDoxMjPCow=='), spans);
  expect(spans.at(-1)).toMatchObject({ start: 40, end: 80, value: '123£' });
});

test('spans cover any text that is read without gap or overlap (property)', () => {
  const part = fc.constantFrom(
    ...['Basic ', 'x', 'a=b', 'realm="é, \\""', 'c = "="', 'abc==', ' ', '\t', ',', ', ', '=', 'd="="'],
  );
  let read = 0;
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      const spans: Span[] = [];
      try {
        parseChallenges(text);
      } catch (error) {
        expect(error).toBeInstanceOf(HttpAuthError);
        return;
      }
      read++;
      expect(parseChallenges(text, spans)).toEqual(parseChallenges(text));
      expectCover(spans, text.length);
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(200);
});
