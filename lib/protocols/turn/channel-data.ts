import type { TraceSink } from '@/lib/bytes';
import { ByteReader, ByteWriter, FieldTrace } from '@/lib/bytes';
import { TurnError } from './errors';

/** What goes through a channel (RFC 8656 §12.4): four octets in place of a Send indication's thirty-six. */
export type ChannelData = { channel: number; data: Uint8Array };

/** How client and server talk; over a stream each message is padded to whole words (§12.5). */
export type TurnTransport = 'udp' | 'tcp';

/** Channel numbers (§12): RFC 5766 went to 0x7fff; 0x5000 and above are reserved since, for other protocols on the port. */
export const CHANNEL_NUMBERS = { first: 0x4000, last: 0x4fff } as const;

const HEADER_OCTETS = 4;

/** Whether a number may name a channel. */
export function isChannelNumber(number: number): boolean {
  return Number.isInteger(number) && number >= CHANNEL_NUMBERS.first && number <= CHANNEL_NUMBERS.last;
}

/**
 * ChannelData to octets (RFC 8656 §12.4):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |         Channel Number        |            Length             |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                                                               |
 *     /                       Application Data                        /
 *     |                               +-------------------------------+
 *     |                               |
 *     +-------------------------------+
 *
 * The length does not count the padding that TCP wants.
 * @throws TurnError TURN_CHANNEL_NUMBER_WRONG, TURN_CHANNEL_DATA_TOO_LONG
 */
export function encodeChannelData(
  { channel, data }: ChannelData,
  transport: TurnTransport = 'udp',
  trace?: TraceSink,
): Uint8Array {
  checkChannel(channel);
  if (data.length > 0xffff) {
    throw new TurnError('TURN_CHANNEL_DATA_TOO_LONG', 2, `${data.length} octets`, 'at most 65535');
  }
  const writer = new ByteWriter(HEADER_OCTETS + data.length + 3)
    .uint16(channel)
    .uint16(data.length)
    .write(data);
  if (transport === 'tcp') writer.write(new Uint8Array(-data.length & 3));
  const octets = writer.finish();
  if (trace) decodeChannelData(octets, transport, trace);
  return octets;
}

/**
 * Octets of one frame to ChannelData; `data` is a view of them. Over UDP up to three octets of padding may follow, and
 * fewer octets than the length says are malformed, for no more will come. Over TCP they are asked for: `undefined`.
 * @throws TurnError TURN_CHANNEL_NUMBER_WRONG, TURN_CHANNEL_DATA_PAST_END, TURN_PADDING_TOO_LONG
 */
export function decodeChannelData(
  bytes: Uint8Array,
  transport: TurnTransport = 'udp',
  trace?: TraceSink,
): ChannelData | undefined {
  const reader = new ByteReader(bytes);
  if (reader.has(2)) checkChannel((bytes[0]! << 8) | bytes[1]!);
  if (!reader.has(HEADER_OCTETS)) return undefined;
  const channel = reader.uint16();
  const length = reader.uint16();
  const fields = trace && new FieldTrace(trace, 'RFC 8656 §12.4');
  fields
    ?.field(16, 'Channel Number', `0x${channel.toString(16)}`)
    .field(16, 'Length', `${length} octets`, 'without padding');
  const needed = transport === 'tcp' ? length + (-length & 3) : length;
  if (!reader.has(needed)) {
    if (transport === 'tcp') return undefined;
    const seen = `length ${length}`;
    throw new TurnError('TURN_CHANNEL_DATA_PAST_END', 2, seen, `at most the ${reader.remaining} octets here`);
  }
  const data = reader.take(length);
  const padding = reader.remaining;
  if (padding > 3) {
    const offset = HEADER_OCTETS + length;
    throw new TurnError('TURN_PADDING_TOO_LONG', offset, `${padding} octets`, 'at most 3 after the data');
  }
  fields
    ?.field(length * 8, 'Application Data', `${length} octets`)
    .field(padding * 8, 'Padding', `${padding} octets`, undefined, 'RFC 8656 §12.5');
  return { channel, data };
}

function checkChannel(channel: number): void {
  if (isChannelNumber(channel)) return;
  throw new TurnError('TURN_CHANNEL_NUMBER_WRONG', 0, `0x${channel.toString(16)}`, '0x4000 to 0x4fff');
}
