import { ByteWriter } from '@/lib/bytes';
import { TcpError } from '../errors';
import type { TcpOption } from './options';
import { MAX_OPTION_OCTETS, OPTION_NUMBERS } from './options';

/**
 * Options to octets, filled up with zeros to a whole number of 32-bit words (RFC 9293 §3.1 "Padding").
 * @throws TcpError TCP_OPTIONS_TOO_LONG, TCP_FIELD_OUT_OF_RANGE; `offset` counts from the start of the header
 */
export function encodeOptions(options: readonly TcpOption[]): Uint8Array {
  const writer = new ByteWriter(MAX_OPTION_OCTETS);
  for (const option of options) {
    checkRanges(option, 20 + writer.length);
    writeOption(writer, option);
  }
  while (writer.length % 4 !== 0) writer.uint8(0);
  if (writer.length > MAX_OPTION_OCTETS) {
    throw new TcpError('TCP_OPTIONS_TOO_LONG', 20, `${writer.length} octets`, `at most ${MAX_OPTION_OCTETS}`);
  }
  return writer.finish();
}

function writeOption(writer: ByteWriter, option: TcpOption): void {
  switch (option.kind) {
    case 'end':
    case 'nop':
      writer.uint8(OPTION_NUMBERS[option.kind]);
      return;
    case 'mss':
      writer.uint8(OPTION_NUMBERS.mss).uint8(4).uint16(option.octets);
      return;
    case 'window-scale':
      writer.uint8(OPTION_NUMBERS['window-scale']).uint8(3).uint8(option.shift);
      return;
    case 'sack-permitted':
      writer.uint8(OPTION_NUMBERS['sack-permitted']).uint8(2);
      return;
    case 'sack':
      writer.uint8(OPTION_NUMBERS.sack).uint8(2 + 8 * option.blocks.length);
      for (const block of option.blocks) writer.uint32(block.start).uint32(block.end);
      return;
    case 'timestamps':
      writer.uint8(OPTION_NUMBERS.timestamps).uint8(10).uint32(option.value).uint32(option.echo);
      return;
    case 'fast-open':
      writer
        .uint8(OPTION_NUMBERS['fast-open'])
        .uint8(2 + option.cookie.length)
        .write(option.cookie);
      return;
    case 'unknown':
      writer
        .uint8(option.number)
        .uint8(2 + option.data.length)
        .write(option.data);
  }
}

function checkRanges(option: TcpOption, offset: number): void {
  const problem = rangeProblem(option);
  if (problem) throw new TcpError('TCP_FIELD_OUT_OF_RANGE', offset, problem.seen, problem.expected);
}

function rangeProblem(option: TcpOption): { seen: string; expected: string } | undefined {
  switch (option.kind) {
    case 'mss':
      return outside('MSS', option.octets, 0, 0xffff);
    case 'window-scale':
      return outside('shift', option.shift, 0, 0xff);
    case 'sack':
      return (
        outside('blocks', option.blocks.length, 1, 4) ??
        option.blocks
          .map((block) => outside32('start', block.start) ?? outside32('end', block.end))
          .find(Boolean)
      );
    case 'timestamps':
      return outside32('value', option.value) ?? outside32('echo', option.echo);
    case 'fast-open':
      return outside('cookie octets', option.cookie.length, 0, MAX_OPTION_OCTETS - 2);
    case 'unknown':
      return outside('kind', option.number, 2, 255) ?? outside('data octets', option.data.length, 0, 38);
    default:
      return undefined;
  }
}

function outside32(name: string, value: number): { seen: string; expected: string } | undefined {
  return outside(name, value, 0, 0xffffffff);
}

function outside(name: string, value: number, low: number, high: number) {
  if (Number.isInteger(value) && value >= low && value <= high) return undefined;
  return { seen: `${name} ${value}`, expected: `${low} to ${high}` };
}
