import { RtpError } from './errors';
import { nameIn, SDES_ITEM_TYPES } from './registry';
import type { SdesItem, SourceDescription } from './rtcp';
import type { RtcpBody } from './rtcp-body';

const { END, NOTE, PRIV, RtpStreamId, RepairedRtpStreamId, MID } = SDES_ITEM_TYPES;
const REF = 'RFC 3550 §6.5';

/** Whether an item is UTF-8 text: those of RFC 3550 §6.5.1 to §6.5.7, and the identifiers of RFC 8852 and RFC 9143. */
function isTextItem(type: number): boolean {
  return (type > END && type <= NOTE) || type === RtpStreamId || type === RepairedRtpStreamId || type === MID;
}

/** SDES: chunks of an SSRC and its items, each chunk filled up to four octets (RFC 3550 §6.5). */
export function decodeSdes(body: RtcpBody, count: number): SourceDescription {
  const chunks: SourceDescription['chunks'] = [];
  for (let i = 0; i < count; i++) {
    body.need(8);
    const ssrc = body.uint(4, 'SSRC/CSRC', REF);
    chunks.push({ ssrc, items: readItems(body) });
  }
  body.expectEnd();
  return { kind: 'sdes', chunks };
}

/** Items up to the octet of zero that ends them, which must come before the end of the packet. */
function readItems(body: RtcpBody): SdesItem[] {
  const items: SdesItem[] = [];
  while (body.remaining > 0) {
    if (body.bytes[body.offset] === END) {
      // Chunks begin at multiples of four from the start of the datagram, as all packets are whole words.
      const padding = -body.offset & 3 || 4;
      body.take(Math.min(padding, body.remaining), 'End of Items', REF);
      return items;
    }
    items.push(readItem(body));
  }
  throw new RtpError('RTP_SDES_NOT_TERMINATED', body.end, 'the end of the packet', 'an octet of zero');
}

function readItem(body: RtcpBody): SdesItem {
  const at = body.offset;
  const type = body.bytes[at]!;
  const length = body.bytes[at + 1] ?? 0;
  const left = body.end - at - 2;
  if (length > left)
    throw new RtpError(
      'RTP_SDES_ITEM_PAST_END',
      at,
      `an item of ${length + 2} octets`,
      `at most ${left + 2}`,
    );
  const name = body.trace ? nameIn(SDES_ITEM_TYPES, type) : '';
  body.uint(1, 'Item Type', REF, undefined, () => name);
  body.uint(1, 'Item Length', REF, 'octets');
  if (type === PRIV) return readPrivate(body, length);
  return isTextItem(type)
    ? { type, text: body.text(length, name, REF) }
    : { type, value: body.take(length, name, REF) };
}

/** PRIV: a prefix with its length, then the value (RFC 3550 §6.5.8). */
function readPrivate(body: RtcpBody, length: number): SdesItem {
  const ref = 'RFC 3550 §6.5.8';
  const at = body.offset;
  const prefixLength = length === 0 ? 0 : body.bytes[at]!;
  if (length === 0 || prefixLength > length - 1)
    throw new RtpError(
      'RTP_SDES_ITEM_PAST_END',
      at - 1,
      `a prefix of ${prefixLength} octets in ${length}`,
      'an item that holds it',
    );
  body.uint(1, 'Prefix Length', ref, 'octets');
  const prefix = body.text(prefixLength, 'Prefix', ref);
  return { type: PRIV, prefix, text: body.text(length - 1 - prefixLength, 'Value', ref) };
}
