import { expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex } from '@/lib/bytes';
import { QPACK_ERRORS, QpackDecoder, QpackEncoder, QpackError } from '.';

const codeOf = (run: () => unknown) => {
  const error = caught(QpackError, run);
  return error ? `${error.code} ${error.connectionError}` : 'accepted';
};
const created = () => new QpackDecoder({ maxTableCapacity: 220, maxBlockedStreams: 1 });

test.each<[string, string, string]>([
  // section, code, cause
  ['', 'QPACK_SECTION_TRUNCATED', 'no prefix'],
  ['00', 'QPACK_SECTION_TRUNCATED', 'half a prefix'],
  ['0000 51', 'QPACK_SECTION_TRUNCATED', 'no value'],
  ['0000 5105 61', 'QPACK_SECTION_TRUNCATED', 'a value cut off'],
  ['0080', 'QPACK_BASE_INVALID', 'Base below 0'],
  ['0000 80', 'QPACK_DYNAMIC_INDEX_INVALID', 'no entry is needed, so none may be used'],
  ['0000 10', 'QPACK_DYNAMIC_INDEX_INVALID', 'post-base, beyond what is needed'],
  ['0000 ff24', 'QPACK_STATIC_INDEX_INVALID', 'static entry 99'],
  ['0e00', 'QPACK_INSERT_COUNT_INVALID', 'above twice the entries'],
  ['0000 ffffffffffffffffffffff', 'QPACK_INTEGER_OVERFLOW', 'an index without end'],
  ['0000 5181 00', 'QPACK_HUFFMAN_MALFORMED', 'padding with zeros'],
  ['0000 51 7fff7f', 'QPACK_SECTION_TRUNCATED', 'longer than the section'],
  ['0000 51 7f80ff7f', 'QPACK_STRING_TOO_LONG', 'longer than any list may be'],
])('the section %s: %s (%s)', (hex, code) => {
  expect(codeOf(() => created().decodeFieldSection(0, fromHex(hex)))).toBe(
    `${code} QPACK_DECOMPRESSION_FAILED`,
  );
});

test.each<[string, string, string]>([
  ['3fbe01', 'QPACK_CAPACITY_ABOVE_LIMIT', '221 of 220'],
  ['c00161', 'QPACK_STRING_TOO_LONG', 'no room yet'],
  ['3f01 c000', 'QPACK_ENTRY_TOO_LARGE', 'the least entry in 32 octets with a name'],
  ['3fbd01 ff2400', 'QPACK_STATIC_INDEX_INVALID', 'static entry 99'],
  ['3fbd01 00', 'QPACK_DYNAMIC_INDEX_INVALID', 'nothing to duplicate'],
  ['3fbd01 8000', 'QPACK_DYNAMIC_INDEX_INVALID', 'no name to refer to'],
  ['3fbd01 80', 'QPACK_DYNAMIC_INDEX_INVALID', 'no name to refer to, before its value has come'],
  ['3fbd01 ff24', 'QPACK_STATIC_INDEX_INVALID', 'static entry 99, before its value has come'],
])('the encoder stream %s: %s (%s)', (hex, code) => {
  expect(codeOf(() => created().pushEncoderStream(fromHex(hex)))).toBe(`${code} QPACK_ENCODER_STREAM_ERROR`);
});

test.each<[string, string]>([
  ['00', 'QPACK_INCREMENT_INVALID'],
  ['01', 'QPACK_INCREMENT_INVALID'],
  ['84', 'QPACK_ACKNOWLEDGMENT_UNEXPECTED'],
])('the decoder stream %s: %s', (hex, code) => {
  expect(codeOf(() => new QpackEncoder().pushDecoderStream(fromHex(hex)))).toBe(
    `${code} QPACK_DECODER_STREAM_ERROR`,
  );
});

test('RFC 9204 §6: the error codes of the three', () => {
  expect(Object.values(QPACK_ERRORS)).toEqual([0x200, 0x201, 0x202]);
});
