import { type ByteWriter, FieldTrace, toHex, type TraceSink } from '@/lib/bytes';
import { RtpError } from './errors';
import { type ExtensionElement, type HeaderExtension, ONE_BYTE_PROFILE, TWO_BYTE_PROFILE } from './packet';

/** The id that stands for a later extension of the format: reading ends there (RFC 8285 §4.2). */
const STOP_ID = 15;

/**
 * The header extension from `at` to `end`, its own four octets included (RFC 3550 §5.3.1, RFC 8285 §4). Its length has
 * been checked.
 * @throws RtpError RTP_EXTENSION_ELEMENT_PAST_END
 */
export function decodeHeaderExtension(
  bytes: Uint8Array,
  at: number,
  end: number,
  trace?: TraceSink,
): HeaderExtension {
  const profile = (bytes[at]! << 8) | bytes[at + 1]!;
  const isOneByte = profile === ONE_BYTE_PROFILE;
  const isTwoByte = (profile & 0xfff0) === TWO_BYTE_PROFILE;
  const fields = trace && traceStart(trace, at, end, profile, isOneByte, isTwoByte);
  if (!isOneByte && !isTwoByte) {
    const data = bytes.subarray(at + 4, end);
    fields?.field(data.length * 8, 'Header Extension', toHex(data));
    return { form: 'other', profile, data };
  }
  const elements = readElements(bytes, at + 4, end, isOneByte, fields);
  return isOneByte ? { form: 'one-byte', elements } : { form: 'two-byte', appBits: profile & 0x0f, elements };
}

/** Elements in any number, with octets of zero before, between or behind them, which mean nothing (RFC 8285 §4.1). */
function readElements(
  bytes: Uint8Array,
  start: number,
  end: number,
  isOneByte: boolean,
  fields?: FieldTrace,
): ExtensionElement[] {
  const elements: ExtensionElement[] = [];
  for (let at = start; at < end;) {
    const first = bytes[at]!;
    if (first === 0) {
      fields?.field(8, 'Padding', 0);
      at++;
      continue;
    }
    const id = isOneByte ? first >>> 4 : first;
    // An id of 0 with a length is no padding and no element; like 15 it ends the reading (RFC 8285 §4.1, §4.2).
    if (isOneByte && (id === STOP_ID || id === 0)) {
      fields?.field((end - at) * 8, 'Not Read', toHex(bytes.subarray(at, end)), `id ${id} ends the elements`);
      break;
    }
    const dataAt = at + (isOneByte ? 1 : 2);
    const length = isOneByte ? (first & 0x0f) + 1 : (bytes[at + 1] ?? 0);
    if (dataAt + length > end)
      throw new RtpError(
        'RTP_EXTENSION_ELEMENT_PAST_END',
        at,
        `element ${id} with ${dataAt + length - at} octets`,
        `at most ${end - at}`,
      );
    const data = bytes.subarray(dataAt, dataAt + length);
    if (fields) traceElement(fields, isOneByte, id, data);
    elements.push({ id, data });
    at = dataAt + length;
  }
  return elements;
}

/**
 * Writes the extension, filled up to four octets with zeros.
 * @throws RtpError RTP_FIELD_OUT_OF_RANGE: an id, a length or a number of words that its field does not hold
 */
export function encodeHeaderExtension(writer: ByteWriter, extension: HeaderExtension): void {
  if (extension.form === 'other') {
    const { profile, data } = extension;
    if (profile === ONE_BYTE_PROFILE || (profile & 0xfff0) === TWO_BYTE_PROFILE)
      throw outOfRange(writer, `profile 0x${profile.toString(16)}`, 'one that RFC 8285 has not taken');
    if ((data.length & 3) !== 0) throw outOfRange(writer, `${data.length} octets`, 'whole words of 32 bits');
    writer.uint16(profile).uint16(data.length / 4);
    writer.write(data);
    return;
  }
  const isOneByte = extension.form === 'one-byte';
  const headerOctets = isOneByte ? 1 : 2;
  const octets = extension.elements.reduce((sum, { data }) => sum + headerOctets + data.length, 0);
  const padding = -octets & 3;
  if (extension.form === 'one-byte') writer.uint16(ONE_BYTE_PROFILE);
  else writer.bits(TWO_BYTE_PROFILE >>> 4, 12).bits(extension.appBits, 4);
  writer.uint16((octets + padding) / 4);
  for (const { id, data } of extension.elements) {
    const [maxId, least, most] = isOneByte ? [14, 1, 16] : [255, 0, 255];
    if (!(id >= 1 && id <= maxId)) throw outOfRange(writer, `id ${id}`, `1 to ${maxId}`);
    if (data.length < least || data.length > most)
      throw outOfRange(writer, `${data.length} octets`, `${least} to ${most}`);
    if (isOneByte) writer.bits(id, 4).bits(data.length - 1, 4);
    else writer.uint8(id).uint8(data.length);
    writer.write(data);
  }
  writer.write(new Uint8Array(padding));
}

function outOfRange(writer: ByteWriter, seen: string, expected: string): RtpError {
  return new RtpError('RTP_FIELD_OUT_OF_RANGE', writer.length, seen, expected);
}

function traceStart(
  sink: TraceSink,
  at: number,
  end: number,
  profile: number,
  isOneByte: boolean,
  isTwoByte: boolean,
): FieldTrace {
  const fields = new FieldTrace(sink, 'RFC 3550 §5.3.1', at);
  if (isTwoByte)
    fields
      .field(12, 'Profile', '0x100', 'elements with headers of two octets', 'RFC 8285 §4.3')
      .field(4, 'appbits', profile & 0x0f, undefined, 'RFC 8285 §4.3');
  else if (isOneByte)
    fields.field(16, 'Profile', '0xbede', 'elements with headers of one octet', 'RFC 8285 §4.2');
  else fields.field(16, 'Profile', `0x${profile.toString(16).padStart(4, '0')}`);
  return fields.field(16, 'Length', (end - at - 4) / 4, 'words of 32 bits');
}

function traceElement(fields: FieldTrace, isOneByte: boolean, id: number, data: Uint8Array): void {
  const ref = isOneByte ? 'RFC 8285 §4.2' : 'RFC 8285 §4.3';
  if (isOneByte)
    fields.field(4, 'ID', id, undefined, ref).field(4, 'Length', data.length, 'one less is written', ref);
  else fields.field(8, 'ID', id, undefined, ref).field(8, 'Length', data.length, undefined, ref);
  fields.field(data.length * 8, 'Element Data', toHex(data), undefined, ref);
}
