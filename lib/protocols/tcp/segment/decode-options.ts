import type { TraceSink } from '@/lib/bytes';
import { ByteReader, FieldTrace } from '@/lib/bytes';
import { TcpError } from '../errors';
import type { SackBlock, TcpOption } from './options';
import { OPTION_NUMBERS } from './options';
import { traceOption } from './trace-options';

/**
 * Octets 20 to `headerLength` of a segment to options. What follows an end-of-list option is padding.
 * A known option with another length than its RFC says is malformed; an unknown one is kept as it is.
 * @throws TcpError TCP_OPTION_LENGTH_MISSING, TCP_OPTION_LENGTH_TOO_SMALL, TCP_OPTION_LENGTH_WRONG,
 *   TCP_OPTION_PAST_END
 */
export function decodeOptions(segment: Uint8Array, headerLength: number, trace?: TraceSink): TcpOption[] {
  const options: TcpOption[] = [];
  const fields = trace && new FieldTrace(trace, 'RFC 9293 §3.1', 20);
  const reader = new ByteReader(segment.subarray(0, headerLength), 20);
  while (reader.has(1)) {
    const start = reader.offset;
    const option = readOption(reader, start);
    options.push(option);
    if (fields) traceOption(fields, option, reader.offset - start);
    if (option.kind === 'end') break;
  }
  fields?.field(reader.remaining * 8, 'Padding', `${reader.remaining} octets`);
  return options;
}

function readOption(reader: ByteReader, start: number): TcpOption {
  const number = reader.uint8();
  if (number === OPTION_NUMBERS.end) return { kind: 'end' };
  if (number === OPTION_NUMBERS.nop) return { kind: 'nop' };
  if (!reader.has(1)) {
    throw new TcpError('TCP_OPTION_LENGTH_MISSING', start, `kind ${number} and no more`, 'a length octet');
  }
  const length = reader.uint8();
  if (length < 2) {
    throw new TcpError('TCP_OPTION_LENGTH_TOO_SMALL', start + 1, `length ${length}`, 'at least 2');
  }
  if (!reader.has(length - 2)) {
    const room = reader.remaining + 2;
    throw new TcpError(
      'TCP_OPTION_PAST_END',
      start + 1,
      `length ${length}`,
      `at most the ${room} octets left`,
    );
  }
  const expect = (isRight: boolean, expected: string): void => {
    if (!isRight) throw new TcpError('TCP_OPTION_LENGTH_WRONG', start + 1, `length ${length}`, expected);
  };
  switch (number) {
    case OPTION_NUMBERS.mss:
      expect(length === 4, 'length 4');
      return { kind: 'mss', octets: reader.uint16() };
    case OPTION_NUMBERS['window-scale']:
      expect(length === 3, 'length 3');
      return { kind: 'window-scale', shift: reader.uint8() };
    case OPTION_NUMBERS['sack-permitted']:
      expect(length === 2, 'length 2');
      return { kind: 'sack-permitted' };
    case OPTION_NUMBERS.sack:
      expect(length > 2 && length % 8 === 2, 'length 10, 18, 26 or 34');
      return { kind: 'sack', blocks: readBlocks(reader, (length - 2) / 8) };
    case OPTION_NUMBERS.timestamps:
      expect(length === 10, 'length 10');
      return { kind: 'timestamps', value: reader.uint32(), echo: reader.uint32() };
    case OPTION_NUMBERS['fast-open']:
      expect(
        length === 2 || (length >= 6 && length <= 18 && length % 2 === 0),
        'length 2, or even from 6 to 18',
      );
      return { kind: 'fast-open', cookie: reader.take(length - 2) };
    default:
      return { kind: 'unknown', number, data: reader.take(length - 2) };
  }
}

function readBlocks(reader: ByteReader, count: number): SackBlock[] {
  const blocks: SackBlock[] = [];
  for (let i = 0; i < count; i++) blocks.push({ start: reader.uint32(), end: reader.uint32() });
  return blocks;
}
